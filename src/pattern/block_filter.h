// SPDX-License-Identifier: Apache-2.0
// Search for many literals: every stride-th position of the data is tested for a block of bytes that one of
// the literals holds, by a bitmap of hashes; literals with that block are compared.
//
// A literal that has at least stride + block - 1 bytes holds a block at every stride-th position of the data,
// whatever it is aligned to. Which stride + block - 1 bytes of a literal are taken is chosen for rarity.
// Unlike Wu-Manber's shifts, the stride is fixed: no step waits for the table that the one before has loaded.
//
// Ownership: refers to the table, which must outlive it. Threads: const and shared. Errors: none. Linear by
// the budget of the work that is handed in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "folio/bytes.h"
#include "pattern/byte_sample.h"
#include "pattern/literal_match.h"
#include "pattern/literal_table.h"

namespace folio::pattern {

class BlockFilter {
 public:
  /// Requires literals that are not empty. `sample` may be null.
  BlockFilter(const LiteralTable& table, const ByteSample* sample);

  [[nodiscard]] FilterResult find(ByteView haystack, std::size_t from, simd::PairWork& work) const;
  /// Records with a literal that holds no terminator.
  [[nodiscard]] FilterCount count_records(ByteView records, std::size_t from, std::byte terminator,
                                          simd::PairWork& work) const;
  [[nodiscard]] std::string explain() const;

 private:
  /// A block of a literal.
  struct Entry {
    std::uint64_t hash = 0;  // one to one with the block
    std::uint32_t literal = 0;
    std::uint32_t offset = 0;
  };
  struct Chooser;

  void choose_sizes();
  void choose_blocks(const ByteSample* sample);
  void fill_tables();

  [[nodiscard]] std::uint64_t hash_at(ByteView haystack, std::size_t at) const;
  [[nodiscard]] std::uint64_t hash_of(std::uint64_t word) const { return ((word | fold_) & mask_) * kFactor; }
  template <unsigned kBits>
  [[nodiscard]] bool test(std::uint64_t hash) const {
    return (bitmap_[hash >> (64 - kBits + 5)] >> (hash >> (64 - kBits) & 31U) & 1U) != 0;
  }
  template <class Word, unsigned kBits>
  [[nodiscard]] std::size_t next_hit_in(ByteView haystack, std::size_t at) const;
  /// The first of the positions at, at + stride, ... whose block may be one of ours, or kNotFound.
  [[nodiscard]] std::size_t next_hit(ByteView haystack, std::size_t at) const;
  /// Entries of the block, by literal.
  [[nodiscard]] std::span<const Entry> entries_of(std::uint64_t hash) const;

  void improve(std::optional<LiteralMatch>& best, ByteView haystack, std::size_t from, std::size_t position,
               simd::PairBudget& budget) const;
  [[nodiscard]] bool any_in_record(ByteView records, std::size_t from, std::size_t position,
                                   std::byte terminator, simd::PairBudget& budget) const;

  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;

  const LiteralTable* table_;
  std::size_t block_ = 1;   // bytes hashed
  std::size_t stride_ = 1;  // positions from one tested block to the next
  std::size_t reach_ = 0;   // a literal's tested block begins at most so far behind its begin
  std::uint64_t fold_ = 0;
  std::uint64_t mask_ = 0;
  unsigned bitmap_bits_ = 0;  // logarithm of its size
  unsigned bucket_shift_ = 0;
  std::vector<std::uint32_t> bitmap_;
  std::vector<std::uint32_t> bucket_begin_;
  std::vector<Entry> entries_;
};

}  // namespace folio::pattern
