// SPDX-License-Identifier: Apache-2.0
#include "pattern/teddy_filter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

#include "pattern/record_end.h"

namespace folio::pattern {

namespace {

constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);
constexpr std::size_t kOffsetsMax = 12;

using simd::kBuckets;
using simd::kFingerprintMax;

/// The nibbles that a bucket accepts, and how much of all data that would be if nibbles were independent.
struct Acceptance {
  std::array<std::uint16_t, kFingerprintMax> low{};
  std::array<std::uint16_t, kFingerprintMax> high{};

  void accept(std::size_t offset, std::byte byte) {
    const auto value = std::to_integer<unsigned>(byte);
    low[offset] |= static_cast<std::uint16_t>(1U << (value & 15U));
    high[offset] |= static_cast<std::uint16_t>(1U << (value >> 4U));
  }
  [[nodiscard]] double share(std::size_t length) const {
    double share = 1;
    for (std::size_t i = 0; i < length; ++i) share *= std::popcount(low[i]) * std::popcount(high[i]) / 256.0;
    return share;
  }
  [[nodiscard]] Acceptance with(const Acceptance& other) const {
    Acceptance both = *this;
    for (std::size_t i = 0; i < kFingerprintMax; ++i) {
      both.low[i] |= other.low[i];
      both.high[i] |= other.high[i];
    }
    return both;
  }
};

std::byte upper(std::byte byte) {
  return byte >= std::byte{'a'} && byte <= std::byte{'z'} ? byte ^ std::byte{0x20} : byte;
}

Acceptance acceptance_of(ByteView fingerprint, CaseFolding folding) {
  Acceptance acceptance;
  for (std::size_t i = 0; i < fingerprint.size(); ++i) {
    acceptance.accept(i, fingerprint[i]);
    if (folding == CaseFolding::Ascii) acceptance.accept(i, upper(fingerprint[i]));
  }
  return acceptance;
}

/// The bucket whose acceptance grows least.
std::size_t closest(const std::array<Acceptance, kBuckets>& buckets, const std::array<bool, kBuckets>& used,
                    const Acceptance& fingerprint, std::size_t length) {
  std::size_t best = 0;
  double best_growth = 2;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    const double before = used[i] ? buckets[i].share(length) : 0;
    const double growth = buckets[i].with(fingerprint).share(length) - before;
    if (growth >= best_growth) continue;
    best_growth = growth;
    best = i;
  }
  return best;
}

}  // namespace

TeddyFilter::TeddyFilter(const LiteralTable& table, const ByteSample* sample)
    : table_{&table}, sample_size_{sample != nullptr ? sample->bytes.size() : 0} {
  choose_plan(sample);
}

std::uint32_t TeddyFilter::hash_at(const Plan& plan, ByteView bytes, std::size_t at) const {
  std::uint32_t word = 0;
  if (bytes.size() - at >= sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
  } else {
    std::memcpy(&word, bytes.data() + at, bytes.size() - at);
  }
  if (table_->folding() == CaseFolding::Ascii) word |= 0x20202020U;
  return (word << (32 - 8 * plan.tables.length)) * 0x9E3779B1U >> 20U;
}

void TeddyFilter::plant(Plan& plan, std::uint32_t index, std::size_t bucket) const {
  const ByteView literal = table_->bytes(index);
  plan.buckets[bucket].push_back(index);
  for (std::size_t i = 0; i < plan.tables.length; ++i) {
    const std::byte byte = literal[plan.offset + i];
    plan.tables.accept(i, byte, bucket);
    if (table_->folding() == CaseFolding::Ascii) plan.tables.accept(i, upper(byte), bucket);
  }
  const std::uint32_t hash = hash_at(plan, literal, plan.offset);
  plan.fingerprints[hash >> 6U] |= std::uint64_t{1} << (hash & 63U);
}

TeddyFilter::Plan TeddyFilter::plan_at(std::size_t offset, std::size_t length) const {
  Plan plan;
  plan.offset = offset;
  plan.tables.length = length;
  const auto fingerprint = [&](std::size_t index) { return table_->bytes(index).subspan(offset, length); };
  std::vector<std::uint32_t> order(table_->count());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {},
                    [&](std::uint32_t index) { return std::pair{to_text(fingerprint(index)), index}; });
  std::array<Acceptance, kBuckets> acceptance;
  std::array<bool, kBuckets> used{};
  for (const std::uint32_t index : order) {
    const Acceptance accepted = acceptance_of(fingerprint(index), table_->folding());
    const std::size_t bucket = closest(acceptance, used, accepted, length);
    acceptance[bucket] = acceptance[bucket].with(accepted);
    used[bucket] = true;
    plant(plan, index, bucket);
  }
  for (auto& bucket : plan.buckets) std::ranges::sort(bucket);
  return plan;
}

