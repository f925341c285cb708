// SPDX-License-Identifier: Apache-2.0
#include "decode/sniff.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace folio {

namespace {

using Magic = std::string_view;
using namespace std::string_view_literals;

constexpr Magic kGzip = "\x1f\x8b\x08"sv;
constexpr Magic kCompress = "\x1f\x9d"sv;
constexpr Magic kZstd = "\x28\xb5\x2f\xfd"sv;
constexpr Magic kLz4 = "\x04\x22\x4d\x18"sv;
constexpr Magic kXz =
    "\xfd"
    "7zXZ\0"sv;
constexpr Magic kBzip2 = "BZh"sv;
constexpr Magic kBzip2Block = "1AY&SY"sv;
constexpr Magic kBzip2End = "\x17\x72\x45\x38\x50\x90"sv;
constexpr Magic kSkippable = "\x2a\x4d\x18"sv;  // behind a byte of 0x50 to 0x5f
constexpr std::size_t kSkippableHeader = 8;
constexpr std::size_t kBzip2Header = 10;

bool has_at(ByteView bytes, std::size_t at, Magic magic) {
  return bytes.size() >= at + magic.size() && std::memcmp(bytes.data() + at, magic.data(), magic.size()) == 0;
}

// Whether `bytes` is shorter than the magic, and may become it.
bool may_become(ByteView bytes, std::size_t at, Magic magic) {
  if (bytes.size() >= at + magic.size()) return false;
  const std::size_t known = bytes.size() - std::min(at, bytes.size());
  return known == 0 || std::memcmp(bytes.data() + at, magic.data(), known) == 0;
}

unsigned value(ByteView bytes, std::size_t at) {
  return std::to_integer<unsigned>(bytes[at]);
}

bool is_gzip(ByteView bytes) {
  constexpr unsigned reserved_flags = 0xe0;
  return has_at(bytes, 0, kGzip) && bytes.size() > 3 && (value(bytes, 3) & reserved_flags) == 0;
}

bool is_bzip2(ByteView bytes) {
  if (!has_at(bytes, 0, kBzip2) || bytes.size() < kBzip2Header) return false;
  return value(bytes, 3) >= '1' && value(bytes, 3) <= '9' &&
         (has_at(bytes, 4, kBzip2Block) || has_at(bytes, 4, kBzip2End));
}

bool is_skippable(ByteView bytes) {
  return has_at(bytes, 1, kSkippable) && (value(bytes, 0) & 0xf0U) == 0x50U;
}

// Both zstd and lz4 have skippable frames: what comes behind the first one tells, where it is in sight.
Compression by_next_frame(ByteView bytes) {
  if (bytes.size() >= kSkippableHeader) {
    const std::uint64_t size = value(bytes, 4) | value(bytes, 5) << 8U | value(bytes, 6) << 16U |
                               std::uint64_t{value(bytes, 7)} << 24U;
    if (has_at(bytes, kSkippableHeader + size, kLz4)) return Compression::Lz4;
  }
  return Compression::Zstd;
}

}  // namespace

std::string_view compression_name(Compression compression) {
  constexpr std::array<std::string_view, 6> names{"none", "gzip", "zstd", "lz4", "xz", "bzip2"};
  return names[static_cast<std::size_t>(compression)];
}

Compression sniff(ByteView first_bytes) {
  // The answer must not depend on how much more there is.
  first_bytes = first_bytes.first(std::min(first_bytes.size(), kSniffSize));
  if (is_gzip(first_bytes)) return Compression::Gzip;
  if (has_at(first_bytes, 0, kZstd)) return Compression::Zstd;
  if (has_at(first_bytes, 0, kLz4)) return Compression::Lz4;
  if (has_at(first_bytes, 0, kXz)) return Compression::Xz;
  if (is_bzip2(first_bytes)) return Compression::Bzip2;
  if (is_skippable(first_bytes)) return by_next_frame(first_bytes);
  return Compression::None;
}

namespace decode {

bool needs_more_to_sniff(ByteView first_bytes) {
  if (first_bytes.empty()) return true;
  if (first_bytes.size() >= kSniffSize) return false;
  const bool may_be_skippable =
      (value(first_bytes, 0) & 0xf0U) == 0x50U && may_become(first_bytes, 1, kSkippable);
  const bool may_be_bzip2 = may_become(first_bytes, 0, kBzip2) ||
                            (has_at(first_bytes, 0, kBzip2) && first_bytes.size() < kBzip2Header);
  const bool may_be_compress = has_at(first_bytes, 0, kCompress) && first_bytes.size() == kCompress.size();
  return may_be_compress || may_become(first_bytes, 0, kGzip) ||
         (has_at(first_bytes, 0, kGzip) && first_bytes.size() == 3) || may_become(first_bytes, 0, kZstd) ||
         may_become(first_bytes, 0, kLz4) || may_become(first_bytes, 0, kXz) || may_be_bzip2 ||
         may_be_skippable || is_skippable(first_bytes);
}

bool begins_member(ByteView bytes, Compression compression) {
  if (is_skippable(bytes)) return compression == Compression::Zstd || compression == Compression::Lz4;
  return sniff(bytes) == compression;
}

bool is_compress_output(ByteView first_bytes) {
  constexpr unsigned reserved = 0x60;
  constexpr unsigned bits = 0x1f;
  return has_at(first_bytes, 0, kCompress) && first_bytes.size() > 2 &&
         (value(first_bytes, 2) & reserved) == 0 && (value(first_bytes, 2) & bits) >= 9 &&
         (value(first_bytes, 2) & bits) <= 16;
}

}  // namespace decode

}  // namespace folio
