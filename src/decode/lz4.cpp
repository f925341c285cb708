// SPDX-License-Identifier: Apache-2.0
// LZ4 frames, by liblz4.
#include <lz4frame.h>

#include <algorithm>
#include <memory>

#include "decode/codecs.h"
#include "decode/member_decoder.h"

namespace folio::decode {

namespace {

constexpr std::size_t kHeaderMin = 7;

class Lz4Decoder final : public MemberDecoder {
 public:
  Lz4Decoder() : MemberDecoder(Compression::Lz4) {}

 private:
  struct Free {
    void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
  };

  [[nodiscard]] Result<void> begin_member() override {
    wanted_ = kHeaderMin;
    if (context_) {
      LZ4F_resetDecompressionContext(context_.get());
      return {};
    }
    LZ4F_dctx* context = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) != 0)
      return std::unexpected(out_of_memory());
    context_.reset(context);
    return {};
  }

  // No more input than it asks for, a block at most: so nothing before damage is lost.
  [[nodiscard]] Result<Step> member_step(ByteView in, MutableByteView out) override {
    std::size_t consumed = std::min(in.size(), wanted_);
    std::size_t produced = out.size();
    const std::size_t result =
        LZ4F_decompress(context_.get(), out.data(), &produced, in.data(), &consumed, nullptr);
    if (LZ4F_isError(result) != 0) return std::unexpected(damaged(LZ4F_getErrorName(result)));
    wanted_ = result;
    return Step{consumed, produced, result == 0 ? Step::State::Done : Step::State::Going};
  }

  std::unique_ptr<LZ4F_dctx, Free> context_;
  std::size_t wanted_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> make_lz4_decoder() {
  return std::make_unique<Lz4Decoder>();
}

}  // namespace folio::decode
