// SPDX-License-Identifier: Apache-2.0
// Scans of small files, which take a way of their own, and sessions of several scans: the same answers as by
// the engine, and honest ones when the file changes.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "folio/scan.h"
#include "scan/inline_scan.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

// Around a page, the sizes at which the plan changes its mind, and the largest that is scanned in one chunk.
constexpr std::uint64_t kSizes[] = {1,
                                    2,
                                    4095,
                                    4096,
                                    4097,
                                    65535,
                                    65536,
                                    65537,
                                    (512 << 10) - 1,
                                    512 << 10,
                                    (2 << 20) - 1,
                                    2 << 20,
                                    (2 << 20) + 1,
                                    5 << 20};

std::string lines_of(std::uint64_t size) {
  std::string text;
  text.reserve(size + 32);
  while (text.size() < size) text += "line " + std::to_string(text.size()) + '\n';
  text.resize(size);
  return text;
}

struct Joined {
  std::string text;
  void merge(Joined later) { text += later.text; }
};

Result<Reduced<Joined>> join(ScanInput input, const ScanOptions& options = {}) {
  return scan_reduce<Joined>(input, options,
                             [](Joined& part, const Chunk& chunk) { part.text = to_text(chunk.bytes); });
}

void make_older(const TempFile& temp) {
  // Lest the next write fall into the same tick of the clock.
  std::filesystem::last_write_time(temp.path(),
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours{1});
}

TEST(SmallFile, IsDeliveredWholeAtEverySize) {
  for (const std::uint64_t size : kSizes) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    for (const unsigned threads : {0U, 1U, 3U}) {
      const auto joined = join(temp.open(), {.threads = threads});
      ASSERT_TRUE(joined) << size;
      EXPECT_TRUE(joined->report.complete()) << size;
      EXPECT_TRUE(joined->value.text == text) << size;
      EXPECT_EQ(joined->report.covered, (ByteRange{0, size}));
      EXPECT_EQ(joined->report.stats.bytes, size);
    }
  }
}

TEST(SmallFile, CutWhileItIsScannedIsTruncated) {
  for (const std::uint64_t size : {3000U, 300000U, 1500000U}) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    const File file = temp.open();
    bool is_cut = false;
    const auto joined = scan_reduce<Joined>(file, {.threads = 1}, [&](Joined& part, const Chunk& chunk) {
      if (!is_cut) temp.resize(size / 2);
      is_cut = true;
      part.text = to_text(chunk.bytes);
    });
    ASSERT_TRUE(joined);
    ASSERT_TRUE(joined->report.problem) << size;
    EXPECT_EQ(joined->report.problem->code, Errc::Truncated);
    EXPECT_LE(joined->report.covered.end, size / 2);
    EXPECT_TRUE(joined->value.text == text.substr(0, joined->report.covered.end)) << size;
  }
}

TEST(SmallFile, RewrittenWhileItIsScannedIsNotBelieved) {
  const std::string text = lines_of(3000);
  const TempFile temp(text);
  make_older(temp);
  const File file = temp.open();
  const auto joined = scan_reduce<Joined>(file, {}, [&](Joined& part, const Chunk& chunk) {
    temp.write(std::string(3000, 'x'));
    part.text = to_text(chunk.bytes);
  });
  ASSERT_TRUE(joined);
  ASSERT_TRUE(joined->report.problem);
  EXPECT_EQ(joined->report.problem->code, Errc::Modified);
  EXPECT_TRUE(joined->report.covered.empty());
}

TEST(SmallFile, GrownWhileItIsScannedIsTold) {
  const std::string text = lines_of(3000);
  const TempFile temp(text);
  const File file = temp.open();
  const auto joined = scan_reduce<Joined>(file, {}, [&](Joined& part, const Chunk& chunk) {
    temp.append("more\n");
    part.text = to_text(chunk.bytes);
  });
  ASSERT_TRUE(joined);
  EXPECT_TRUE(joined->report.complete());
  EXPECT_EQ(joined->report.change, FileChange::Grown);
  EXPECT_EQ(joined->value.text, text);
}

