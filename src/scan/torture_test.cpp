// SPDX-License-Identifier: Apache-2.0
// Real files that are cut, extended, rewritten and appended to while they are scanned: no signal, no hang,
// and a report that tells the truth. More rounds with FOLIO_TORTURE_ROUNDS.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include "folio/fault_guard.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

constexpr std::uint64_t kChunkSize = 16U << 10;

unsigned torture_rounds() {
  const char* text = std::getenv("FOLIO_TORTURE_ROUNDS");
  return text == nullptr ? 40 : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

// Text without zeros, in which no two places look alike.
std::string numbered_text(std::uint64_t size) {
  std::string text;
  text.reserve(size + 10);
  for (unsigned line = 1; text.size() < size; ++line) text += std::to_string(line) + '\n';
  text.resize(size);
  return text;
}

enum class Harm : std::uint8_t {
  Truncate,
  TruncateTwice,
  TruncateAndExtend,
  TruncateAndGrow,
  Rewrite,
  Append
};

class Victim {
 public:
  Victim(const TempFile& temp, std::uint64_t size)
      : descriptor_(::open(temp.path().c_str(), O_RDWR | O_CLOEXEC)), size_(size) {}
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;
  ~Victim() { ::close(descriptor_); }

  void suffer(Harm harm, std::uint64_t at) const {
    switch (harm) {
      case Harm::Truncate:
        return cut(at);
      case Harm::TruncateTwice:
        cut(at);
        return cut(at / 2);
      case Harm::TruncateAndExtend:
        cut(at);
        return cut(size_);
      case Harm::TruncateAndGrow:
        cut(at);
        return write(at, numbered_text((size_ - at) / 2));
      case Harm::Rewrite:
        return write(at, std::string(std::min<std::uint64_t>(5000, size_ - at), '!'));
      case Harm::Append:
        return write(size_, std::string(10000, '+'));
    }
  }

 private:
  void cut(std::uint64_t size) const { ASSERT_EQ(::ftruncate(descriptor_, static_cast<off_t>(size)), 0); }
  void write(std::uint64_t at, const std::string& text) const {
    ASSERT_EQ(::pwrite(descriptor_, text.data(), text.size(), static_cast<off_t>(at)),
              static_cast<ssize_t>(text.size()));
  }
  int descriptor_;
  std::uint64_t size_;
};

void check_truth(Harm harm, std::uint64_t at, const std::string& text, const Delivered& delivered,
                 const ScanReport& report) {
  if (report.complete()) {
    if (harm == Harm::Rewrite && report.change == FileChange::Rewritten)
      FAIL() << "a rewritten file is reported as complete";
    EXPECT_TRUE(delivered.text == text) << "complete, but not what the file was";
    return;
  }
  if (report.problem->code == Errc::Modified) {
    EXPECT_NE(harm, Harm::Append);
    EXPECT_NE(harm, Harm::Truncate);
    EXPECT_NE(harm, Harm::TruncateTwice);
    return;
  }
  EXPECT_EQ(report.problem->code, Errc::Truncated);
  EXPECT_NE(harm, Harm::Append);
  EXPECT_NE(harm, Harm::Rewrite);
  EXPECT_EQ(report.covered.begin, 0U);
  if (harm == Harm::TruncateAndGrow) {
    // Where the file ended in between nobody has seen: it is right for what the file has now.
    const std::uint64_t kept = std::min({at, report.covered.end, std::uint64_t{delivered.text.size()}});
    EXPECT_TRUE(delivered.text.substr(0, kept) == text.substr(0, kept));
    return;
  }
  EXPECT_EQ(delivered.text.size(), report.covered.end);
  EXPECT_TRUE(delivered.text == text.substr(0, report.covered.end)) << "covers what the file never was";
}

class Torture : public testing::TestWithParam<std::tuple<Access, Harm>> {};

TEST_P(Torture, LeavesATrueReport) {
  const auto [access, harm] = GetParam();
  std::mt19937 random(20261U + static_cast<unsigned>(harm) * 7U + static_cast<unsigned>(access));
  const auto between = [&](std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(random);
  };
  for (unsigned round = 0; round < torture_rounds() / 10 + 1; ++round) {
    const std::string text = numbered_text(between(1, 40) * 4096 * 4 + between(0, 1) * between(1, 4095));
    const TempFile temp(text);
    const File file = temp.open();
    const Victim victim(temp, text.size());
    const std::uint64_t at =
        between(0, 2) == 0 ? between(0, (text.size() - 1) / 4096) * 4096 : between(0, text.size() - 1);
    // In the middle of the fold of some chunk, which then goes on reading.
    const std::uint64_t when = between(0, text.size() / kChunkSize);
    std::atomic<std::uint64_t> folds = 0;
    const ScanOptions options{.access = access, .threads = 2, .chunk_size = kChunkSize};
    std::jthread harmful;
    Delivered delivered;
    const auto report = scan_ordered<TextBlock>(
        file, options,
        [&](const Chunk& chunk, TextBlock& block, ChunkTurn&) {
          const bool now = folds.fetch_add(1) == when;
          const bool from_aside = (round & 1U) == 0;
          if (now && from_aside) harmful = std::jthread([&] { victim.suffer(harm, at); });
          if (now && !from_aside) victim.suffer(harm, at);
          take_chunk(chunk, block);
        },
        [&](const TextBlock& block, ByteRange source) { return take_block(delivered, block, source); });
    ASSERT_TRUE(report);
    SCOPED_TRACE("round " + std::to_string(round) + ", " + std::to_string(text.size()) + " bytes, at " +
                 std::to_string(at) + ", fold " + std::to_string(when) + ": " + describe(*report));
    check_truth(harm, at, text, delivered, *report);
    if (HasFailure()) return;
  }
}

std::string torture_name(const testing::TestParamInfo<std::tuple<Access, Harm>>& info) {
  constexpr const char* harms[] = {"Truncate",        "TruncateTwice", "TruncateAndExtend",
                                   "TruncateAndGrow", "Rewrite",       "Append"};
  return std::string{access_name(std::get<0>(info.param))} +
         harms[static_cast<unsigned>(std::get<1>(info.param))];
}

INSTANTIATE_TEST_SUITE_P(Files, Torture,
                         testing::Combine(testing::Values(Access::Map, Access::Read, Access::Uring,
                                                          Access::Direct, Access::Stream),
                                          testing::Values(Harm::Truncate, Harm::TruncateTwice,
                                                          Harm::TruncateAndExtend, Harm::TruncateAndGrow,
                                                          Harm::Rewrite, Harm::Append)),
                         torture_name);

TEST(ChangedFile, IsReportedAsWhatHappened) {
  const std::string text = numbered_text(100000);
  for (const Access access : {Access::Map, Access::Read, Access::Uring, Access::Direct, Access::Stream}) {
    for (const Harm harm : {Harm::Truncate, Harm::Rewrite, Harm::Append}) {
      const TempFile temp(text);
      const File file = temp.open();
      const Victim victim(temp, text.size());
      Delivered delivered;
      // One thread: the harm comes after the first chunk was emitted and before the second is fetched or
      // folded.
      const auto report = scan_ordered<TextBlock>(
          file, {.access = access, .threads = 1, .chunk_size = 4096},
          [&](const Chunk& chunk, TextBlock& block, ChunkTurn&) { take_chunk(chunk, block); },
          [&](const TextBlock& block, ByteRange source) {
            if (source.begin == 0) victim.suffer(harm, 50001);
            return take_block(delivered, block, source);
          });
      ASSERT_TRUE(report);
      SCOPED_TRACE(std::string{access_name(access)} + ": " + describe(*report));
      if (harm == Harm::Truncate) {
        ASSERT_TRUE(report->problem);
        EXPECT_EQ(report->problem->code, Errc::Truncated);
        EXPECT_EQ(report->problem->offset, 50001U);
        EXPECT_EQ(report->problem->path, temp.path().string());
        EXPECT_EQ(report->covered, (ByteRange{0, 50001}));
        EXPECT_EQ(report->change, FileChange::Shrunk);
        EXPECT_EQ(delivered.text, text.substr(0, 50001));
      } else if (harm == Harm::Rewrite) {
        ASSERT_TRUE(report->problem);
        EXPECT_EQ(report->problem->code, Errc::Modified);
        EXPECT_EQ(report->change, FileChange::Rewritten);
      } else {
        EXPECT_FALSE(report->problem);
        EXPECT_EQ(report->change, FileChange::Grown);
        EXPECT_EQ(delivered.text, text);
      }
    }
  }
}

}  // namespace
}  // namespace folio::scan
