// SPDX-License-Identifier: Apache-2.0
// Buckets of time and of latency.
#include "logs/aggregate/series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "logs/aggregate/histogram.h"

namespace folio::logs {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

std::int64_t minute_of(std::chrono::year_month_day date) {
  return std::chrono::duration_cast<std::chrono::minutes>(sys_days{date}.time_since_epoch()).count();
}

std::int64_t begin_of(BucketUnit unit, std::int64_t minute) {
  return bucket_begin(unit, bucket_index(unit, minute));
}

TEST(Series, BucketsBeginWhereTheCalendarSays) {
  const std::int64_t leap_day = minute_of(2024y / 2 / 29);
  EXPECT_EQ(begin_of(BucketUnit::Day, leap_day + 1439), leap_day * 60);
  EXPECT_EQ(begin_of(BucketUnit::Day, leap_day + 1440), minute_of(2024y / 3 / 1) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Month, leap_day + 1439), minute_of(2024y / 2 / 1) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Month, leap_day + 1440), minute_of(2024y / 3 / 1) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Year, leap_day), minute_of(2024y / 1 / 1) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Week, leap_day), minute_of(2024y / 2 / 26) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Week, minute_of(2024y / 2 / 26) - 1), minute_of(2024y / 2 / 19) * 60);
  EXPECT_EQ(begin_of(BucketUnit::FiveMinutes, leap_day + 4), leap_day * 60);
  EXPECT_EQ(begin_of(BucketUnit::Hour, leap_day + 60), (leap_day + 60) * 60);
  // Before 1970.
  EXPECT_EQ(begin_of(BucketUnit::Hour, -1), -3600);
  EXPECT_EQ(begin_of(BucketUnit::Week, minute_of(1969y / 12 / 28)), minute_of(1969y / 12 / 22) * 60);
  EXPECT_EQ(begin_of(BucketUnit::Month, -1), minute_of(1969y / 12 / 1) * 60);
  // Days have 24 hours wherever clocks are changed.
  EXPECT_EQ(bucket_index(BucketUnit::Day, minute_of(2024y / 4 / 1)) -
                bucket_index(BucketUnit::Day, minute_of(2024y / 3 / 1)),
            31);
}

TEST(Series, UnitFitsTheSpan) {
  const auto automatic = [](std::int64_t minutes) { return choose_unit(0, minutes - 1, std::nullopt); };
  EXPECT_EQ(automatic(1), BucketUnit::Minute);
  EXPECT_EQ(automatic(400), BucketUnit::Minute);
  EXPECT_EQ(automatic(401), BucketUnit::FiveMinutes);
  EXPECT_EQ(automatic(24 * 60 * 2), BucketUnit::Hour);
  EXPECT_EQ(automatic(24 * 60 * 30), BucketUnit::Day);
  EXPECT_EQ(automatic(24 * 60 * 500), BucketUnit::Week);
  EXPECT_EQ(automatic(24 * 60 * 3650), BucketUnit::Month);
  EXPECT_EQ(automatic(std::int64_t{24} * 60 * 365 * 200), BucketUnit::Year);
  EXPECT_EQ(choose_unit(0, 1999, BucketUnit::Minute), BucketUnit::Minute);
  EXPECT_EQ(choose_unit(0, 2000, BucketUnit::Minute), BucketUnit::FiveMinutes);
  EXPECT_EQ(choose_unit(0, 10, BucketUnit::Month), BucketUnit::Month);
}

TEST(Series, HasNoGapsAndIsBounded) {
  Aggregate aggregate{AggregateOptions{}};
  for (const std::int64_t time : {std::numeric_limits<std::int64_t>::min() + 1, std::int64_t{0},
                                  std::numeric_limits<std::int64_t>::max()}) {
    Record record;
    record.set(Field::Host, "h");
    record.set(Field::Time, time);
    aggregate.add(record);
  }
  const Report wide = aggregate.report({.bucket = BucketUnit::Minute});
  EXPECT_EQ(wide.series.unit, "year");
  EXPECT_EQ(wide.series.buckets.size(), 586U);  // 1677 to 2262
  EXPECT_EQ(wide.series.buckets[1970 - 1677].begin, 0);
  EXPECT_EQ(wide.series.buckets[1970 - 1677].tally.count, 1U);
  for (std::size_t at = 1; at < wide.series.buckets.size(); ++at) {
    EXPECT_GT(wide.series.buckets[at].begin, wide.series.buckets[at - 1].begin);
  }
}

TEST(Histogram, BucketsAreNarrowAndInOrder) {
  for (Histogram::Bucket bucket = 0; bucket < Histogram::kBuckets; ++bucket) {
    const std::int64_t edge = Histogram::upper_edge(bucket);
    EXPECT_EQ(Histogram::bucket_of(edge), bucket);
    if (bucket + 1 == Histogram::kBuckets) break;
    EXPECT_EQ(Histogram::bucket_of(edge + 1), bucket + 1);
  }
  EXPECT_EQ(Histogram::bucket_of(std::numeric_limits<std::int64_t>::max()), Histogram::kBuckets - 1);
}

Histogram histogram_of(const std::vector<std::int64_t>& values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.add(value);
  return histogram;
}

TEST(Histogram, QuantilesAreWithinOnePercentAndNeverBelow) {
  std::mt19937_64 random{1};
  for (const std::size_t count : {1U, 2U, 17U, 1000U, 30'000U}) {
    std::vector<std::int64_t> values(count);
    for (std::int64_t& value : values) value = static_cast<std::int64_t>(random() >> (1 + random() % 62));
    const LatencySummary summary = histogram_of(values).summary();
    std::sort(values.begin(), values.end());
    const std::pair<std::int64_t, std::size_t> quantiles[] = {
        {summary.p50, 500}, {summary.p90, 900}, {summary.p95, 950}, {summary.p99, 990}, {summary.p999, 999}};
    for (const auto& [found, permille] : quantiles) {
      const std::int64_t exact = values[(count * permille + 999) / 1000 - 1];
      EXPECT_GE(found, exact) << count << ' ' << permille;
      EXPECT_LE(static_cast<double>(found), static_cast<double>(exact) * 1.01) << count << ' ' << permille;
    }
    EXPECT_EQ(summary.max, values.back());
    EXPECT_EQ(summary.count, count);
  }
}

TEST(Histogram, MergedInAnyWayIsTheSame) {
  std::mt19937_64 random{2};
  for (const std::size_t count : {3U, 100U, 700U, 20'000U}) {
    std::vector<std::int64_t> values(count);
    for (std::int64_t& value : values) value = static_cast<std::int64_t>(random() >> (1 + random() % 40));
    const Histogram whole = histogram_of(values);
    for (const std::size_t parts : {2U, 5U}) {
      std::vector<Histogram> histograms(parts);
      for (const std::int64_t value : values) histograms[random() % parts].add(value);
      Histogram merged;
      for (const Histogram& one : histograms) merged.merge(one);
      EXPECT_EQ(merged.filled(), whole.filled());
      EXPECT_EQ(merged.count(), whole.count());
      EXPECT_TRUE(merged.sum() == whole.sum());
      EXPECT_EQ(merged.max(), whole.max());
    }
  }
}

}  // namespace
}  // namespace folio::logs
