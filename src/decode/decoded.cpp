// SPDX-License-Identifier: Apache-2.0
// Files as decoded streams.
#include "core/try.h"
#include "decode/byte_order_mark.h"
#include "decode/sniff.h"
#include "folio/decode.h"
#include "os/file_stream.h"

namespace folio {

std::unique_ptr<ByteStream> open_stream(const File& file) {
  return os::stream_of(file, file.start_offset());
}

bool needs_decoding(ByteView first_bytes, const DecodeOptions& options) {
  if (options.decompression == Decompression::BySniffing &&
      (sniff(first_bytes) != Compression::None || decode::is_compress_output(first_bytes)))
    return true;
  switch (options.encoding.kind()) {
    case Encoding::Kind::None:
      return false;
    case Encoding::Kind::Auto:
    case Encoding::Kind::Utf8:
      return decode::byte_order_mark(first_bytes).size != 0;
    case Encoding::Kind::Utf16Le:
    case Encoding::Kind::Utf16Be:
    case Encoding::Kind::SingleByte:
    case Encoding::Kind::System:
      break;
  }
  return true;
}

Result<std::unique_ptr<ByteStream>> decoded(std::unique_ptr<ByteStream> from, const DecodeOptions& options) {
  if (options.decompression == Decompression::BySniffing)
    from = FOLIO_TRY(decompress_sniffed(std::move(from)));
  return transcode(std::move(from), options.encoding);
}

Result<std::unique_ptr<ByteStream>> decoded(const File& file, const DecodeOptions& options) {
  return decoded(open_stream(file), options);
}

}  // namespace folio
