// SPDX-License-Identifier: Apache-2.0
#include "generate/needle.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace folio::generate {

namespace {

constexpr std::size_t kWindow = 64;

/// Position of the first occurrence at or after `from`, or npos. PERF: compares the first and the last byte
/// at 64 positions at once, in loops of constant length that compilers turn into vector code.
std::size_t find_needle(std::string_view text, std::string_view needle, std::size_t from) {
  const std::size_t last = needle.size() - 1;
  for (; text.size() >= needle.size() + kWindow && from <= text.size() - needle.size() - kWindow;
       from += kWindow) {
    // SAFETY: from + kWindow + last < text.size() by the loop's condition.
    const char* const heads = text.data() + from;
    const char* const tails = heads + last;
    std::array<unsigned char, kWindow> hits;
    for (std::size_t i = 0; i < kWindow; ++i) {
      const int both = int{heads[i] == needle.front()} & int{tails[i] == needle.back()};
      hits[i] = static_cast<unsigned char>(both);
    }
    unsigned char any = 0;
    for (std::size_t i = 0; i < kWindow; ++i) any = static_cast<unsigned char>(any | hits[i]);
    if (any == 0) continue;
    for (std::size_t i = 0; i < kWindow; ++i) {
      if (hits[i] != 0 && std::memcmp(heads + i, needle.data(), needle.size()) == 0) return from + i;
    }
  }
  return text.find(needle, from);
}

}  // namespace

NeedleCount count_needle(std::string_view text, std::string_view needle) {
  NeedleCount result;
  std::size_t line_end = 0;
  for (std::size_t at = find_needle(text, needle, 0); at != std::string_view::npos;
       at = find_needle(text, needle, at + needle.size())) {
    ++result.count;
    if (result.lines != 0 && at < line_end) continue;
    ++result.lines;
    line_end = std::min(text.find('\n', at), text.size());
  }
  return result;
}

std::uint64_t count_newlines(std::string_view text) {
  std::uint64_t total = 0;
  std::size_t at = 0;
  for (; text.size() - at >= kWindow; at += kWindow) {
    unsigned char sum = 0;
    for (std::size_t i = 0; i < kWindow; ++i) sum = static_cast<unsigned char>(sum + (text[at + i] == '\n'));
    total += sum;
  }
  return total + static_cast<std::uint64_t>(std::ranges::count(text.substr(at), '\n'));
}

void overlay_needles(char* block, std::size_t size, const Needle& needle, Prng& prng) {
  const std::size_t length = needle.text.size();
  if (size < 3 * length) return;
  const std::size_t position_end = size - 2 * length;
  std::size_t free_from = length;
  for (std::size_t record = 0; record < size; record += kRawRecordSize) {
    const bool covered = free_from >= record + kRawRecordSize;  // by a longer needle
    if (covered || !needle.draw(prng)) continue;
    const std::size_t position = std::max(record + prng.below(kRawRecordSize), free_from);
    if (position > position_end) return;
    std::memcpy(block + position, needle.text.data(), length);
    free_from = position + length;
  }
}

}  // namespace folio::generate
