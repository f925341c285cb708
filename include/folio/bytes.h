// SPDX-License-Identifier: Apache-2.0
// Views on bytes and ranges of byte offsets.
//
// Ownership: nothing here owns memory. A view is valid as long as the object that it was taken from.
// Threads: plain values. Errors: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace folio {

using ByteView = std::span<const std::byte>;
using MutableByteView = std::span<std::byte>;

/// Half-open range of byte offsets: [begin, end). `begin <= end` holds for every range that folio returns.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] constexpr std::uint64_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return end <= begin; }
  friend constexpr bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// The part of `range` that lies inside `bounds`; an empty range at the nearer bound where they do not meet.
[[nodiscard]] constexpr ByteRange intersect(ByteRange range, ByteRange bounds) {
  const std::uint64_t begin = std::clamp(range.begin, bounds.begin, bounds.end);
  return {begin, std::clamp(range.end, begin, std::max(begin, bounds.end))};
}

[[nodiscard]] inline ByteView to_bytes(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}

[[nodiscard]] inline std::string_view to_text(ByteView bytes) {
  // SAFETY: char may alias any object; the view keeps the lifetime of `bytes`.
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace folio