void TeddyFilter::choose_plan(const ByteSample* sample) {
  // PERF: a candidate costs about 10 ns, as much as 512 positions for each byte of the fingerprint.
  constexpr std::uint64_t kCandidateCost = 512;
  const std::size_t longest = std::min(kFingerprintMax, table_->shortest());
  const std::size_t shortest = std::min<std::size_t>(2, longest);
  const std::size_t offsets = std::min(kOffsetsMax, table_->shortest() - longest + 1);
  plan_ = plan_at(0, longest);
  expected_ = share_of_random(longest);
  if (sample == nullptr || sample->bytes.empty()) return;
  std::uint64_t best_cost = ~std::uint64_t{0};
  for (std::size_t length = shortest; length <= longest; ++length) {
    for (std::size_t offset = 0; offset < offsets + longest - length; ++offset) {
      Plan plan = plan_at(offset, length);
      const std::uint64_t candidates = simd::count_teddy_candidates(sample->bytes, plan.tables);
      const std::uint64_t cost = candidates * kCandidateCost + length * sample->bytes.size();
      if (cost >= best_cost) continue;
      best_cost = cost;
      expected_ = static_cast<double>(candidates) / static_cast<double>(sample->bytes.size());
      plan_ = std::move(plan);
    }
  }
}

/// A guess without a sample: as if half of all data were letters, and each bucket took some of them.
double TeddyFilter::share_of_random(std::size_t length) const {
  const double letters = std::min(1.0, static_cast<double>(table_->count()) / kBuckets / 12);
  return 0.5 * kBuckets * std::pow(letters, static_cast<double>(length));
}

std::size_t TeddyFilter::first_match(ByteView haystack, std::size_t at, simd::PairBudget& budget) const {
  std::size_t best = kNoIndex;
  unsigned buckets = simd::teddy_buckets(haystack, at + plan_.offset, plan_.tables);
  for (; buckets != 0; buckets &= buckets - 1) {
    for (const std::uint32_t index : plan_.buckets[static_cast<std::size_t>(std::countr_zero(buckets))]) {
      if (index >= best) break;
      if (table_->matches(index, haystack, at, budget)) best = index;
    }
  }
  return best;
}

FilterResult TeddyFilter::find(ByteView haystack, std::size_t from, simd::PairWork& work) const {
  simd::PairBudget budget{work, from};
  FilterResult result;
  result.position = haystack.size();
  simd::TeddyBlock block = simd::next_teddy_block(haystack, from + plan_.offset, plan_.tables);
  while (block.candidates != 0) {
    for (; block.candidates != 0; block.candidates &= block.candidates - 1) {
      const std::size_t at =
          block.begin - plan_.offset + static_cast<std::size_t>(std::countr_zero(block.candidates));
      if (!is_fingerprint(haystack, at)) continue;
      const bool gave_up = budget.exhausted(at);
      const std::size_t index = gave_up ? kNoIndex : first_match(haystack, at, budget);
      if (!gave_up && index == kNoIndex) continue;
      result.outcome = gave_up ? simd::PairOutcome::GaveUp : simd::PairOutcome::Found;
      result.position = at;
      if (!gave_up) result.match = {.position = at, .size = table_->size(index), .index = index};
      budget.close(work, at);
      return result;
    }
    block = simd::next_teddy_block(haystack, block.begin + simd::kTeddyBlock, plan_.tables);
  }
  budget.close(work, std::max(from, haystack.size()));
  return result;
}

bool TeddyFilter::any_in_record(ByteView records, std::size_t at, std::byte terminator,
                                simd::PairBudget& budget) const {
  unsigned buckets = simd::teddy_buckets(records, at + plan_.offset, plan_.tables);
  for (; buckets != 0; buckets &= buckets - 1) {
    for (const std::uint32_t index : plan_.buckets[static_cast<std::size_t>(std::countr_zero(buckets))]) {
      if (!table_->matches(index, records, at, budget)) continue;
      if (!holds_terminator(records.subspan(at, table_->size(index)), terminator)) return true;
    }
  }
  return false;
}

FilterCount TeddyFilter::count_records(ByteView records, std::size_t from, std::byte terminator,
                                       simd::PairWork& work) const {
  simd::PairBudget budget{work, from};
  FilterCount count;
  count.position = records.size();
  std::size_t next_record = from;  // what lies before it has been counted
  std::size_t next_block = from + plan_.offset;
  while (count.outcome == simd::PairOutcome::Exhausted) {
    simd::TeddyBlock block = simd::next_teddy_block(records, next_block, plan_.tables);
    if (block.candidates == 0) break;
    while (block.candidates != 0) {
      const std::size_t at =
          block.begin - plan_.offset + static_cast<std::size_t>(std::countr_zero(block.candidates));
      if (!is_fingerprint(records, at)) {
        block.candidates &= block.candidates - 1;
        continue;
      }
      if (budget.exhausted(at)) {
        count.outcome = simd::PairOutcome::GaveUp;
        count.position = at;
        break;
      }
      block.candidates &= block.candidates - 1;
      if (!any_in_record(records, at, terminator, budget)) continue;
      ++count.records;
      next_record = behind_terminator(records, at, terminator);
      const std::size_t passed = next_record + plan_.offset - block.begin;
      block.candidates &= passed < simd::kTeddyBlock ? ~std::uint64_t{0} << passed : 0;
    }
    next_block = std::max(block.begin + simd::kTeddyBlock, next_record + plan_.offset);
  }
  budget.close(work, std::max(from, count.position));
  return count;
}

std::string TeddyFilter::explain() const {
  return "Teddy: fingerprints of " + std::to_string(plan_.tables.length) + " bytes at offset " +
         std::to_string(plan_.offset) + " of " + std::to_string(table_->count()) + " literals" +
         (sample_size_ == 0 ? "" : ", the cheapest in " + std::to_string(sample_size_) + " sampled bytes") +
         "; Aho-Corasick where they do not pay";
}

}  // namespace folio::pattern
