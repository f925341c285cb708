// SPDX-License-Identifier: Apache-2.0
// gzip, by zlib.
#include <zlib.h>

#include <algorithm>

#include "decode/codecs.h"
#include "decode/member_decoder.h"

namespace folio::decode {

namespace {

constexpr std::size_t kStepMax = 1U << 30;  // zlib counts in unsigned int
constexpr int kGzipWindow = 16 + MAX_WBITS;

class GzipDecoder final : public MemberDecoder {
 public:
  GzipDecoder() : MemberDecoder(Compression::Gzip) {}
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;
  ~GzipDecoder() override { inflateEnd(&stream_); }  // does nothing before inflateInit2

 private:
  [[nodiscard]] Result<void> begin_member() override {
    const int result =
        stream_.state == nullptr ? inflateInit2(&stream_, kGzipWindow) : inflateReset(&stream_);
    if (result != Z_OK) return std::unexpected(out_of_memory());
    return {};
  }

  [[nodiscard]] Result<Step> member_step(ByteView in, MutableByteView out) override {
    const auto in_size = static_cast<uInt>(std::min(in.size(), kStepMax));
    const auto out_size = static_cast<uInt>(std::min(out.size(), kStepMax));
    // SAFETY: zlib takes unsigned char, which may alias anything, and does not write to its input.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(in.data()));
    stream_.avail_in = in_size;
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = out_size;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    const std::size_t consumed = in_size - stream_.avail_in;
    const std::size_t produced = out_size - stream_.avail_out;
    if (result == Z_STREAM_END) return Step{consumed, produced, Step::State::Done};
    if (result == Z_OK || result == Z_BUF_ERROR) return Step{consumed, produced};
    // What was produced before is delivered first: zlib reports the same error again.
    if (produced > 0) return Step{consumed, produced};
    if (result == Z_MEM_ERROR) return std::unexpected(out_of_memory());
    return std::unexpected(damaged(stream_.msg != nullptr ? stream_.msg : "not what zlib expects", consumed));
  }

  z_stream stream_{};
};

}  // namespace

std::unique_ptr<Decoder> make_gzip_decoder() {
  return std::make_unique<GzipDecoder>();
}

}  // namespace folio::decode
