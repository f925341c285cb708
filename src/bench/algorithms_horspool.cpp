// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms_horspool.h"

#include <cstring>

namespace folio::bench {

Horspool::Horspool(ByteView needle) : needle_(needle) {
  shift_.fill(needle.size());
  for (std::size_t i = 0; i + 1 < needle.size(); ++i) {
    shift_[std::to_integer<std::size_t>(needle[i])] = needle.size() - 1 - i;
  }
}

std::size_t Horspool::find(ByteView haystack, std::size_t from) const {
  const std::size_t size = needle_.size();
  const std::byte last = needle_.back();
  for (std::size_t at = from; at <= haystack.size() && haystack.size() - at >= size;) {
    const std::byte byte = haystack[at + size - 1];
    if (byte == last && std::memcmp(&haystack[at], needle_.data(), size - 1) == 0) return at;
    at += shift_[std::to_integer<std::size_t>(byte)];
  }
  return kNone;
}

}  // namespace folio::bench
