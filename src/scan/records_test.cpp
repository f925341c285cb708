// SPDX-License-Identifier: Apache-2.0
// Each record once, whole and in order: for random contents, chunk sizes, threads, ranges and every access
// method.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "scan/cutter.h"
#include "scan/grid_supply.h"
#include "scan/hostile_source.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

constexpr Access kAllAccess[] = {Access::Map,    Access::Read,   Access::Uring,
                                 Access::Direct, Access::Stream, Access::Auto};

// Runs of bytes from a small alphabet, so that records of all sizes, empty ones among them, come up.
std::string some_content(std::size_t size_max) {
  const auto size = *rc::gen::inRange<std::size_t>(0, size_max + 1);
  const auto alphabet =
      *rc::gen::element<std::string>("a", "\n", "a\n", "ab\r\n\r\n", std::string("\0\n\xff", 3),
                                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
  auto seed = *rc::gen::arbitrary<std::uint32_t>();
  std::string content;
  while (content.size() < size) {
    seed = seed * 1664525U + 1013904223U;
    const std::size_t run = seed >> 28U == 0 ? 1 + (seed >> 8U) % 3000 : 1;
    content.append(run, alphabet[(seed >> 16U) % alphabet.size()]);
  }
  content.resize(size);
  if (size > 0 && *rc::gen::arbitrary<bool>()) content.back() = '\n';
  return content;
}

Records some_records() {
  return *rc::gen::oneOf(rc::gen::just(Records::lines()), rc::gen::just(Records::none()),
                         rc::gen::just(Records::whole()), rc::gen::just(Records::delimited(std::byte{0})),
                         rc::gen::just(Records::delimited(std::byte{'a'})),
                         rc::gen::map(rc::gen::inRange<std::uint64_t>(1, 9000), Records::fixed));
}

std::uint64_t some_chunk_size(std::uint64_t content_size) {
  const auto usual = *rc::gen::element<std::uint64_t>(64, 4095, 4096, 4097, 1U << 20);
  if (content_size > 2000)
    return std::max<std::uint64_t>(
        50, *rc::gen::oneOf(rc::gen::just(usual), rc::gen::inRange<std::uint64_t>(50, 9000)));
  return *rc::gen::oneOf(rc::gen::just(usual), rc::gen::element<std::uint64_t>(1, 2, 3, 7),
                         rc::gen::inRange<std::uint64_t>(1, 3000));
}

std::optional<ByteRange> some_range(std::uint64_t size) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  const auto begin = *rc::gen::inRange<std::uint64_t>(0, size + 20);
  const auto length =
      *rc::gen::oneOf(rc::gen::element<std::uint64_t>(0, 1), rc::gen::inRange<std::uint64_t>(0, size + 20));
  return ByteRange{begin, begin + length};
}

std::string file_content() {
  return some_content(*rc::gen::element<std::size_t>(10, 300, 1500, 30000));
}

RC_GTEST_PROP(Records, AreDeliveredOnceWholeAndInOrderByEveryAccess, ()) {
  const std::string content = file_content();
  const TempFile temp(content);
  const File file = temp.open();
  ScanOptions options;
  options.records = some_records();
  options.range = some_range(content.size());
  const ByteRange wanted = intersect(options.range.value_or(ByteRange{0, UINT64_MAX}), {0, content.size()});
  const auto expected = records_in(content, options.records, wanted);
  for (const Access access : kAllAccess) {
    options.access = access;
    options.chunk_size = some_chunk_size(content.size());
    options.threads = *rc::gen::element(1U, 2U, 3U, 4U, 4U, 16U);
    Delivered delivered;
    const auto report = collect(file, options, delivered);
    RC_ASSERT(report);
    RC_LOG() << access_name(access) << " chunk " << options.chunk_size << " threads " << options.threads
             << " " << describe(*report);
    RC_ASSERT(differs(delivered, content, expected) == "");
    RC_ASSERT(report->complete());
    // An empty file has no size to trust: it is read in sequence, from the beginning of the range.
    if (!content.empty()) RC_ASSERT(report->covered == wanted);
    RC_ASSERT(report->stats.bytes == delivered.text.size());
  }
}

RC_GTEST_PROP(Records, OfAdjacentRangesAreAllRecords, ()) {
  const std::string content = file_content();
  const TempFile temp(content);
  const File file = temp.open();
  ScanOptions options;
  options.records = some_records();
  RC_PRE(options.records.kind != Records::Kind::Whole);
  const auto expected = all_records(content, options.records);
  Delivered delivered;
  std::uint64_t begin = 0;
  while (begin < content.size()) {
    const std::uint64_t end = begin + *rc::gen::inRange<std::uint64_t>(1, content.size() + 1);
    options.range = ByteRange{begin, end};
    options.access = *rc::gen::elementOf(std::vector<Access>(std::begin(kAllAccess), std::end(kAllAccess)));
    options.chunk_size = some_chunk_size(content.size());
    options.threads = 2;
    const auto report = collect(file, options, delivered);
    RC_ASSERT(report && report->complete());
    begin = end;
  }
  RC_ASSERT(differs(delivered, content, expected) == "");
}

