// SPDX-License-Identifier: Apache-2.0
// Damage in the middle of a scan, over sources in memory: what is delivered is a true prefix, and the report
// says which.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "scan/grid_supply.h"
#include "scan/hostile_source.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

// Not a zero in it, so that zeros that were not there show.
std::string some_text() {
  const auto size = *rc::gen::inRange<std::size_t>(1, 20000);
  const auto line = *rc::gen::element<std::size_t>(1, 5, 80, 3000, 100000);
  std::string text;
  while (text.size() < size)
    text += std::string(text.size() * 7 % line, static_cast<char>('a' + text.size() % 26)) + '\n';
  text.resize(size);
  return text;
}

Records some_records() {
  return *rc::gen::element(Records::lines(), Records::lines(), Records::none(), Records::fixed(7),
                           Records::fixed(5000));
}

// The prefix of the delivered records that ends at `end`: whole records, and the begin of the one that was
// cut there.
std::string prefix_until(std::string_view content, const Records& records, ByteRange range,
                         std::uint64_t end) {
  std::string text;
  for (const ByteRange record : records_in(content, records, range)) {
    if (record.begin >= end) break;
    text += content.substr(record.begin, std::min(record.end, end) - record.begin);
  }
  return text;
}

struct Scan {
  EngineResult result;
  Delivered delivered;
};

Scan scan_hostile(HostileSource& source, const CutRules& rules, ByteRange range, std::uint64_t chunk_size,
                  unsigned threads) {
  GridSupply supply(source, range, chunk_size, rules, threads);
  Scan scan;
  scan.result = collect(supply, {threads, {}, nullptr}, scan.delivered);
  return scan;
}

RC_GTEST_PROP(Damage, ByAnErrorInTheMiddleEndsThereExactly, ()) {
  const std::string text = some_text();
  const auto bad = *rc::gen::inRange<std::uint64_t>(0, text.size());
  HostileSource source(text, {.error_at = bad, .depth = *rc::gen::element(1U, 4U)});
  const CutRules rules{some_records(), 1ULL << 30, 0};
  const auto chunk = *rc::gen::inRange<std::uint64_t>(20, 9000);
  const ByteRange all{0, text.size()};
  const Scan scan = scan_hostile(source, rules, all, chunk, *rc::gen::inRange(1U, 5U));
  RC_ASSERT(scan.result.end == EngineResult::End::Damaged);
  RC_ASSERT(scan.result.covered_end == bad);
  RC_ASSERT(scan.delivered.text == text.substr(0, bad));
  RC_ASSERT(source.damage()->code == Errc::Io);
  RC_ASSERT(source.damage()->offset == bad);
}

// Damage behind the last record that was asked for is no problem; damage before it always is.
RC_GTEST_PROP(Damage, InARangeCountsWhereItIsNeeded, ()) {
  const std::string text = some_text();
  const auto bad = *rc::gen::inRange<std::uint64_t>(0, text.size());
  HostileSource source(text, {.error_at = bad});
  const CutRules rules{some_records(), 1ULL << 30, 0};
  const auto begin = *rc::gen::inRange<std::uint64_t>(0, text.size());
  const ByteRange range{begin, *rc::gen::inRange<std::uint64_t>(begin, text.size()) + 1};
  const auto wanted = records_in(text, rules.records, range);
  const Scan scan = scan_hostile(source, rules, range, *rc::gen::inRange<std::uint64_t>(20, 9000),
                                 *rc::gen::inRange(1U, 5U));
  if (scan.result.end == EngineResult::End::Complete) {
    RC_ASSERT((wanted.empty() || bad >= wanted.back().end));
    RC_ASSERT(differs(scan.delivered, text, wanted) == "");
  } else {
    RC_ASSERT((wanted.empty() || bad < wanted.back().end));
    RC_ASSERT(scan.result.end == EngineResult::End::Damaged);
    // Bytes before the first record count as covered, whether or not they can be read.
    RC_ASSERT(scan.result.covered_end <= std::max(bad, wanted.empty() ? range.end : wanted.front().begin));
    RC_ASSERT(scan.delivered.text == prefix_until(text, rules.records, range, bad));
  }
}

