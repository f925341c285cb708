// SPDX-License-Identifier: Apache-2.0
#include "generate/needle.h"

#include <algorithm>
#include <cstring>

namespace folio::generate {

namespace {

constexpr std::size_t kWindow = 128;

/// Position of the first occurrence at or after `from`, or npos. PERF: compares three bytes of the needle at
/// 128 positions at once, in a loop of constant length without branches that compilers turn into vector code.
std::size_t find_needle(std::string_view text, std::string_view needle, std::size_t from) {
  const std::size_t last = needle.size() - 1;
  const std::size_t middle = needle.size() / 2;
  const char first_byte = needle.front();
  const char middle_byte = needle[middle];
  const char last_byte = needle.back();
  for (; text.size() >= last + kWindow && from <= text.size() - last - kWindow; from += kWindow) {
    // SAFETY: from + kWindow - 1 + last < text.size() by the loop's condition.
    const char* const at = text.data() + from;
    unsigned char any = 0;
    for (std::size_t i = 0; i < kWindow; ++i) {
      const auto first = static_cast<unsigned char>(at[i] == first_byte);
      const auto second = static_cast<unsigned char>(at[i + middle] == middle_byte);
      const auto third = static_cast<unsigned char>(at[i + last] == last_byte);
      any = static_cast<unsigned char>(any | (first & second & third));
    }
    if (any == 0) continue;
    for (std::size_t i = 0; i < kWindow; ++i) {
      if (at[i] == first_byte && std::memcmp(at + i, needle.data(), needle.size()) == 0) return from + i;
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