struct Concatenation {
  std::string text;
  void merge(Concatenation&& next) { text += next.text; }
};

RC_GTEST_PROP(Records, ReduceMergesInFileOrder, ()) {
  const std::string content = file_content();
  const TempFile temp(content);
  const File file = temp.open();
  ScanOptions options;
  options.records = some_records();
  options.chunk_size = some_chunk_size(content.size());
  options.threads = *rc::gen::element(1U, 2U, 4U);
  options.access = *rc::gen::elementOf(std::vector<Access>(std::begin(kAllAccess), std::end(kAllAccess)));
  const auto reduced = scan_reduce<Concatenation>(
      file, options, [](Concatenation& part, const Chunk& chunk) { part.text.append(to_text(chunk.bytes)); });
  RC_ASSERT(reduced && reduced->report.complete());
  RC_ASSERT(reduced->value.text == content);
}

RC_GTEST_PROP(Records, OfAStreamInOddPiecesAreTheSame, ()) {
  const std::string content = some_content(3000);
  const CutRules rules{some_records(), 1ULL << 30, 0};
  const ByteRange range = some_range(content.size()).value_or(ByteRange{0, UINT64_MAX});
  HostileInput input(content, {.piece_max = *rc::gen::element<std::uint64_t>(1, 2, 5, 100, 100000),
                               .pause_every = *rc::gen::inRange<std::uint64_t>(0, 4) * 2});
  const auto threads = *rc::gen::inRange(1U, 5U);
  StreamSupply supply(input, range, some_chunk_size(content.size()), rules, threads, {});
  Delivered delivered;
  const EngineResult result = collect(supply, {threads, {}, nullptr}, delivered);
  RC_ASSERT(result.end == EngineResult::End::Complete);
  RC_ASSERT(differs(delivered, content, records_in(content, rules.records, range)) == "");
}

RC_GTEST_PROP(Records, OfAByteStreamAreThoseOfItsBytes, ()) {
  const std::string content = some_content(3000);
  ScanOptions options;
  options.records = some_records();
  options.range = some_range(content.size());
  options.chunk_size = some_chunk_size(content.size());
  options.threads = *rc::gen::inRange(1U, 5U);
  const auto error_at = *rc::gen::element<std::uint64_t>(UINT64_MAX, content.size() / 2);
  HostileInput input(content, {.piece_max = *rc::gen::element<std::uint64_t>(1, 5, 100000),
                               .error_at = error_at,
                               .pause_every = *rc::gen::inRange<std::uint64_t>(0, 4) * 2});
  const std::string readable = content.substr(0, error_at);
  const ByteRange range = options.range.value_or(ByteRange{0, UINT64_MAX});
  Delivered delivered;
  const auto report = collect(input, options, delivered);
  RC_ASSERT(report);
  RC_ASSERT(report->plan.access == Access::Stream);
  RC_ASSERT(delivered.text == text_of(readable, records_in(readable, options.records, range)));
  RC_ASSERT(report->change == FileChange::None);
  if (report->complete()) {
    RC_ASSERT(delivered.text == text_of(content, records_in(content, options.records, range)));
  } else {
    RC_ASSERT(report->problem->code == Errc::Io);
    RC_ASSERT(report->problem->path == "hostile");
    RC_ASSERT(report->problem->offset == error_at);
  }
}

RC_GTEST_PROP(Whole, IsOneChunkUpToTheLimitAndMappedBeyondIt, ()) {
  const std::string content = some_content(10000) + "x";
  const TempFile temp(content);
  const File file = temp.open();
  HostileInput input(content, {.piece_max = 777});
  ScanOptions options;
  options.records = Records::whole();
  options.threads = 4;
  options.record_size_max = *rc::gen::inRange<std::uint64_t>(1, 2 * content.size());
  const bool fits = content.size() <= options.record_size_max;
  const auto check = [&](ScanInput scanned, bool expected_whole) {
    Delivered delivered;
    const auto report = collect(scanned, options, delivered);
    RC_ASSERT(report);
    RC_LOG() << access_name(options.access) << " " << describe(*report);
    RC_ASSERT(report->complete() == expected_whole);
    RC_ASSERT(report->plan.threads == 1);
    if (expected_whole) {
      RC_ASSERT(delivered.chunks == (std::vector{ByteRange{0, content.size()}}));
      RC_ASSERT(delivered.text == content);
      RC_ASSERT(report->covered == (ByteRange{0, content.size()}));
      return;
    }
    RC_ASSERT(delivered.text.empty());
    RC_ASSERT(report->problem->code == Errc::RecordTooLong);
    RC_ASSERT(report->covered == (ByteRange{0, 0}));
  };
  for (const Access access : kAllAccess) {
    options.access = access;
    check(file, fits || access == Access::Auto || access == Access::Map);
  }
  check(input, fits);
}

