// SPDX-License-Identifier: Apache-2.0
// Streams through the decompressors.
#include "decode/codecs.h"
#include "decode/decoding_stream.h"
#include "decode/pass_through.h"
#include "decode/sniff.h"
#include "folio/decode.h"

namespace folio {

namespace decode {

namespace {

std::unique_ptr<Decoder> make_decompressor(Compression compression) {
  switch (compression) {
    case Compression::Gzip:
      return make_gzip_decoder();
    case Compression::Zstd:
      return make_zstd_decoder();
    case Compression::Lz4:
      return make_lz4_decoder();
    case Compression::Xz:
      return make_xz_decoder();
    case Compression::Bzip2:
      return make_bzip2_decoder();
    case Compression::None:
      break;
  }
  return std::make_unique<PassThrough>();
}

// Becomes the decoder of what the first bytes show.
class SniffingDecoder final : public Decoder {
 public:
  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    if (!chosen_) {
      if (input == Input::Open && needs_more_to_sniff(in)) return Step{};
      if (is_compress_output(in)) {
        return std::unexpected(decode_error(
            Errc::Unsupported, "output of compress(1) can't be read; decompress it with `gzip -d` first"));
      }
      chosen_ = make_decompressor(sniff(in));
    }
    return chosen_->step(in, out, input);
  }
  [[nodiscard]] bool passes_through() const override { return chosen_ && chosen_->passes_through(); }
  [[nodiscard]] std::string_view format() const override { return chosen_ ? chosen_->format() : "plain"; }

 private:
  std::unique_ptr<Decoder> chosen_;
};

}  // namespace

}  // namespace decode

Result<std::unique_ptr<ByteStream>> decompress(std::unique_ptr<ByteStream> from, Compression compression) {
  if (compression == Compression::None) return from;
  return std::make_unique<decode::DecodingStream>(std::move(from), decode::make_decompressor(compression));
}

Result<std::unique_ptr<ByteStream>> decompress_sniffed(std::unique_ptr<ByteStream> from) {
  return std::make_unique<decode::DecodingStream>(std::move(from),
                                                  std::make_unique<decode::SniffingDecoder>());
}

}  // namespace folio