TEST(SmallFile, MayLeaveInPieces) {
  const std::string text = lines_of(1000);
  const TempFile temp(text);
  std::string emitted;
  struct Block {
    std::string text;
    void clear() { text.clear(); }
  };
  const auto report = scan_ordered<Block>(
      temp.open(), {},
      [](const Chunk& chunk, Block& block, ChunkTurn& turn) {
        EXPECT_EQ(turn.prefix(), 0U);
        block.text = to_text(chunk.bytes.first(100));
        if (turn.publish(chunk.offset + 100) == Flow::Stop) return;
        block.text = to_text(chunk.bytes.subspan(100));
      },
      [&](Block& block, ByteRange source) {
        EXPECT_EQ(source.begin, emitted.size());
        emitted += block.text;
        return Flow::Continue;
      });
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complete());
  EXPECT_EQ(emitted, text);
}

TEST(SmallFile, StopsWhereEmitSaysSo) {
  const TempFile temp(lines_of(1000));
  struct Block {
    void clear() {}
  };
  const auto report = scan_ordered<Block>(
      temp.open(), {},
      [](const Chunk& chunk, Block&, ChunkTurn& turn) {
        EXPECT_EQ(turn.publish(chunk.offset + 10), Flow::Stop);
      },
      [](Block&, ByteRange) { return Flow::Stop; });
  ASSERT_TRUE(report);
  EXPECT_EQ(report->covered, (ByteRange{0, 10}));
  EXPECT_FALSE(report->problem);
}

TEST(SmallFile, IsCancelledBeforeItIsRead) {
  const TempFile temp(lines_of(1000));
  std::stop_source stop;
  stop.request_stop();
  const auto joined = join(temp.open(), {.stop = stop.get_token()});
  ASSERT_TRUE(joined);
  ASSERT_TRUE(joined->report.problem);
  EXPECT_EQ(joined->report.problem->code, Errc::Cancelled);
  EXPECT_EQ(joined->value.text, "");
}

TEST(SmallFile, WithALineThatIsTooLongIsRefused) {
  const TempFile temp(std::string(5000, 'x'));
  const auto joined = join(temp.open(), {.record_size_max = 1000});
  ASSERT_TRUE(joined);
  ASSERT_TRUE(joined->report.problem);
  EXPECT_EQ(joined->report.problem->code, Errc::RecordTooLong);
}

struct Block {
  std::string text;
  void clear() { text.clear(); }
};

TEST(SmallFile, CutAfterAPartHasLeftIsToldOfWithTheRest) {
  for (const std::uint64_t size : {30'000U, 600'000U, 1'500'000U}) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    std::string emitted;
    unsigned calls = 0;
    const auto report = scan_ordered<Block>(
        temp.open(), {.threads = 1},
        [&](const Chunk& chunk, Block& block, ChunkTurn& turn) {
          block.text = to_text(chunk.bytes.first(100));
          if (turn.publish(chunk.offset + 100) == Flow::Stop) return;
          if (++calls == 1) temp.resize(size / 2);
          block.text = to_text(chunk.bytes.subspan(100));
        },
        [&](Block& block, ByteRange) {
          emitted += block.text;
          return Flow::Continue;
        });
    ASSERT_TRUE(report);
    ASSERT_TRUE(report->problem) << size;
    EXPECT_EQ(report->problem->code, Errc::Truncated);
    EXPECT_EQ(report->covered.end, size / 2);
    EXPECT_TRUE(emitted == text.substr(0, size / 2)) << size;
  }
}