// Record size at the limit and around it, at random places among others.
RC_GTEST_PROP(RecordLimit, HasTheSameAnswerForEveryAccess, ()) {
  const std::uint64_t limit = *rc::gen::element<std::uint64_t>(1, 2, 10, 4096, 5000);
  std::string content;
  const auto records = *rc::gen::inRange(1, 30);
  for (int record = 0; record < records; ++record) {
    const auto size = *rc::gen::oneOf(
        rc::gen::inRange<std::uint64_t>(1, limit + 1), rc::gen::just(limit),
        rc::gen::elementOf(std::vector<std::uint64_t>{limit, limit, limit, limit + 1, limit * 3 + 1}));
    content += std::string(size - 1, 'x') + '\n';
  }
  if (*rc::gen::arbitrary<bool>()) content.pop_back();
  auto expected = all_records(content, Records::lines());
  const auto too_long =
      std::find_if(expected.begin(), expected.end(), [&](ByteRange record) { return record.size() > limit; });
  const std::uint64_t covered = too_long == expected.end() ? content.size() : too_long->begin;
  const bool complete = too_long == expected.end();
  expected.erase(too_long, expected.end());
  const TempFile temp(content);
  const File file = temp.open();
  for (const Access access : kAllAccess) {
    if (content.empty()) return;
    ScanOptions options;
    options.access = access;
    options.record_size_max = limit;
    options.chunk_size =
        limit < 20 ? *rc::gen::element<std::uint64_t>(1, 3, 1U << 20) : some_chunk_size(content.size());
    options.threads = *rc::gen::inRange(1U, 5U);
    Delivered delivered;
    const auto report = collect(file, options, delivered);
    RC_ASSERT(report);
    RC_LOG() << access_name(access) << " chunk " << options.chunk_size << " threads " << options.threads
             << " " << describe(*report);
    RC_ASSERT(differs(delivered, content, expected) == "");
    RC_ASSERT(report->complete() == complete);
    RC_ASSERT(report->covered == (ByteRange{0, covered}));
    if (complete) continue;
    RC_ASSERT(report->problem->code == Errc::RecordTooLong);
    RC_ASSERT(report->problem->offset == covered);
  }
}

// Every content of up to 7 bytes over {x, newline}, every chunk size and range: nothing is left to chance.
TEST(Records, OfAllSmallContentsAreRight) {
  for (unsigned bits = 0; bits < 1U << 7U; ++bits) {
    for (std::size_t size = 0; size <= 7; ++size) {
      if (bits >> size != 0) continue;
      std::string content;
      for (std::size_t at = 0; at < size; ++at) content += (bits >> at & 1U) != 0 ? '\n' : 'x';
      for (std::uint64_t chunk = 1; chunk <= 8; ++chunk) {
        for (std::uint64_t begin = 0; begin <= size; ++begin) {
          for (std::uint64_t end = begin; end <= size; ++end) {
            HostileSource source(content, {});
            GridSupply supply(source, {begin, end}, chunk, {Records::lines(), 100, 0}, 1);
            Delivered delivered;
            const EngineResult result = collect(supply, {1, {}, nullptr}, delivered);
            ASSERT_EQ(result.end, EngineResult::End::Complete);
            ASSERT_EQ(differs(delivered, content, records_in(content, Records::lines(), {begin, end})), "")
                << bits << " " << size << " chunk " << chunk << " range " << begin << ":" << end;
          }
        }
      }
    }
  }
}

TEST(Records, WithoutARangeBeginWhereTheDescriptorStands) {
  const std::string content = "first line\nsecond line\nthird\n";
  const TempFile temp(content);
  for (const Access access : kAllAccess) {
    File file = temp.open();
    ASSERT_EQ(::lseek(file.descriptor(), 6, SEEK_SET), 6);
    auto adopted = File::adopt(::dup(file.descriptor()), "adopted");
    ASSERT_TRUE(adopted);
    ScanOptions options;
    options.access = access;
    options.chunk_size = 4;
    Delivered delivered;
    auto report = collect(*adopted, options, delivered);
    ASSERT_TRUE(report);
    EXPECT_EQ(delivered.text, content.substr(6)) << access_name(access);
    EXPECT_EQ(report->covered, (ByteRange{6, content.size()}));
    // A range counts from the beginning of the file all the same, and leaves out the record that it begins
    // in.
    options.range = ByteRange{6, 100};
    delivered = {};
    report = collect(*adopted, options, delivered);
    ASSERT_TRUE(report);
    EXPECT_EQ(delivered.text, content.substr(11)) << access_name(access);
  }
}

TEST(Options, WithoutMeaningAreRefused) {
  const TempFile temp("abc");
  const File file = temp.open();
  Delivered delivered;
  ScanOptions options;
  options.record_size_max = 0;
  EXPECT_EQ(collect(file, options, delivered).error().code, Errc::InvalidArgument);
  options = {};
  options.records = Records::fixed(0);
  EXPECT_EQ(collect(file, options, delivered).error().code, Errc::InvalidArgument);
  options.records = Records::fixed(11);
  options.record_size_max = 10;
  EXPECT_EQ(collect(file, options, delivered).error().code, Errc::InvalidArgument);
  options = {};
  options.range = ByteRange{2, 1};
  EXPECT_EQ(collect(file, options, delivered).error().code, Errc::InvalidArgument);
  EXPECT_EQ(delivered.text, "");
}

}  // namespace
}  // namespace folio::scan
