// SPDX-License-Identifier: Apache-2.0
#include "pattern/literal_table.h"

#include <algorithm>
#include <cstring>

namespace folio::pattern {

LiteralTable::LiteralTable(std::span<const ByteView> literals, CaseFolding folding) : folding_{folding} {
  std::size_t total = 0;
  for (const ByteView literal : literals) total += literal.size();
  pool_.reserve(total);
  entries_.reserve(literals.size());
  shortest_ = literals.empty() ? 0 : literals.front().size();
  for (const ByteView literal : literals) {
    const std::size_t begin = pool_.size();
    pool_.insert(pool_.end(), literal.begin(), literal.end());
    if (folding == CaseFolding::Ascii) {
      std::transform(pool_.end() - static_cast<std::ptrdiff_t>(literal.size()), pool_.end(),
                     pool_.end() - static_cast<std::ptrdiff_t>(literal.size()), FoldAscii{});
    }
    shortest_ = std::min(shortest_, literal.size());
    entries_.push_back(entry_of(begin, literal.size()));
  }
}

LiteralTable::Entry LiteralTable::entry_of(std::size_t begin, std::size_t size) const {
  std::array<std::byte, kWord> word{};
  std::array<std::byte, kWord> mask{};
  std::array<std::byte, kWord> fold{};
  for (std::size_t i = 0; i < std::min(size, kWord); ++i) {
    const std::byte byte = pool_[begin + i];
    const bool letter = byte >= std::byte{'a'} && byte <= std::byte{'z'};
    word[i] = byte;
    mask[i] = std::byte{0xFF};
    fold[i] = folding_ == CaseFolding::Ascii && letter ? std::byte{0x20} : std::byte{0};
  }
  return {.word = load_word(word.data()),
          .mask = load_word(mask.data()),
          .fold = load_word(fold.data()),
          .begin = begin,
          .size = size};
}

bool LiteralTable::same(const Entry& entry, ByteView haystack, std::size_t at, std::size_t skip) const {
  const ByteView literal = ByteView{pool_}.subspan(entry.begin + skip, entry.size - skip);
  const ByteView found = haystack.subspan(at + skip, literal.size());
  if (folding_ == CaseFolding::None) return std::memcmp(literal.data(), found.data(), literal.size()) == 0;
  return std::ranges::equal(literal, found, {}, {}, FoldAscii{});
}

bool LiteralTable::matches_slowly(const Entry& entry, ByteView haystack, std::size_t at,
                                  simd::PairBudget& budget) const {
  if (entry.size > haystack.size() - at) return false;
  budget.spend(entry.size);
  return entry.size == 0 || same(entry, haystack, at, 0);
}

bool LiteralTable::matches_rest(const Entry& entry, ByteView haystack, std::size_t at,
                                simd::PairBudget& budget) const {
  budget.spend(entry.size - kWord);
  return same(entry, haystack, at, kWord);
}

}  // namespace folio::pattern
