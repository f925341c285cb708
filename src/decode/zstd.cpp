// SPDX-License-Identifier: Apache-2.0
// Zstandard, by libzstd.
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <memory>

#include "decode/codecs.h"
#include "decode/member_decoder.h"

namespace folio::decode {

namespace {

constexpr std::size_t kHeaderMin = 5;
constexpr int kWindowLogMax = 27;  // 128 MiB, what the zstd command takes without being told

class ZstdDecoder final : public MemberDecoder {
 public:
  ZstdDecoder() : MemberDecoder(Compression::Zstd) {}

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };

  [[nodiscard]] Result<void> begin_member() override {
    if (!context_) context_.reset(ZSTD_createDCtx());
    if (!context_) return std::unexpected(out_of_memory());
    ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kWindowLogMax);
    wanted_ = kHeaderMin;
    return {};
  }

  // No more input than it asks for, a block at most: so nothing before damage is lost, and its place is known
  // that well.
  [[nodiscard]] Result<Step> member_step(ByteView in, MutableByteView out) override {
    ZSTD_inBuffer input{in.data(), std::min(in.size(), wanted_), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(result) != 0) return std::unexpected(error_of(result));
    wanted_ = result;
    return Step{input.pos, output.pos, result == 0 ? Step::State::Done : Step::State::Going};
  }

  [[nodiscard]] Error error_of(std::size_t result) const {
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_frameParameter_windowTooLarge:
        return decode_error(Errc::Unsupported,
                            "the zstd data needs a window of more than 128 MiB; decompress it with "
                            "`zstd -d --long=31` first");
      case ZSTD_error_memory_allocation:
        return out_of_memory();
      case ZSTD_error_dictionary_wrong:
        return decode_error(Errc::Unsupported, "the zstd data needs a dictionary");
      default:
        return damaged(ZSTD_getErrorName(result));
    }
  }

  std::unique_ptr<ZSTD_DCtx, Free> context_;
  std::size_t wanted_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> make_zstd_decoder() {
  return std::make_unique<ZstdDecoder>();
}

}  // namespace folio::decode
