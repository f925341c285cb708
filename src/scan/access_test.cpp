// SPDX-License-Identifier: Apache-2.0
// The ways to reach bytes: fallbacks where one is forbidden, the probe, special files, statistics, progress
// and memory.
#include "scan/file_sources.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "os/process_stats.h"
#include "os/uring.h"
#include "scan/grid_supply.h"
#include "scan/scan_oracle.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FOLIO_SANITIZED 1
#endif

namespace folio::scan {
namespace {

constexpr Access kFileAccess[] = {Access::Map, Access::Read, Access::Uring, Access::Direct, Access::Stream};

std::string lines_of(std::uint64_t size) {
  std::string text;
  while (text.size() < size) text += "line " + std::to_string(text.size()) + '\n';
  text.resize(size);
  return text;
}

// ---- Fallbacks ----

// From here on the system call fails with `error`, as under the profiles of common containers.
bool forbid(long call, unsigned error) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program{.len = std::size(filter), .filter = filter};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// 0 where everything is as it should be; runs in a process of its own.
int scan_without_uring(Access access) {
  if (!forbid(SYS_io_uring_setup, EPERM)) return 1;
  if (os::uring_is_available()) return 2;
  const std::string text = lines_of(100001);
  const TempFile temp(text);
  Delivered delivered;
  const auto report = collect(temp.open(), {.access = access, .threads = 2, .chunk_size = 5000}, delivered);
  if (!report || !report->complete()) return 3;
  if (delivered.text != text) return 4;
  if (report->notes.size() != 1 || report->notes[0].find("io_uring") == std::string::npos) return 5;
  return report->stats.access == (access == Access::Uring ? Access::Read : access) ? 0 : 6;
}

TEST(UringForbiddenDeathTest, FallsBackToReadWithANote) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(::_exit(scan_without_uring(Access::Uring)), testing::ExitedWithCode(0), "");
}

TEST(UringForbiddenDeathTest, ReadsDirectlyOneAtATimeWithANote) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(::_exit(scan_without_uring(Access::Direct)), testing::ExitedWithCode(0), "");
}

// 0 where one thread does the work of four.
int scan_without_threads() {
  if (!forbid(SYS_clone, EAGAIN) || !forbid(SYS_clone3, EAGAIN)) return 1;
  const std::string text = lines_of(100001);
  const TempFile temp(text);
  Delivered delivered;
  const auto report = collect(temp.open(), {.threads = 4, .chunk_size = 5000}, delivered);
  if (!report || !report->complete()) return 2;
  if (delivered.text != text) return 3;
  return report->stats.threads == 1 ? 0 : 4;
}

TEST(ThreadsForbiddenDeathTest, LeaveTheWorkToTheCaller) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(::_exit(scan_without_threads()), testing::ExitedWithCode(0), "");
}

TEST(DirectRefused, FallsBackToReadWithANote) {
  auto file = File::open("/proc/self/status");
  ASSERT_TRUE(file);
  const auto opened = open_source(*file, {.access = Access::Direct, .chunk_size = 4096});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->access, Access::Read);
  ASSERT_EQ(opened->notes.size(), 1U);
  EXPECT_NE(opened->notes[0].find("direct is not possible"), std::string::npos) << opened->notes[0];
}

TEST(DirectAccess, ReadsEndsOfAllAlignments) {
  for (const std::uint64_t size : {1U, 511U, 512U, 4095U, 4096U, 4097U, 8191U, 12288U, 100000U}) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    Delivered delivered;
    const auto report =
        collect(temp.open(), {.access = Access::Direct, .threads = 2, .chunk_size = 4096}, delivered);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->complete()) << size << ": " << describe(*report);
    EXPECT_EQ(delivered.text, text);
  }
}

// ---- The probe ----

class ProbedScan : public testing::TestWithParam<double> {};

TEST_P(ProbedScan, GivesTheSameBytesWhateverItsVerdict) {
  const std::string text = lines_of(6U << 20);
  const TempFile temp(text);
  const File file = temp.open();
  for (const unsigned threads : {1U, 2U}) {
    auto opened = open_source(file, {.access = Access::Map,
                                     .probes = true,
                                     .chunk_size = 1U << 14,
                                     .probe = {.threads = threads, .map_cost_factor = GetParam()}});
    ASSERT_TRUE(opened);
    GridSupply supply(*opened->source, {0, text.size()}, 1U << 14, {Records::lines(), 1U << 30, 0}, threads);
    Delivered delivered;
    const EngineResult result = collect(supply, {threads, {}, nullptr}, delivered);
    EXPECT_TRUE(delivered.text == text);
    EXPECT_EQ(result.chunks, 384U);
    // Each worker begins by mapping, and tries the other way at its 32nd chunk unless it is sure,
    // and mapping again later.
    if (GetParam() == 0) {
      EXPECT_EQ(result.mapped_chunks, 384U);
    }
    if (GetParam() > 1) {
      EXPECT_LE(result.mapped_chunks, 34U * threads);
    }
    EXPECT_EQ(result.access, result.mapped_chunks >= 192 ? Access::Map : Access::Read);
  }
}

