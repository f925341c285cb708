// SPDX-License-Identifier: Apache-2.0
// Streams that decompress and that bring text to UTF-8.
//
// Ownership: a stream owns the stream that it reads from; the File under it must outlive it. Threads: as
// ByteStream; decoding runs on the thread that reads. Making a stream is cheap: what needs memory is made
// with the first read. Errors: data that ends too early or is damaged ends in Errc::BadData with the offset
// in the compressed data, after every byte that could be decoded before it has been read. Memory: at most
// kDecodeMemoryMax for each stream; data that needs more is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/stream.h"

namespace folio {

/// Windows of up to 128 MiB (zstd --long=27, the largest preset of xz) and what comes with them.
inline constexpr std::uint64_t kDecodeMemoryMax = 160ULL << 20;

enum class Compression : std::uint8_t { None, Gzip, Zstd, Lz4, Xz, Bzip2 };

[[nodiscard]] std::string_view compression_name(Compression compression);

/// Bytes from which sniff() can tell every compression.
inline constexpr std::size_t kSniffSize = 16;

/// The compression by the first bytes of a file; None where there is none that is known.
[[nodiscard]] Compression sniff(ByteView first_bytes);

/// Members, frames and streams that follow one another are decoded as one, skippable frames skipped, zeros at
/// the end ignored; anything else behind the compressed data is an error. Compression::None gives `from`
/// back.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> decompress(std::unique_ptr<ByteStream> from,
                                                             Compression compression);
/// The same, with the compression that the first bytes show.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> decompress_sniffed(std::unique_ptr<ByteStream> from);

/// A text encoding by its label.
class Encoding {
 public:
  enum class Kind : std::uint8_t {
    Auto,     ///< By the byte-order mark; without one the bytes stay as they are.
    None,     ///< The bytes stay as they are, a byte-order mark too.
    Utf8,     ///< The bytes stay as they are, valid or not, but for the byte-order mark.
    Utf16Le,  ///< The default of "utf-16" too.
    Utf16Be,
    SingleByte,  ///< From a table of folio.
    System,      ///< By the C library's iconv.
  };

  Encoding() = default;
  /// "auto", "none" or a label of the WHATWG's Encoding standard, in any case.
  [[nodiscard]] static Result<Encoding> parse(std::string_view label);

  [[nodiscard]] Kind kind() const { return kind_; }
  /// What the table or the C library calls it; empty for the other kinds.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  Kind kind_ = Kind::Auto;
  std::string name_;
};

/// To UTF-8. A byte-order mark of UTF-8 or UTF-16 outweighs the encoding that was asked for (not None) and is
/// left out. What is invalid becomes U+FFFD. Fails where the C library does not have the encoding.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> transcode(std::unique_ptr<ByteStream> from,
                                                            const Encoding& encoding);

/// `file` from its start offset to the size that it had at opening, or what a pipe gives. Errc::Truncated
/// where the file became shorter, Errc::Modified at its end where it was rewritten meanwhile.
[[nodiscard]] std::unique_ptr<ByteStream> open_stream(const File& file);

enum class Decompression : std::uint8_t { Off, BySniffing };

struct DecodeOptions {
  Decompression decompression = Decompression::Off;
  Encoding encoding;
};

/// Whether a file that begins with these bytes (kSniffSize are enough) is to be read through decoded(). Also
/// true where decoded() will say that it can't be. Allocates nothing.
[[nodiscard]] bool needs_decoding(ByteView first_bytes, const DecodeOptions& options);

/// open_stream(), decompressed and transcoded. What needs neither is handed through.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> decoded(const File& file, const DecodeOptions& options);
[[nodiscard]] Result<std::unique_ptr<ByteStream>> decoded(std::unique_ptr<ByteStream> from,
                                                          const DecodeOptions& options);

}  // namespace folio
