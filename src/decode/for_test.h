// SPDX-License-Identifier: Apache-2.0
// Test support: bytes in memory as a stream, compressors, and the whole of a stream.
#pragma once

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "folio/decode.h"

namespace folio::decode {

/// Gives `piece` bytes at a time; `has_more` answers "not yet" before every read once.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes, std::size_t piece = SIZE_MAX)
      : bytes_(std::move(bytes)), piece_(piece) {}
  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override {
    const std::size_t size = std::min({target.size(), piece_, bytes_.size() - next_});
    if (size != 0) std::memcpy(target.data(), bytes_.data() + next_, size);
    next_ += size;
    return size;
  }
  [[nodiscard]] bool has_more_within(int) override { return true; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  const std::string bytes_;
  const std::string name_ = "memory";
  std::size_t piece_;
  std::size_t next_ = 0;
};

struct Decoded {
  std::string text;
  std::optional<Error> error;
};

inline constexpr std::size_t kOutputLimit = 64U << 20;

/// Everything that a stream gives, read `piece` bytes at a time, up to `limit` bytes.
inline Decoded read_all(ByteStream& stream, std::size_t piece = 1U << 16, std::size_t limit = kOutputLimit) {
  Decoded decoded;
  std::string buffer(piece, '\0');
  while (decoded.text.size() < limit) {
    const auto got = stream.read(std::as_writable_bytes(std::span{buffer}));
    if (!got) {
      decoded.error = got.error();
      return decoded;
    }
    if (*got == 0) return decoded;
    decoded.text.append(buffer, 0, *got);
  }
  return decoded;
}

inline std::string gzip(const std::string& text, int level = 6) {
  z_stream stream{};
  deflateInit2(&stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

inline std::string lz4(const std::string& text) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(text.size(), &preferences), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), text.data(), text.size(), &preferences));
  return out;
}

inline std::string xz(const std::string& text, std::uint32_t preset = 1) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(preset, LZMA_CHECK_CRC64, nullptr,
                          reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  return out;
}

inline std::string bzip2(const std::string& text) {
  std::string out(text.size() * 2 + 1000, '\0');
  auto size = static_cast<unsigned>(out.size());
  BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()),
                           static_cast<unsigned>(text.size()), 1, 0, 0);
  out.resize(size);
  return out;
}

inline std::string compress(Compression compression, const std::string& text) {
  switch (compression) {
    case Compression::Gzip:
      return gzip(text);
    case Compression::Zstd:
      return zstd(text);
    case Compression::Lz4:
      return lz4(text);
    case Compression::Xz:
      return xz(text);
    case Compression::Bzip2:
      return bzip2(text);
    case Compression::None:
      break;
  }
  return text;
}

/// Through decompress_sniffed().
inline Decoded decompressed(const std::string& bytes, std::size_t piece_in = SIZE_MAX,
                            std::size_t piece_out = 1U << 16) {
  auto stream = decompress_sniffed(std::make_unique<MemoryStream>(bytes, piece_in));
  return read_all(**stream, piece_out);
}

}  // namespace folio::decode