INSTANTIATE_TEST_SUITE_P(Verdicts, ProbedScan, testing::Values(0.0, 1.0, 1e9));

// ---- Special files ----

TEST(SpecialFile, OfAnySmallSizeIsReadByEveryAccess) {
  for (const std::uint64_t size : {0U, 1U, 2U, 4095U, 4096U, 4097U}) {
    const std::string text = lines_of(size);
    const TempFile temp(text);
    for (const Access access : kFileAccess) {
      Delivered delivered;
      const auto report = collect(temp.open(), {.access = access}, delivered);
      ASSERT_TRUE(report);
      EXPECT_TRUE(report->complete());
      EXPECT_EQ(delivered.text, text) << access_name(access);
      EXPECT_EQ(report->covered, (ByteRange{0, size}));
    }
  }
}

TEST(SpecialFile, OfProcIsReadToItsEnd) {
  std::ifstream cpuinfo("/proc/cpuinfo");
  std::stringstream expected;
  expected << cpuinfo.rdbuf();
  auto file = File::open("/proc/cpuinfo");
  ASSERT_TRUE(file);
  Delivered delivered;
  const auto report = collect(*file, {.access = Access::Map, .records = Records::lines()}, delivered);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->stats.access, Access::Stream);
  // Frequencies change from one reading to the next.
  EXPECT_EQ(std::count(delivered.text.begin(), delivered.text.end(), '\n'),
            std::count(std::istreambuf_iterator<char>(expected), {}, '\n'));
  EXPECT_EQ(report->covered.end, delivered.text.size());

  auto maps = File::open("/proc/self/maps");
  ASSERT_TRUE(maps);
  delivered = {};
  ASSERT_TRUE(collect(*maps, {.chunk_size = 100}, delivered));
  EXPECT_NE(delivered.text.find("[stack]"), std::string::npos);
}

TEST(SpecialFile, DevNullIsEmptyAndADirectoryIsRefused) {
  auto null = File::open("/dev/null");
  ASSERT_TRUE(null);
  Delivered delivered;
  const auto report = collect(*null, {}, delivered);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complete());
  EXPECT_EQ(report->covered, (ByteRange{0, 0}));
  const auto directory = File::open("/tmp");
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().code, Errc::IsDirectory);
}

TEST(SpecialFile, FifoIsReadUntilItsWriterCloses) {
  const TempFile temp("");
  std::filesystem::remove(temp.path());
  ASSERT_EQ(::mkfifo(temp.path().c_str(), 0600), 0);
  const std::string text = lines_of(200000);
  const std::jthread writer([&] { std::ofstream(temp.path(), std::ios::binary) << text; });
  Delivered delivered;
  const auto report = collect(temp.open(), {.threads = 2}, delivered);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complete());
  EXPECT_TRUE(delivered.text == text);
}