TEST(SmallFile, IsNotOverwrittenByAScanWithinTheScan) {
  const TempFile outer(std::string(300'000, 'a'));
  const TempFile inner(std::string(200'000, 'b'));
  const auto joined = scan_reduce<Joined>(outer.open(), {}, [&](Joined& part, const Chunk& chunk) {
    EXPECT_EQ(join(inner.open())->value.text, std::string(200'000, 'b'));
    part.text = to_text(chunk.bytes);
  });
  ASSERT_TRUE(joined);
  EXPECT_TRUE(joined->value.text == std::string(300'000, 'a'));
}

TEST(SmallFile, IsCancelledBetweenItsPieces) {
  const TempFile temp(lines_of(10'000));
  std::stop_source stop;
  ScanProgress progress;
  const auto report = scan_ordered<Block>(
      temp.open(), {.stop = stop.get_token(), .progress = &progress},
      [&](const Chunk& chunk, Block&, ChunkTurn& turn) {
        EXPECT_EQ(turn.publish(chunk.offset + 100), Flow::Continue);
        stop.request_stop();
        EXPECT_EQ(turn.publish(chunk.offset + 200), Flow::Stop);
      },
      [](Block&, ByteRange) { return Flow::Continue; });
  ASSERT_TRUE(report);
  ASSERT_TRUE(report->problem);
  EXPECT_EQ(report->problem->code, Errc::Cancelled);
  EXPECT_EQ(report->covered.end, 100U);
  EXPECT_EQ(progress.done, 100U);
  EXPECT_EQ(progress.total, 10'000U);
}

// ---- Sessions ----

TEST(Session, ForgetsTheLimitOfAnEarlierScan) {
  const std::string text(200'000, 'x');
  const TempFile temp(text);
  const File file = temp.open();
  const auto session = ScanSession::open(file);
  ASSERT_TRUE(session);
  EXPECT_TRUE(join(*session, {.record_size_max = 1000})->report.problem);
  const auto again = join(*session);
  EXPECT_TRUE(again->report.complete());
  EXPECT_TRUE(again->value.text == text);
}

TEST(Session, GivesWhatSingleScansGive) {
  for (const std::uint64_t size : kSizes) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    const File file = temp.open();
    for (const Access access : {Access::Auto, Access::Map, Access::Read}) {
      const auto session = ScanSession::open(file, access);
      ASSERT_TRUE(session);
      for (const unsigned threads : {0U, 1U, 2U}) {
        const auto joined = join(*session, {.access = access, .threads = threads});
        ASSERT_TRUE(joined) << size;
        EXPECT_TRUE(joined->report.complete()) << size;
        EXPECT_TRUE(joined->value.text == text) << size;
      }
    }
  }
}

TEST(Session, KnowsRangesAndOrder) {
  const std::string text = lines_of(3 << 20);
  const TempFile temp(text);
  const File file = temp.open();
  const auto session = ScanSession::open(file);
  ASSERT_TRUE(session);
  const auto first = join(*session, {.chunk_size = 5000, .range = ByteRange{0, 1 << 20}});
  const auto rest = join(*session, {.chunk_size = 7000, .range = ByteRange{1 << 20, UINT64_MAX}});
  ASSERT_TRUE(first && rest);
  EXPECT_TRUE(first->value.text + rest->value.text == text);
}

TEST(Session, OfAnEmptyFileAndOfAPipeScansThem) {
  const TempFile empty("");
  const File file = empty.open();
  const auto session = ScanSession::open(file);
  ASSERT_TRUE(session);
  EXPECT_TRUE(join(*session)->report.complete());

  const TempFile place("");
  std::filesystem::remove(place.path());
  ASSERT_EQ(::mkfifo(place.path().c_str(), 0600), 0);
  std::jthread writer([&] { place.append("one\ntwo\n"); });
  const File pipe = place.open();
  const auto piped = ScanSession::open(pipe);
  ASSERT_TRUE(piped);
  EXPECT_EQ(join(*piped)->value.text, "one\ntwo\n");
}

TEST(Session, SeesThatTheFileChangedBetweenScans) {
  for (const std::uint64_t size : {3000U, 1U << 20, 5U << 20}) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    make_older(temp);
    const File file = temp.open();
    const auto session = ScanSession::open(file);
    ASSERT_TRUE(session);
    ASSERT_TRUE(join(*session)->report.complete());
    temp.resize(size / 2);
    const auto cut = join(*session);
    ASSERT_TRUE(cut);
    ASSERT_TRUE(cut->report.problem) << size;
    EXPECT_TRUE(cut->value.text == text.substr(0, cut->report.covered.size())) << size;
    temp.write(std::string(size, 'x'));
    const auto rewritten = join(*session);
    ASSERT_TRUE(rewritten);
    EXPECT_TRUE(rewritten->report.problem) << size;
  }
}

}  // namespace
}  // namespace folio::scan
