// SPDX-License-Identifier: Apache-2.0
// Files as decoded streams.
#include "core/try.h"
#include "decode/byte_order_mark.h"
#include "decode/sniff.h"
#include "folio/decode.h"
#include "os/file_stream.h"

namespace folio {

namespace {

// Looks at the file again when it has been read: decoded bytes are not looked at by the engine.
class CheckedFileStream final : public ByteStream {
 public:
  explicit CheckedFileStream(const File& file)
      : file_(file), bytes_(os::stream_of(file, file.start_offset())) {}

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override {
    const std::size_t got = FOLIO_TRY(bytes_->read(target));
    if (got == 0 && os::has_trusted_size(file_)) FOLIO_TRY(check());
    return got;
  }
  [[nodiscard]] bool has_more_within(int timeout_ms) override { return bytes_->has_more_within(timeout_ms); }
  [[nodiscard]] const std::string& name() const override { return file_.path(); }

 private:
  [[nodiscard]] Result<void> check() const {
    const auto change = os::settled_change(file_);
    if (!change || *change != FileChange::Rewritten) return {};
    return std::unexpected(
        Error{.code = Errc::Modified,
              .system_errno = 0,
              .path = file_.path(),
              .offset = std::nullopt,
              .detail = "was changed while it was read: the result may mix old and new content"});
  }

  const File& file_;
  std::unique_ptr<ByteStream> bytes_;
};

}  // namespace

std::unique_ptr<ByteStream> open_stream(const File& file) {
  return std::make_unique<CheckedFileStream>(file);
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