// ---- A pipe in odd pieces, under a storm of signals ----

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_, O_CLOEXEC), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() { close_writer(); }
  [[nodiscard]] File reader() const { return *File::adopt(ends_[0], "pipe"); }
  void write(std::string_view text) const {
    EXPECT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void close_writer() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(PipeUnderSignals, LosesNothing) {
  struct sigaction ignore{};
  ignore.sa_handler = [](int) {};  // without SA_RESTART
  ASSERT_EQ(::sigaction(SIGUSR1, &ignore, nullptr), 0);
  const std::string text = lines_of(60000);
  Pipe pipe;
  const File file = pipe.reader();
  const pthread_t scanner = ::pthread_self();
  std::atomic<bool> done = false;
  std::jthread storm([&] {
    while (!done) {
      ::pthread_kill(scanner, SIGUSR1);
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  });
  std::jthread writer([&] {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t piece = 1 + at * 7919 % 997;
      pipe.write(std::string_view{text}.substr(at, piece));
      at += piece;
      if (at % 5 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    pipe.close_writer();
  });
  Delivered delivered;
  const auto report = collect(file, {.threads = 1, .chunk_size = 3000}, delivered);
  done = true;
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complete()) << describe(*report);
  EXPECT_TRUE(delivered.text == text);
  EXPECT_EQ(report->stats.access, Access::Stream);
}

TEST(PipeThatIsSilent, EndsWhenCancelled) {
  Pipe pipe;
  const File file = pipe.reader();
  pipe.write("first\nsecond\nthi");
  std::stop_source stop;
  Delivered delivered;
  std::jthread canceller;
  const auto report = scan_ordered<TextBlock>(
      file, {.threads = 2, .stop = stop.get_token()},
      [](const Chunk& chunk, TextBlock& block, ChunkTurn&) { take_chunk(chunk, block); },
      [&](const TextBlock& block, ByteRange source) {
        canceller = std::jthread([&] { stop.request_stop(); });
        return take_block(delivered, block, source);
      });
  ASSERT_TRUE(report);
  ASSERT_TRUE(report->problem);
  EXPECT_EQ(report->problem->code, Errc::Cancelled);
  EXPECT_EQ(delivered.text, "first\nsecond\n");
  EXPECT_EQ(report->covered, (ByteRange{0, 13}));
}

// ---- SIGBUS ----

bool is_blocked(int signal) {
  sigset_t now;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
  return ::sigismember(&now, signal) == 1;
}

TEST(BlockedSigbus, IsOpenDuringAScanAndBlockedAgainAfterIt) {
  sigset_t bus;
  sigemptyset(&bus);
  sigaddset(&bus, SIGBUS);
  const TempFile temp(lines_of(100000));
  for (const bool before : {true, false}) {
    ASSERT_EQ(::pthread_sigmask(before ? SIG_BLOCK : SIG_UNBLOCK, &bus, nullptr), 0);
    std::atomic<bool> blocked = false;
    const auto report = scan_ordered<TextBlock>(
        temp.open(), {.access = Access::Map, .threads = 2, .chunk_size = 4096},
        [&](const Chunk& chunk, TextBlock& block, ChunkTurn&) {
          if (is_blocked(SIGBUS)) blocked = true;
          // The page of the end is lost under our hands.
          if (chunk.index == 3) temp.resize(20000);
          take_chunk(chunk, block);
        },
        [](const TextBlock&, ByteRange) { return Flow::Continue; });
    EXPECT_TRUE(report);
    EXPECT_FALSE(blocked);
    EXPECT_EQ(is_blocked(SIGBUS), before);
    temp.write(lines_of(100000));
  }
  ::pthread_sigmask(SIG_UNBLOCK, &bus, nullptr);
}

// ---- What the report says ----

TEST(Report, HasTheNumbersOfTheScan) {
  const std::string text = lines_of(1000000);
  const TempFile temp(text);
  for (const Access access : kFileAccess) {
    ScanProgress progress;
    Delivered delivered;
    const auto report = collect(
        temp.open(), {.access = access, .threads = 2, .chunk_size = 10000, .progress = &progress}, delivered);
    ASSERT_TRUE(report);
    EXPECT_EQ(progress.total, text.size());
    EXPECT_EQ(progress.done, text.size());
    const ScanStats& stats = report->stats;
    EXPECT_EQ(stats.bytes, text.size());
    EXPECT_EQ(stats.access, access);
    EXPECT_EQ(stats.threads, 2U);
    EXPECT_EQ(stats.chunk_size, 10000U);
    EXPECT_GE(stats.chunks, 64U);
    EXPECT_GT(stats.peak_anonymous, 0U);
    EXPECT_GT(stats.seconds, 0.0);
    EXPECT_TRUE(report->complete());
  }
}

TEST(Report, CountsTheBytesOfTheRangeAsProgress) {
  const std::string text = lines_of(100000);
  const TempFile temp(text);
  for (const Access access : kFileAccess) {
    for (const Records& records : {Records::lines(), Records::none(), Records::fixed(70000)}) {
      ScanProgress progress;
      Delivered delivered;
      const auto report = collect(temp.open(),
                                  {.access = access,
                                   .chunk_size = 3000,
                                   .range = ByteRange{10003, 60001},
                                   .records = records,
                                   .progress = &progress},
                                  delivered);
      ASSERT_TRUE(report);
      EXPECT_EQ(progress.total, 49998U);
      EXPECT_EQ(progress.done, 49998U);
      EXPECT_EQ(report->covered, (ByteRange{10003, 60001}));
    }
  }
}

#ifndef FOLIO_SANITIZED
TEST(Memory, OfAScanIsBounded) {
  const TempFile temp("");
  {
    const std::string piece = lines_of(1U << 20);
    std::ofstream out(temp.path(), std::ios::binary);
    for (int count = 0; count < 64; ++count) out << piece;
  }
  const File file = temp.open();
  for (const Access access : kFileAccess) {
    const std::uint64_t before = os::anonymous_memory();
    std::uint64_t peak = 0;
    struct Empty {
      void clear() {}
    };
    const auto report = scan_ordered<Empty>(
        file, {.access = access, .threads = 2}, [](const Chunk&, Empty&, ChunkTurn&) {},
        [&](const Empty&, ByteRange) {
          peak = std::max(peak, os::anonymous_memory());
          return Flow::Continue;
        });
    ASSERT_TRUE(report);
    EXPECT_EQ(report->stats.bytes, 64U << 20U);
    EXPECT_LT(peak, before + (32U << 20U)) << access_name(access);
  }
}
#endif

}  // namespace
}  // namespace folio::scan
