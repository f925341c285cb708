// SPDX-License-Identifier: Apache-2.0
// xz, by liblzma, which knows of streams one behind the other and of the padding between them.
#include <lzma.h>

#include "decode/codecs.h"
#include "folio/decode.h"

namespace folio::decode {

namespace {

class XzDecoder final : public Decoder {
 public:
  XzDecoder() = default;
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;
  ~XzDecoder() override { lzma_end(&stream_); }

  [[nodiscard]] std::string_view format() const override { return compression_name(Compression::Xz); }

  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    if (stream_.internal == nullptr &&
        lzma_stream_decoder(&stream_, kDecodeMemoryMax, LZMA_CONCATENATED) != LZMA_OK)
      return std::unexpected(out_of_memory());
    if (failed_ != LZMA_OK) return std::unexpected(error_of(failed_, 0));
    // SAFETY: liblzma takes unsigned char, which may alias anything.
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret result = lzma_code(&stream_, input == Input::Ended ? LZMA_FINISH : LZMA_RUN);
    const std::size_t consumed = in.size() - stream_.avail_in;
    const std::size_t produced = out.size() - stream_.avail_out;
    if (result == LZMA_STREAM_END) return Step{consumed, produced, Step::State::Done};
    if (result == LZMA_OK || result == LZMA_BUF_ERROR) return Step{consumed, produced};
    // What was produced before the damage is delivered first; the next step tells of it.
    failed_ = result;
    if (produced > 0) return Step{consumed, produced};
    return std::unexpected(error_of(result, consumed));
  }

 private:
  [[nodiscard]] static Error error_of(lzma_ret result, std::size_t offset) {
    switch (result) {
      case LZMA_MEM_ERROR:
        return out_of_memory();
      case LZMA_MEMLIMIT_ERROR:
        return decode_error(Errc::Unsupported,
                            "the xz data needs more than 160 MiB of memory; decompress it with `xz -d` first",
                            offset);
      case LZMA_OPTIONS_ERROR:
        return decode_error(Errc::Unsupported, "the xz data uses a filter or a check that is not known",
                            offset);
      default:
        return bad_data("the xz data is damaged, or something else is behind it", offset);
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret failed_ = LZMA_OK;
};

}  // namespace

std::unique_ptr<Decoder> make_xz_decoder() {
  return std::make_unique<XzDecoder>();
}

}  // namespace folio::decode
