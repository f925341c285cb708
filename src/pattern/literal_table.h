// SPDX-License-Identifier: Apache-2.0
// The literals of a search for many, and the comparison of one of them with the data.
//
// Ownership: the table copies the literals. Threads: const and shared. Errors: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "folio/bytes.h"
#include "pattern/case_folding.h"
#include "simd/packed_pair_budget.h"

namespace folio::pattern {

class LiteralTable {
 public:
  LiteralTable(std::span<const ByteView> literals, CaseFolding folding);

  [[nodiscard]] std::size_t count() const { return entries_.size(); }
  [[nodiscard]] CaseFolding folding() const { return folding_; }
  [[nodiscard]] std::size_t shortest() const { return shortest_; }
  [[nodiscard]] std::size_t size(std::size_t index) const { return entries_[index].size; }
  /// With letters in lower case where case is ignored.
  [[nodiscard]] ByteView bytes(std::size_t index) const {
    return ByteView{pool_}.subspan(entries_[index].begin, entries_[index].size);
  }

  /// Whether the literal stands at `at` <= haystack.size(). Books the bytes compared.
  [[nodiscard]] bool matches(std::size_t index, ByteView haystack, std::size_t at,
                             simd::PairBudget& budget) const {
    const Entry& entry = entries_[index];
    const std::size_t room = haystack.size() - at;
    if (room < kWord) return matches_slowly(entry, haystack, at, budget);
    budget.spend(kWord);
    const std::uint64_t word = load_word(haystack.data() + at);
    if (((word | entry.fold) & entry.mask) != entry.word) return false;
    return entry.size <= kWord || (entry.size <= room && matches_rest(entry, haystack, at, budget));
  }

 private:
  static constexpr std::size_t kWord = sizeof(std::uint64_t);

  /// The first eight bytes as a word, or all where there are less.
  struct Entry {
    std::uint64_t word = 0;
    std::uint64_t mask = 0;
    std::uint64_t fold = 0;
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  static std::uint64_t load_word(const std::byte* from);
  [[nodiscard]] Entry entry_of(std::size_t begin, std::size_t size) const;
  [[nodiscard]] bool same(const Entry& entry, ByteView haystack, std::size_t at, std::size_t skip) const;
  [[nodiscard]] bool matches_slowly(const Entry& entry, ByteView haystack, std::size_t at,
                                    simd::PairBudget& budget) const;
  [[nodiscard]] bool matches_rest(const Entry& entry, ByteView haystack, std::size_t at,
                                  simd::PairBudget& budget) const;

  CaseFolding folding_;
  std::size_t shortest_ = 0;
  std::vector<std::byte> pool_;
  std::vector<Entry> entries_;
};

inline std::uint64_t LiteralTable::load_word(const std::byte* from) {
  std::uint64_t word = 0;
  __builtin_memcpy(&word, from, sizeof word);
  return word;
}

}  // namespace folio::pattern
