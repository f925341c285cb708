// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/series.h"

#include <array>
#include <chrono>
#include <string_view>
#include <vector>

namespace folio::logs {

namespace {

constexpr std::int64_t kWantedMax = 400;
constexpr std::int64_t kBucketsMax = 2000;
constexpr std::int64_t kMonthsOfYear = 12;
// 1970-01-01 was a Thursday: week 0 began three days before.
constexpr std::int64_t kDaysBeforeFirst = 3;

struct UnitFacts {
  std::string_view name;
  std::int64_t minutes;  ///< 0: differs
};

constexpr std::array<UnitFacts, 7> kUnits{{{"minute", 1},
                                           {"5 minutes", 5},
                                           {"hour", 60},
                                           {"day", kMinutesOfDay},
                                           {"week", 7 * kMinutesOfDay},
                                           {"month", 0},
                                           {"year", 0}}};

const UnitFacts& facts(BucketUnit unit) {
  return kUnits[static_cast<std::size_t>(unit)];
}

std::int64_t offset_minutes(BucketUnit unit) {
  return unit == BucketUnit::Week ? kDaysBeforeFirst * kMinutesOfDay : 0;
}

// Months since January of year 0.
std::int64_t month_index(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return static_cast<int>(date.year()) * kMonthsOfYear + static_cast<unsigned>(date.month()) - 1;
}

std::int64_t month_begin(std::int64_t month) {
  const std::chrono::year year{static_cast<int>(floor_divide(month, kMonthsOfYear))};
  const auto number = static_cast<unsigned>(month - floor_divide(month, kMonthsOfYear) * kMonthsOfYear);
  const std::chrono::sys_days day{year / std::chrono::month{number + 1} / 1};
  return std::chrono::seconds{day.time_since_epoch()}.count();
}

std::int64_t bucket_count(BucketUnit unit, std::int64_t first_minute, std::int64_t last_minute) {
  return bucket_index(unit, last_minute) - bucket_index(unit, first_minute) + 1;
}

struct Buckets {
  BucketUnit unit;
  std::int64_t first;
  std::vector<TimeBucket> all;

  [[nodiscard]] std::size_t place(std::int64_t minute) const {
    return static_cast<std::size_t>(bucket_index(unit, minute) - first);
  }
};

void add_minutes(Buckets& buckets, const Tables& tables) {
  std::vector<Histogram> latencies(tables.latencies.empty() ? 0 : buckets.all.size());
  tables.minutes.for_each([&](std::string_view key, std::uint64_t, const MinuteCounts& counts) {
    const std::size_t at = buckets.place(MinuteKey::minute(key));
    add_to(buckets.all[at].tally, counts.all);
    if (counts.extra != 0) latencies[at].merge(tables.latencies[counts.extra - 1]);
  });
  for (std::size_t at = 0; at < latencies.size(); ++at) {
    if (latencies[at].count() > 0) buckets.all[at].latency = latencies[at].summary();
  }
}

void add_visitors(Buckets& buckets, const Tables& tables) {
  for (const auto& [day, set] : tables.visitors) {
    buckets.all[buckets.place(day * kMinutesOfDay)].visitors += set.size();
  }
}

}  // namespace

std::int64_t bucket_index(BucketUnit unit, std::int64_t minute) {
  const std::int64_t minutes = facts(unit).minutes;
  if (minutes != 0) return floor_divide(minute + offset_minutes(unit), minutes);
  const std::int64_t month = month_index(floor_divide(minute, kMinutesOfDay));
  return unit == BucketUnit::Month ? month : floor_divide(month, kMonthsOfYear);
}

std::int64_t bucket_begin(BucketUnit unit, std::int64_t index) {
  const std::int64_t minutes = facts(unit).minutes;
  if (minutes != 0) return (index * minutes - offset_minutes(unit)) * 60;
  return month_begin(unit == BucketUnit::Month ? index : index * kMonthsOfYear);
}

BucketUnit choose_unit(std::int64_t first_minute, std::int64_t last_minute,
                       std::optional<BucketUnit> wanted) {
  const std::int64_t most = wanted.has_value() ? kBucketsMax : kWantedMax;
  auto unit = wanted.value_or(BucketUnit::Minute);
  while (unit != BucketUnit::Year && bucket_count(unit, first_minute, last_minute) > most) {
    unit = static_cast<BucketUnit>(static_cast<int>(unit) + 1);
  }
  return unit;
}

void add_series(Report& report, const Tables& tables, std::optional<BucketUnit> wanted) {
  if (tables.times.empty()) return;
  const std::int64_t first_minute = floor_divide(tables.times.first, kMinuteNanoseconds);
  const std::int64_t last_minute = floor_divide(tables.times.last, kMinuteNanoseconds);
  const BucketUnit unit = choose_unit(first_minute, last_minute, wanted);
  if (wanted.has_value() && *wanted != unit) {
    report.notes.emplace_back(
        "The series has longer buckets than asked for, since there would be more than 2000.");
  }
  Buckets buckets{.unit = unit, .first = bucket_index(unit, first_minute), .all = {}};
  buckets.all.resize(static_cast<std::size_t>(bucket_count(unit, first_minute, last_minute)));
  for (std::size_t at = 0; at < buckets.all.size(); ++at) {
    buckets.all[at].begin = bucket_begin(unit, buckets.first + static_cast<std::int64_t>(at));
  }
  add_minutes(buckets, tables);
  const bool has_visitors = unit >= BucketUnit::Day && !tables.visitors.empty();
  if (has_visitors) add_visitors(buckets, tables);
  report.series = {.unit = std::string{facts(unit).name},
                   .bucket_seconds = facts(unit).minutes * 60,
                   .has_visitors = has_visitors,
                   .buckets = std::move(buckets.all)};
}

}  // namespace folio::logs