RC_GTEST_PROP(Damage, ByTruncationLeavesATruePrefix, ()) {
  const std::string text = some_text();
  HostileSource source(text,
                       {.truncate_to = *rc::gen::inRange<std::uint64_t>(0, text.size()),
                        .truncate_at_view = *rc::gen::inRange<std::uint64_t>(0, 40),
                        .loss = *rc::gen::element(HostileSource::Loss::Short, HostileSource::Loss::Zeros),
                        .depth = *rc::gen::element(1U, 4U)});
  const CutRules rules{some_records(), 1ULL << 30, 0};
  const Scan scan = scan_hostile(source, rules, {0, text.size()}, *rc::gen::inRange<std::uint64_t>(20, 9000),
                                 *rc::gen::inRange(1U, 5U));
  RC_ASSERT(scan.delivered.text == text.substr(0, scan.delivered.text.size()));
  if (scan.result.end == EngineResult::End::Complete) {
    RC_ASSERT(scan.delivered.text == text);
  } else {
    RC_ASSERT(scan.result.end == EngineResult::End::Damaged);
    RC_ASSERT(source.damage()->code == Errc::Truncated);
    RC_ASSERT(scan.result.covered_end == scan.delivered.text.size());
  }
}

RC_GTEST_PROP(Damage, OfAStreamEndsThereExactly, ()) {
  const std::string text = some_text();
  const auto bad = *rc::gen::inRange<std::uint64_t>(0, text.size());
  HostileInput input(
      text, {.piece_max = *rc::gen::element<std::uint64_t>(1, 10, 5000), .error_at = bad, .pause_every = 4});
  const auto threads = *rc::gen::inRange(1U, 5U);
  StreamSupply supply(input, {0, UINT64_MAX}, *rc::gen::inRange<std::uint64_t>(20, 9000),
                      {some_records(), 1ULL << 30, 0}, threads, {});
  Delivered delivered;
  const EngineResult result = collect(supply, {threads, {}, nullptr}, delivered);
  RC_ASSERT(result.end == EngineResult::End::Damaged);
  RC_ASSERT(result.covered_end == bad);
  RC_ASSERT(delivered.text == text.substr(0, bad));
  RC_ASSERT(supply.damage()->offset == bad);
}

// A file that is cut while a record without end is looked for: the zeros of a mapping must not be taken for
// it, nor for a record that is too long.
TEST(Damage, OfATruncatedMappingIsNotALongRecord) {
  const std::string text(100000, 'x');
  HostileSource source(text,
                       {.truncate_to = 5000, .truncate_at_view = 0, .loss = HostileSource::Loss::Zeros});
  const Scan scan = scan_hostile(source, {Records::lines(), 20000, 0}, {0, text.size()}, 1000, 2);
  EXPECT_EQ(source.damage()->code, Errc::Truncated);
  EXPECT_EQ(scan.result.covered_end, 5000U);
  EXPECT_EQ(scan.delivered.text, text.substr(0, 5000));
}

TEST(Damage, NearestToTheBeginningIsKept) {
  HostileSource source("abc", {});
  source.note_damage(100, hostile_error(Errc::Io, 0));
  source.note_damage(200, hostile_error(Errc::Truncated, 0));
  EXPECT_EQ(source.damage()->offset, 100U);
  source.note_damage(50, hostile_error(Errc::Truncated, 0));
  EXPECT_EQ(source.damage()->offset, 50U);
  EXPECT_EQ(source.damage()->code, Errc::Truncated);
  EXPECT_EQ(source.valid_end(), 50U);
}

}  // namespace
}  // namespace folio::scan
