// SPDX-License-Identifier: Apache-2.0
// Packed pair without vectors: one position per step.
#include <algorithm>

#include "simd/packed_pair.h"
#include "simd/packed_pair_budget.h"

namespace folio::simd {

namespace {

bool byte_matches(const PairNeedle& needle, std::size_t index, std::byte byte) {
  const std::byte ignored = needle.fold_bits.empty() ? std::byte{0} : needle.fold_bits[index];
  return (byte | ignored) == needle.bytes[index];
}

bool probes_match(ByteView haystack, std::size_t at, const PairNeedle& needle) {
  const auto [first, second] = needle.probes;
  return byte_matches(needle, first, haystack[at + first]) &&
         byte_matches(needle, second, haystack[at + second]);
}

std::size_t matching_prefix(ByteView haystack, std::size_t at, const PairNeedle& needle) {
  std::size_t length = 0;
  while (length < needle.bytes.size() && byte_matches(needle, length, haystack[at + length])) ++length;
  return length;
}

std::size_t position_count(ByteView haystack, const PairNeedle& needle) {
  return haystack.size() < needle.bytes.size() ? 0 : haystack.size() - needle.bytes.size() + 1;
}

}  // namespace

PairResult find_pair_scalar(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  const std::size_t end = std::max(from, position_count(haystack, needle));
  PairBudget budget{work, from};
  PairResult result{PairOutcome::Exhausted, end};
  for (std::size_t at = from; at < end; ++at) {
    if (!probes_match(haystack, at, needle)) continue;
    if (budget.exhausted(at)) {
      result = {PairOutcome::GaveUp, at};
      break;
    }
    const std::size_t length = matching_prefix(haystack, at, needle);
    budget.spend(std::min(length + 1, needle.bytes.size()));
    if (length == needle.bytes.size()) {
      result = {PairOutcome::Found, at};
      break;
    }
  }
  budget.close(work, result.position);
  return result;
}

PairCount count_records_pair_scalar(ByteView haystack, std::size_t from, std::byte terminator,
                                    const PairNeedle& needle, PairWork& work) {
  PairCount count{.records = 0, .outcome = PairOutcome::Exhausted, .position = from};
  while (true) {
    const PairResult match = find_pair_scalar(haystack, count.position, needle, work);
    count.position = match.position;
    count.outcome = match.outcome;
    if (match.outcome != PairOutcome::Found) return count;
    ++count.records;
    count.outcome = PairOutcome::Exhausted;
    while (count.position < haystack.size() && haystack[count.position] != terminator) ++count.position;
    if (count.position == haystack.size()) return count;
    ++count.position;
  }
}

std::uint64_t count_pair_candidates_scalar(ByteView sample, const PairNeedle& needle) {
  std::uint64_t candidates = 0;
  for (std::size_t at = 0; at < position_count(sample, needle); ++at) {
    candidates += probes_match(sample, at, needle) ? 1U : 0U;
  }
  return candidates;
}

}  // namespace folio::simd
