// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/histogram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <iterator>

namespace folio::logs {

namespace {

constexpr std::uint64_t kExact = 256;  // values below it
constexpr std::uint64_t kPerOctave = 128;
constexpr std::size_t kPendingMin = 16;
constexpr std::size_t kPendingMax = 256;
constexpr std::size_t kSparseMax = 512;   // different buckets
constexpr std::uint32_t kDenseStep = 64;  // a window of counts is widened by as many

// Adds counts of equal buckets together. REQUIRES: sorted.
void unite(std::vector<Histogram::Filled>& filled) {
  std::size_t last = 0;
  for (std::size_t at = 1; at < filled.size(); ++at) {
    if (filled[at].first == filled[last].first) {
      filled[last].second += filled[at].second;
    } else {
      filled[++last] = filled[at];
    }
  }
  if (!filled.empty()) filled.resize(last + 1);
}

std::int64_t quantile(std::span<const Histogram::Filled> filled, std::uint64_t count,
                      std::uint64_t permille) {
  const auto rank = static_cast<std::uint64_t>((Uint128{count} * permille + 999) / 1000);
  std::uint64_t seen = 0;
  for (const auto& [bucket, amount] : filled) {
    seen += amount;
    if (seen >= rank) return Histogram::upper_edge(bucket);
  }
  return 0;
}

}  // namespace

Histogram::Bucket Histogram::bucket_of(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (bits < kExact) return static_cast<Bucket>(bits);
  const auto shift = static_cast<unsigned>(std::bit_width(bits)) - 8;
  return static_cast<Bucket>(kExact + (shift - 1) * kPerOctave + ((bits >> shift) - kPerOctave));
}

std::int64_t Histogram::upper_edge(Bucket bucket) {
  if (bucket < kExact) return bucket;
  const std::uint64_t beyond = bucket - kExact;
  const std::uint64_t shift = beyond / kPerOctave + 1;
  const std::uint64_t mantissa = beyond % kPerOctave + kPerOctave;
  return static_cast<std::int64_t>(((mantissa + 1) << shift) - 1);
}

void Histogram::add(std::int64_t value) {
  ++count_;
  sum_ += static_cast<std::uint64_t>(value);
  max_ = std::max(max_, value);
  const Bucket bucket = bucket_of(value);
  if (is_dense()) return count_in(bucket, 1);
  pending_.push_back(bucket);
  if (pending_.size() >= std::clamp(sparse_.size(), kPendingMin, kPendingMax)) settle();
}

void Histogram::count_in(Bucket bucket, std::uint64_t count) {
  if (bucket < first_ || static_cast<std::size_t>(bucket - first_) >= dense_.size()) widen(bucket);
  dense_[static_cast<std::size_t>(bucket - first_)] += count;
}

void Histogram::widen(Bucket bucket) {
  const std::uint32_t begin = std::min<std::uint32_t>(first_, bucket / kDenseStep * kDenseStep);
  const std::uint32_t old_end = first_ + static_cast<std::uint32_t>(dense_.size());
  const std::uint32_t end = std::max(old_end, (bucket / kDenseStep + 1) * kDenseStep);
  std::vector<std::uint64_t> wider(end - begin);
  std::copy(dense_.begin(), dense_.end(), wider.begin() + (first_ - begin));
  dense_ = std::move(wider);
  first_ = static_cast<Bucket>(begin);
}

// Pending values become part of the sparse counts, and these of the dense ones where they are many.
void Histogram::settle() {
  std::sort(pending_.begin(), pending_.end());
  std::vector<Filled> both;
  both.reserve(sparse_.size() + pending_.size());
  auto old = sparse_.begin();
  for (const Bucket bucket : pending_) {
    while (old != sparse_.end() && old->first < bucket) both.push_back(*old++);
    both.emplace_back(bucket, 1);
  }
  both.insert(both.end(), old, sparse_.end());
  pending_.clear();
  sparse_ = std::move(both);
  unite(sparse_);
  if (sparse_.size() <= kSparseMax) return;
  const auto begin = static_cast<Bucket>(sparse_.front().first / kDenseStep * kDenseStep);
  first_ = begin;
  dense_.assign((sparse_.back().first / kDenseStep + 1) * kDenseStep - begin, 0);
  for (const auto& [bucket, count] : sparse_) count_in(bucket, count);
  sparse_ = {};
  pending_ = {};
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
  const std::vector<Filled> more = other.filled();
  if (is_dense()) {
    for (const auto& [bucket, count] : more) count_in(bucket, count);
    return;
  }
  sparse_.insert(sparse_.end(), more.begin(), more.end());
  std::sort(sparse_.begin(), sparse_.end());
  unite(sparse_);
  settle();
}

void Histogram::restore(std::span<const Filled> filled, Uint128 sum, std::int64_t max) {
  *this = {};
  for (const auto& [bucket, count] : filled) count_ += count;
  sum_ = sum;
  max_ = max;
  sparse_.assign(filled.begin(), filled.end());
  settle();
}

std::vector<Histogram::Filled> Histogram::filled() const {
  std::vector<Filled> result = sparse_;
  for (std::size_t at = 0; at < dense_.size(); ++at) {
    if (dense_[at] != 0) result.emplace_back(static_cast<Bucket>(first_ + at), dense_[at]);
  }
  for (const Bucket bucket : pending_) result.emplace_back(bucket, 1);
  std::sort(result.begin(), result.end());
  unite(result);
  return result;
}

LatencySummary Histogram::summary() const {
  if (count_ == 0) return {};
  const std::vector<Filled> all = filled();
  const auto at = [&](std::uint64_t permille) { return std::min(max_, quantile(all, count_, permille)); };
  const auto whole = static_cast<std::uint64_t>(sum_ / count_);
  const auto rest = static_cast<std::uint64_t>(sum_ % count_);
  return {.count = count_,
          .p50 = at(500),
          .p90 = at(900),
          .p95 = at(950),
          .p99 = at(990),
          .p999 = at(999),
          .max = max_,
          .mean = static_cast<double>(whole) + static_cast<double>(rest) / static_cast<double>(count_)};
}

std::uint64_t Histogram::memory() const {
  return pending_.capacity() * sizeof(Bucket) + sparse_.capacity() * sizeof(Filled) +
         dense_.capacity() * sizeof(std::uint64_t);
}

}  // namespace folio::logs
