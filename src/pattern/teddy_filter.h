// SPDX-License-Identifier: Apache-2.0
// Search for a few literals: Teddy finds candidates by a fingerprint at the offset that is rarest in the
// data, and the literals of the candidate's buckets are compared there.
//
// Ownership: refers to the table, which must outlive it. Threads: const and shared. Errors: none. Linear by
// the budget of the work that is handed in.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "folio/bytes.h"
#include "pattern/byte_sample.h"
#include "pattern/literal_match.h"
#include "pattern/literal_table.h"
#include "simd/teddy.h"

namespace folio::pattern {

class TeddyFilter {
 public:
  static constexpr std::size_t kLiteralsMax = 64;

  /// Requires literals that are not empty. `sample` may be null.
  TeddyFilter(const LiteralTable& table, const ByteSample* sample);

  [[nodiscard]] FilterResult find(ByteView haystack, std::size_t from, simd::PairWork& work) const;
  /// Records with a literal that holds no terminator.
  [[nodiscard]] FilterCount count_records(ByteView records, std::size_t from, std::byte terminator,
                                          simd::PairWork& work) const;
  /// Candidates per byte of data, by the sample if there was one.
  [[nodiscard]] double expected_candidates() const { return expected_; }
  [[nodiscard]] std::string explain() const;

 private:
  struct Plan {
    simd::TeddyTables tables;
    std::size_t offset = 0;  // of the fingerprint in every literal
    std::array<std::vector<std::uint32_t>, simd::kBuckets> buckets;
    std::array<std::uint64_t, 64> fingerprints{};  // bitmap of their hashes
  };
  [[nodiscard]] Plan plan_at(std::size_t offset, std::size_t length) const;
  void plant(Plan& plan, std::uint32_t index, std::size_t bucket) const;
  [[nodiscard]] std::uint32_t hash_at(const Plan& plan, ByteView bytes, std::size_t at) const;
  /// Whether one of the fingerprints is at the candidate; nearly always right.
  [[nodiscard]] bool is_fingerprint(ByteView haystack, std::size_t at) const {
    const std::uint32_t hash = hash_at(plan_, haystack, at + plan_.offset);
    return (plan_.fingerprints[hash >> 6U] >> (hash & 63U) & 1U) != 0;
  }
  void choose_plan(const ByteSample* sample);
  [[nodiscard]] double share_of_random(std::size_t length) const;

  [[nodiscard]] std::size_t first_match(ByteView haystack, std::size_t at, simd::PairBudget& budget) const;
  [[nodiscard]] bool any_in_record(ByteView records, std::size_t at, std::byte terminator,
                                   simd::PairBudget& budget) const;

  const LiteralTable* table_;
  Plan plan_;
  std::size_t sample_size_;
  double expected_ = 0;
};

}  // namespace folio::pattern
