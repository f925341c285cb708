// SPDX-License-Identifier: Apache-2.0
// The aggregate against maps, whole and in parts.
#include "logs/aggregate/aggregate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "logs/aggregate/agents.h"
#include "logs/aggregate/for_test.h"
#include "logs/aggregate/levels.h"
#include "logs/aggregate/targets.h"
#include "logs/aggregate/templates.h"
#include "logs/partial/partial.h"

namespace folio::logs {
namespace {

using for_test::dump;
using for_test::find_panel;
using for_test::RandomLog;

Tally oracle_tally(const Record& record) {
  const std::int64_t status = record.number(Field::Status);
  const bool is_error = record.has(Field::Status)
                            ? status >= 400
                            : record.has(Field::Level) && record.text(Field::Level) == "ERROR";
  return {.count = 1,
          .bytes = static_cast<std::uint64_t>(record.number(Field::Bytes)),
          .errors = is_error ? 1U : 0U,
          .server_errors = status >= 500 ? 1U : 0U};
}

using Keys = std::vector<std::string>;

// A panel by a map: `keys_of` says under what a record counts.
Panel oracle_panel(const std::string& name, const std::vector<Record>& records, std::size_t top,
                   const std::function<Keys(const Record&)>& keys_of) {
  std::map<std::string, Tally> tallies;
  Panel panel{.name = name, .title = {}, .key = {}, .rows = {}};
  for (const Record& record : records) {
    for (const std::string& key : keys_of(record)) {
      const Tally tally = oracle_tally(record);
      Tally& sum = tallies[key];
      sum.count += 1;
      sum.bytes += tally.bytes;
      sum.errors += tally.errors;
      sum.server_errors += tally.server_errors;
      ++panel.total;
    }
  }
  panel.distinct = tallies.size();
  for (const auto& [key, tally] : tallies) panel.rows.push_back({.key = key, .tally = tally, .latency = {}});
  std::stable_sort(panel.rows.begin(), panel.rows.end(),
                   [](const PanelRow& a, const PanelRow& b) { return a.tally.count > b.tally.count; });
  panel.rows.resize(std::min(panel.rows.size(), top));
  return panel;
}

std::function<Keys(const Record&)> by(Field field, std::function<std::string(std::string_view)> name) {
  return [=](const Record& record) {
    if (!record.has(field)) return Keys{};
    std::string key = name(record.text(field));
    return Keys{key};
  };
}

std::function<Keys(const Record&)> without_empty(std::function<Keys(const Record&)> keys) {
  return [=](const Record& record) {
    Keys all = keys(record);
    std::erase(all, "");
    return all;
  };
}

Aggregate aggregate_of(std::span<const Record> records) {
  Aggregate aggregate{AggregateOptions{}};
  aggregate.add_batch(records);
  return aggregate;
}

void expect_panel(const Report& report, const Panel& expected) {
  const Panel* const panel = find_panel(report, expected.name);
  ASSERT_NE(panel, nullptr) << expected.name;
  Panel bare = *panel;
  for (PanelRow& row : bare.rows) row.latency.reset();
  EXPECT_EQ(dump(bare), dump(expected));
}

TEST(Aggregate, CountsWhatMapsCount) {
  const RandomLog log{50'000, 1};
  const auto& records = log.records();
  constexpr std::size_t kTop = 25;
  const Report report = aggregate_of(records).report({.top = kTop});
  const auto same = [](std::string_view text) { return std::string{text}; };
  const auto path = [](std::string_view text) { return std::string{path_of(text)}; };
  const auto expect = [&](const char* name, const std::function<Keys(const Record&)>& keys) {
    expect_panel(report, oracle_panel(name, records, kTop, keys));
  };
  expect("paths", by(Field::Target, path));
  expect("targets", by(Field::Target, same));
  expect("static_files", without_empty(by(Field::Target, [&](std::string_view text) {
           return is_static_file(path_of(text)) ? path(text) : std::string{};
         })));
  expect("hosts", by(Field::Host, same));
  expect("referrers", by(Field::Referrer, same));
  expect("referring_sites", by(Field::Referrer, referring_site));
  expect("agents", by(Field::UserAgent, same));
  expect("browsers",
         by(Field::UserAgent, [](auto text) { return std::string{classify_agent(text).browser}; }));
  expect("systems", by(Field::UserAgent, [](auto text) { return std::string{classify_agent(text).system}; }));
  expect("bots", without_empty(by(Field::UserAgent, [](auto text) { return classify_agent(text).bot; })));
  expect("users", by(Field::User, same));
  expect("methods", by(Field::Method, same));
  expect("cache_status", by(Field::CacheStatus, same));
  expect("levels", by(Field::Level, level_name));
  expect("programs", by(Field::Program, same));
  expect("status", [](const Record& record) {
    if (!record.has(Field::Status)) return Keys{};
    return Keys{status_text(static_cast<std::size_t>(record.number(Field::Status)))};
  });
  expect("not_found", [&](const Record& record) {
    return record.number(Field::Status) == 404 ? Keys{path(record.text(Field::Target))} : Keys{};
  });
}

TEST(Aggregate, CountsVisitorsAndTimesAsSetsDo) {
  const RandomLog log{50'000, 2};
  std::set<std::tuple<std::string_view, std::int64_t, std::string_view>> visitors;
  std::map<std::int64_t, std::uint64_t> days;
  std::map<std::int64_t, std::uint64_t> visitors_of_day;
  std::vector<std::uint64_t> hours(24);
  std::uint64_t count = 0;
  for (const Record& record : log.records()) {
    count += record.present != 0 ? 1 : 0;
    if (!record.has(Field::Time)) continue;
    const std::int64_t second = record.number(Field::Time) / 1'000'000'000;
    ++days[second / 86'400 * 86'400];
    ++hours[static_cast<std::size_t>(second / 3600 % 24)];
    if (!record.has(Field::Host)) continue;
    const auto agent =
        record.has(Field::UserAgent) ? record.text(Field::UserAgent) : std::string_view{"none"};
    if (!visitors.insert({record.text(Field::Host), second / 86'400, agent}).second) continue;
    ++visitors_of_day[second / 86'400 * 86'400];
  }
  const Report report = aggregate_of(log.records()).report({.bucket = BucketUnit::Day});
  EXPECT_EQ(report.records, count);
  EXPECT_EQ(report.visitors, visitors.size());
  ASSERT_EQ(report.series.buckets.size(), days.size());
  for (const TimeBucket& bucket : report.series.buckets) {
    EXPECT_EQ(bucket.tally.count, days[bucket.begin]) << bucket.begin;
    EXPECT_EQ(bucket.visitors, visitors_of_day[bucket.begin]) << bucket.begin;
  }
  const Panel* const panel = find_panel(report, "hours");
  ASSERT_NE(panel, nullptr);
  std::vector<std::uint64_t> found;
  for (const PanelRow& row : panel->rows) found.push_back(row.tally.count);
  EXPECT_EQ(found, hours);
}

// Deals the records out to `parts` aggregates and merges these in any order, into a partial.
Partial merged_at_random(const std::vector<Record>& records, std::size_t parts, RandomLog::Random& random) {
  std::vector<Aggregate> aggregates;
  for (std::size_t part = 0; part < parts; ++part) aggregates.emplace_back(AggregateOptions{});
  for (std::size_t at = 0; at < records.size();) {
    const std::size_t size = std::min<std::size_t>(records.size() - at, 1 + random() % 40);
    aggregates[random() % parts].add_batch(std::span{records}.subspan(at, size));
    at += size;
  }
  while (aggregates.size() > 1) {
    std::swap(aggregates[random() % aggregates.size()], aggregates.back());
    Aggregate last = std::move(aggregates.back());
    aggregates.pop_back();
    aggregates[random() % aggregates.size()].merge(std::move(last));
  }
  Partial partial;
  partial.aggregate = std::move(aggregates.front());
  return partial;
}

TEST(Aggregate, IsTheSameHoweverItIsDivided) {
  const RandomLog log{20'000, 3};
  Partial whole;
  whole.aggregate = aggregate_of(log.records());
  const ReportOptions options{.top = 40};
  const std::string report = dump(whole.aggregate.report(options));
  const std::string bytes = write_partial(whole);
  RandomLog::Random random{4};
  for (std::size_t parts = 1; parts <= 8; ++parts) {
    std::vector<Record> records = log.records();
    std::shuffle(records.begin(), records.end(), random);
    const Partial merged = merged_at_random(records, parts, random);
    EXPECT_TRUE(dump(merged.aggregate.report(options)) == report) << parts;
    EXPECT_TRUE(write_partial(merged) == bytes) << parts;
  }
}

TEST(Aggregate, OneByOneIsTheSameAsInBatches) {
  const RandomLog log{1000, 5};
  Aggregate single{AggregateOptions{}};
  for (const Record& record : log.records()) single.add(record);
  EXPECT_EQ(dump(single.report({})), dump(aggregate_of(log.records()).report({})));
}

TEST(Aggregate, OfNothingIsAnEmptyReport) {
  const Report report = Aggregate{AggregateOptions{}}.report({});
  EXPECT_EQ(report.records, 0U);
  EXPECT_TRUE(report.is_web);
  EXPECT_TRUE(report.panels.empty());
  EXPECT_TRUE(report.series.buckets.empty());
  EXPECT_FALSE(report.has_time || report.visitors.has_value() || report.latency.has_value());
}

TEST(Aggregate, CountsOnlyTheFieldsItIsAskedFor) {
  const RandomLog log{100, 6};
  Aggregate aggregate{AggregateOptions{.fields = std::uint32_t{1} << static_cast<unsigned>(Field::Host)}};
  aggregate.add_batch(log.records());
  const Report report = aggregate.report({});
  ASSERT_EQ(report.panels.size(), 1U);
  EXPECT_EQ(report.panels[0].name, "hosts");
}

TEST(Aggregate, UndoesEscapesForDistinctValuesAndCountsEqualOnesTogether) {
  Record plain;
  plain.set(Field::Target, "/a\"b");
  Record escaped;
  escaped.set(Field::Target, "/a\\\"b");
  Aggregate aggregate{AggregateOptions{}};
  aggregate.add(plain);
  aggregate.add(escaped);
  const ReportOptions options{.top = 10, .bucket = {}, .unescape = [](std::string_view text) {
                                std::string result{text};
                                std::erase(result, '\\');
                                return result;
                              }};
  const Report report = aggregate.report(options);
  ASSERT_EQ(report.panels.front().rows.size(), 1U);
  EXPECT_EQ(report.panels.front().rows[0].key, "/a\"b");
  EXPECT_EQ(report.panels.front().rows[0].tally.count, 2U);
}

TEST(Aggregate, CountsBeyond32Bits) {
  Record record;
  record.set(Field::Host, "h");
  record.set(Field::Status, 200);
  record.set(Field::Bytes, std::int64_t{1} << 20U);
  record.set(Field::Latency, std::int64_t{1} << 40U);
  Partial partial;
  partial.aggregate.add(record);
  constexpr unsigned kDoublings = 34;
  for (unsigned round = 0; round < kDoublings; ++round) {
    auto copy = read_partial(write_partial(partial), "copy");
    ASSERT_TRUE(copy.has_value());
    partial.aggregate.merge(std::move(copy->aggregate));
  }
  const Report report = partial.aggregate.report({});
  EXPECT_EQ(report.totals.count, std::uint64_t{1} << kDoublings);
  EXPECT_EQ(report.totals.bytes, std::uint64_t{1} << (kDoublings + 20));
  const Panel* const hosts = find_panel(report, "hosts");
  ASSERT_TRUE(hosts != nullptr && hosts->rows.size() == 1);
  EXPECT_EQ(hosts->rows.front().tally.count, std::uint64_t{1} << kDoublings);
  ASSERT_TRUE(report.latency.has_value());
  EXPECT_EQ(report.latency->count, std::uint64_t{1} << kDoublings);
  EXPECT_EQ(report.latency->mean, static_cast<double>(std::int64_t{1} << 40U));
}

TEST(Aggregate, HoldsMoreBytesForMoreKeysAndNotForMoreLines) {
  const RandomLog log{2000, 7};
  Aggregate aggregate = aggregate_of(log.records());
  const std::uint64_t before = aggregate.memory();
  aggregate.add_batch(log.records());
  // Buckets of latency may settle in another way.
  EXPECT_LT(aggregate.memory(), before * 5 / 4);
  EXPECT_LT(Aggregate{AggregateOptions{}}.memory(), before);
}

TEST(Aggregate, TakesTheEarliestMessageOfATemplateAsItsSample) {
  Aggregate aggregate{AggregateOptions{}};
  for (const std::int64_t second : {7, 3, 5}) {
    Record record;
    const std::string text = "took " + std::to_string(second) + " ms";
    record.set(Field::Time, second * 1'000'000'000);
    record.set(Field::Message, text);
    aggregate.add(record);
  }
  const Report report = aggregate.report({});
  EXPECT_FALSE(report.is_web);
  const Panel* const panel = find_panel(report, "templates");
  ASSERT_NE(panel, nullptr);
  ASSERT_EQ(panel->rows.size(), 1U);
  const PanelRow& row = panel->rows.front();
  EXPECT_EQ(row.key, "took <n> ms");
  EXPECT_EQ(row.sample, "took 3 ms");
  EXPECT_EQ(row.first_time, 3'000'000'000);
  EXPECT_EQ(row.last_time, 7'000'000'000);
  EXPECT_EQ(row.tally.count, 3U);
}

}  // namespace
}  // namespace folio::logs
