// SPDX-License-Identifier: Apache-2.0
// Mappings whose files shrink, come back, or have no room. Every test here would die of SIGBUS without the
// guard.
#include "folio/fault_guard.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "folio/mapping.h"
#include "os/scratch_for_test.h"
#include "os/signals.h"

namespace folio {
namespace {

using os::died_by;
using os::exited_with;
using os::first_difference;
using os::in_child;
using os::ScratchFolder;

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kHuge = 2 << 20;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message());
  return std::move(*result);
}

Mapping map_file(const std::filesystem::path& path, const MapOptions& options = {}) {
  const OpenMode mode = options.kind == MapKind::ReadWrite ? OpenMode::ReadWrite : OpenMode::Read;
  return must(Mapping::map(must(File::open(path, {.mode = mode})), options));
}

bool all_zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

/// Reads every byte; volatile, so that the compiler can't leave a read out.
std::uint64_t sum_of(ByteView bytes) {
  const volatile std::byte* const data = bytes.data();
  std::uint64_t sum = 0;
  for (std::size_t index = 0; index < bytes.size(); ++index)
    sum += std::to_integer<std::uint64_t>(data[index]);
  return sum;
}

struct Truncation {
  const char* name;
  std::uint64_t size;
};

class TruncatedWhileRead : public testing::TestWithParam<Truncation> {};

TEST_P(TruncatedWhileRead, ByManyThreads) {
  constexpr std::uint64_t kSize = 4 * kHuge + 100;
  const std::uint64_t new_size = GetParam().size;
  const ScratchFolder folder;
  const auto path = folder.file("f", kSize);
  const Mapping mapping = map_file(path);
  std::atomic<unsigned> passes{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (unsigned reader = 0; reader < 4; ++reader) {
    readers.emplace_back([&, reader] {
      std::mt19937_64 random(reader);
      while (!stop) {
        for (unsigned step = 0; step < 2000; ++step)
          (void)sum_of(mapping.bytes().subspan(random() % kSize).first(1));
        (void)sum_of(mapping.bytes().subspan(reader * kHuge, 100'000));
        ++passes;
      }
    });
  }
  while (passes < 8) std::this_thread::yield();
  std::filesystem::resize_file(path, new_size);
  const unsigned passes_before = passes;
  while (passes < passes_before + 8) std::this_thread::yield();
  stop = true;
  for (std::thread& reader : readers) reader.join();

  EXPECT_EQ(first_difference(mapping.bytes().first(new_size)), new_size);
  EXPECT_TRUE(all_zero(mapping.bytes().subspan(new_size)));
  const MappingStatus status = mapping.status();
  EXPECT_EQ(status.fault, MappingFault::Truncated);
  EXPECT_EQ(status.valid_size, new_size);
  const auto error = mapping.fault_error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, Errc::Truncated);
  EXPECT_EQ(error->offset, new_size);
  EXPECT_NE(error->message().find("the first " + std::to_string(new_size) + " bytes are valid"),
            std::string::npos);
  EXPECT_NE(error->message().find(path.string()), std::string::npos);
  EXPECT_EQ(mapping.revalidate(), FileChange::Shrunk);
}

INSTANTIATE_TEST_SUITE_P(FaultGuard, TruncatedWhileRead,
                         testing::Values(Truncation{"ToNothing", 0}, Truncation{"MidPage", 5000},
                                         Truncation{"MidMap", 2 * kHuge},
                                         Truncation{"MidHugePage", kHuge + 12345}),
                         [](const auto& parameter) { return std::string{parameter.param.name}; });

TEST(FaultGuard, TruncatedAndExtendedAgainWhileRead) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 100 * kPage);
  const unsigned rounds = os::torture_rounds(30);
  for (unsigned round = 0; round < rounds; ++round) {
    std::filesystem::remove(path);
    (void)folder.file("f", 100 * kPage);
    const Mapping mapping = map_file(path);
    std::atomic<bool> stop{false};
    std::vector<std::thread> readers;
    for (unsigned reader = 0; reader < 3; ++reader) {
      readers.emplace_back([&] {
        while (!stop) (void)sum_of(mapping.bytes());
      });
    }
    for (unsigned step = 0; step < 20; ++step) {
      std::filesystem::resize_file(path, (step * 7919) % (100 * kPage));
      std::filesystem::resize_file(path, 100 * kPage);
    }
    stop = true;
    for (std::thread& reader : readers) reader.join();
    // Whether a reader met a fault is a matter of luck; that something happened must be seen either way.
    EXPECT_NE(mapping.revalidate(), FileChange::None);
    EXPECT_NE(mapping.status().fault, MappingFault::IoError);
  }
}

TEST(FaultGuard, ALostTailCostsOneFaultInEitherDirection) {
  const ScratchFolder folder;
  for (const bool backwards : {false, true}) {
    const auto path = folder.file("f", 500 * kPage);
    const Mapping mapping = map_file(path);
    std::filesystem::resize_file(path, 10 * kPage + 1);
    const std::uint64_t before = fault_guard_fault_count();
    for (std::uint64_t page = 0; page < 500; ++page) {
      (void)sum_of(mapping.bytes().subspan((backwards ? 499 - page : page) * kPage, 1));
    }
    EXPECT_EQ(fault_guard_fault_count() - before, 1U);
    EXPECT_EQ(mapping.status().valid_size, 10 * kPage + 1);
  }
}

TEST(FaultGuard, OffsetsCountFromTheMapping) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 100 * kPage);
  const Mapping inside = map_file(path, {.offset = 5000, .length = 50 * kPage});
  const Mapping beyond = map_file(path, {.offset = 90 * kPage + 7});
  std::filesystem::resize_file(path, 20 * kPage + 3);
  EXPECT_EQ(inside.bytes()[30 * kPage], std::byte{0});
  EXPECT_EQ(inside.status().valid_size, 20 * kPage + 3 - 5000);
  EXPECT_EQ(inside.fault_error()->offset, 20 * kPage + 3);
  EXPECT_EQ(beyond.bytes()[0], std::byte{0});
  EXPECT_EQ(beyond.status().valid_size, 0U);
}

TEST(FaultGuard, TruncationInsideALargeFolio) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 4 * kHuge);
  const File file = must(File::open(path, {.mode = OpenMode::ReadWrite}));
  ASSERT_TRUE(file.sync());
  ASSERT_TRUE(file.evict({0, file.size()}));  // so that the read through the map asks for 2 MiB folios
  const Mapping mapping = must(Mapping::map(file));
  EXPECT_EQ(first_difference(mapping.bytes()), 4 * kHuge);
  std::filesystem::resize_file(path, kHuge + 3 * kPage + 100);
  EXPECT_EQ(first_difference(mapping.bytes().first(kHuge + 3 * kPage + 100)), kHuge + 3 * kPage + 100);
  EXPECT_TRUE(all_zero(mapping.bytes().subspan(kHuge + 3 * kPage + 100)));
  EXPECT_TRUE(!mapping.status().ok() || mapping.revalidate() == FileChange::Shrunk);
}

TEST(FaultGuard, TruncationInsideALargeFolioInMemory) {
  const ScratchFolder folder;
  if (::mount("folio", folder.path().c_str(), "tmpfs", 0, "size=32m,huge=always") != 0) {
    GTEST_SKIP() << "may not mount tmpfs with huge=always";
  }
  {
    const auto path = folder.file("f", 4 * kHuge);
    const Mapping mapping = map_file(path, {.huge_pages = HugePages::Always});
    EXPECT_EQ(first_difference(mapping.bytes()), 4 * kHuge);
    std::filesystem::resize_file(path, kHuge + 3 * kPage + 100);
    EXPECT_EQ(first_difference(mapping.bytes().first(kHuge + 3 * kPage + 100)), kHuge + 3 * kPage + 100);
    EXPECT_TRUE(all_zero(mapping.bytes().subspan(kHuge + 3 * kPage + 100)));
    EXPECT_TRUE(!mapping.status().ok() || mapping.revalidate() == FileChange::Shrunk);
  }
  ::umount(folder.path().c_str());
}

TEST(FaultGuard, AStormOfMapsLeavesForeignMemoryAlone) {
  // One thread faults in mappings of truncated files and unmaps them at once; another maps and unmaps memory
  // of its own, which gets the addresses that the first one gave back. A late handler would put zeros over
  // the second one's pattern.
  const ScratchFolder folder;
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> overwritten{0};
  std::atomic<std::uint64_t> foreign_maps{0};
  std::vector<std::thread> others;
  for (int thread = 0; thread < 2; ++thread) {
    others.emplace_back([&] {
      std::vector<std::uint8_t> pattern(16 * kPage, 0xa5);
      while (!stop) {
        void* const memory =
            ::mmap(nullptr, pattern.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) continue;
        std::memcpy(memory, pattern.data(), pattern.size());
        std::this_thread::yield();
        if (std::memcmp(memory, pattern.data(), pattern.size()) != 0) ++overwritten;
        ::munmap(memory, pattern.size());
        ++foreign_maps;
      }
    });
  }
  const auto path = folder.file("f", 16 * kPage);
  const std::uint64_t before = fault_guard_fault_count();
  const unsigned rounds = 20 * os::torture_rounds(50);
  for (unsigned round = 0; round < rounds; ++round) {
    std::filesystem::resize_file(path, 16 * kPage);
    const Mapping mapping = map_file(path);
    std::filesystem::resize_file(path, kPage);
    std::thread second([&] { (void)sum_of(mapping.bytes()); });
    EXPECT_EQ(mapping.bytes()[15 * kPage], std::byte{0});
    second.join();
    EXPECT_EQ(mapping.status().valid_size, kPage);
  }
  stop = true;
  for (std::thread& other : others) other.join();
  EXPECT_GE(fault_guard_fault_count() - before, rounds);
  EXPECT_EQ(overwritten, 0U);
  EXPECT_GT(foreign_maps, 0U);
}

TEST(FaultGuard, ManyMapsAtOnce) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 3 * kPage);
  const File file = must(File::open(path));
  std::vector<Mapping> mappings;
  for (int count = 0; count < 500; ++count) mappings.push_back(must(Mapping::map(file)));
  std::filesystem::resize_file(path, 100);
  for (const Mapping& mapping : mappings) {
    EXPECT_TRUE(mapping.status().ok());
    EXPECT_EQ(mapping.bytes()[2 * kPage], std::byte{0});
    EXPECT_EQ(mapping.status().valid_size, 100U);
  }
  // Slots are used again, without their history.
  mappings.clear();
  std::filesystem::resize_file(path, 3 * kPage);
  EXPECT_TRUE(map_file(path).status().ok());
}

TEST(FaultGuard, MovedMappingsStayGuarded) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 3 * kPage);
  Mapping first = map_file(path);
  Mapping second{std::move(first)};
  std::filesystem::resize_file(path, 10);
  EXPECT_EQ(second.bytes()[kPage], std::byte{0});
  first = std::move(second);
  EXPECT_EQ(first.status().valid_size, 10U);
}

TEST(FaultGuardWriting, StoresToALostTailSurviveAndAreReported) {
  const ScratchFolder folder;
  for (const auto kind : {MapKind::ReadWrite, MapKind::CopyOnWrite}) {
    const auto path = folder.file("f", 10 * kPage);
    Mapping mapping = map_file(path, {.kind = kind});
    std::filesystem::resize_file(path, 2 * kPage);
    std::ranges::fill(mapping.writable_bytes(), std::byte{9});
    EXPECT_EQ(mapping.bytes().back(), std::byte{9});
    EXPECT_EQ(mapping.status().fault, MappingFault::Truncated);
    EXPECT_EQ(mapping.status().valid_size, 2 * kPage);
    if (kind == MapKind::ReadWrite) {
      EXPECT_EQ(mapping.flush(FlushMode::Wait).error().code, Errc::Truncated);
      EXPECT_EQ(mapping.flush(FlushMode::Start, {0, 1}).error().code, Errc::Truncated);
      EXPECT_EQ(mapping.resize(20 * kPage).error().code, Errc::Truncated);
    }
    EXPECT_EQ(std::filesystem::file_size(path), 2 * kPage);
  }
}

TEST(FaultGuardWriting, FlushSeesALostTailThatNobodyTouched) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  Mapping mapping = map_file(path, {.kind = MapKind::ReadWrite});
  std::ranges::fill(mapping.writable_bytes(), std::byte{9});
  std::filesystem::resize_file(path, 5 * kPage);
  EXPECT_TRUE(mapping.flush(FlushMode::Wait, {0, 5 * kPage}));
  const auto flushed = mapping.flush(FlushMode::Wait);
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().code, Errc::Truncated);
  EXPECT_EQ(flushed.error().offset, 5 * kPage);
}

TEST(FaultGuardWriting, AFullDiskAtAStoreIsAnIoErrorWithABudget) {
  const ScratchFolder folder;
  if (::mount("folio", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0)
    GTEST_SKIP() << "may not mount a small disk";
  {
    const auto path = folder.text("f", "");
    std::filesystem::resize_file(path, 16 << 20);  // a hole, larger than the disk
    Mapping mapping = map_file(path, {.kind = MapKind::ReadWrite, .huge_pages = HugePages::Never});
    const std::uint64_t before = fault_guard_fault_count();
    std::ranges::fill(mapping.writable_bytes(), std::byte{9});
    EXPECT_LE(fault_guard_fault_count() - before, 1025U);
    EXPECT_GE(fault_guard_fault_count() - before, 1000U);
    EXPECT_EQ(mapping.status().fault, MappingFault::IoError);
    EXPECT_LE(mapping.status().valid_size, 1U << 20);
    EXPECT_GT(mapping.status().valid_size, 0U);
    const auto flushed = mapping.flush(FlushMode::Wait);
    ASSERT_FALSE(flushed);
    EXPECT_EQ(flushed.error().code, Errc::Io);
    EXPECT_TRUE(flushed.error().offset);
  }
  ::umount(folder.path().c_str());
}

TEST(FaultGuardPopulate, FindsALostTailWithoutAFault) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  Mapping mapping = map_file(path);
  std::filesystem::resize_file(path, 5 * kPage + 10);
  EXPECT_TRUE(mapping.populate(Touch::Read, {0, 5 * kPage + 10}));
  for (const ByteRange range :
       {kWholeMapping, ByteRange{5 * kPage, 5 * kPage + 11}, ByteRange{8 * kPage, 9 * kPage}}) {
    const auto populated = mapping.populate(Touch::Read, range);
    ASSERT_FALSE(populated);
    EXPECT_EQ(populated.error().code, Errc::Truncated);
    EXPECT_EQ(populated.error().offset, 5 * kPage + 10);
  }
  EXPECT_TRUE(mapping.status().ok());
  if (!os::kSanitized) {
    EXPECT_EQ(mapping.lock().error().code, Errc::Truncated);
  }
}

TEST(FaultGuardWriting, WritingFromALostMappingIsAnError) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  const Mapping mapping = map_file(path);
  std::filesystem::resize_file(path, 2 * kPage);
  const File target = must(File::open(folder.path() / "target", {.mode = OpenMode::CreateNew}));
  const auto written = target.write_at(0, mapping.bytes());
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::Truncated);
  EXPECT_TRUE(mapping.status().ok());  // a system call raises no signal
}

TEST(FaultGuardMode_, Disabled) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  const int status = in_child([&] {
    ::signal(SIGBUS, SIG_DFL);
    set_fault_guard_mode(FaultGuardMode::Disabled);
    if (fault_guard_mode() != FaultGuardMode::Disabled || install_fault_guard()) return 1;
    const Mapping mapping = map_file(path);
    if (fault_guard_is_installed()) return 2;
    std::filesystem::resize_file(path, 0);
    return static_cast<int>(sum_of(mapping.bytes()));
  });
  EXPECT_TRUE(died_by(status, SIGBUS)) << status;
}

TEST(FaultGuardMode_, InstalledOnDemand) {
  const int status = in_child([] {
    ::signal(SIGBUS, SIG_DFL);
    if (fault_guard_is_installed()) return 1;
    if (!install_fault_guard()) return 2;
    return fault_guard_is_installed() ? 0 : 3;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(FaultGuardMode_, GuardOffLeavesTheFaultToTheHost) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  const int status = in_child([&] {
    ::signal(SIGBUS, SIG_DFL);
    const Mapping guarded = map_file(path);
    const Mapping bare = map_file(path, {.guard = Guard::Off});
    std::filesystem::resize_file(path, 0);
    if (sum_of(guarded.bytes()) != 0) return 1;
    return static_cast<int>(sum_of(bare.bytes()));
  });
  EXPECT_TRUE(died_by(status, SIGBUS)) << status;
}

TEST(FaultGuardThreads, ABlockedSigbusKillsUnlessUnblocked) {
  const ScratchFolder folder;
  for (const bool unblocked : {false, true}) {
    const auto path = folder.file("f", 10 * kPage);
    const int status = in_child([&] {
      ::signal(SIGBUS, SIG_DFL);
      const Mapping mapping = map_file(path);
      std::filesystem::resize_file(path, 0);
      sigset_t bus;
      sigemptyset(&bus);
      sigaddset(&bus, SIGBUS);
      ::pthread_sigmask(SIG_BLOCK, &bus, nullptr);
      if (unblocked) os::unblock_sigbus();
      return static_cast<int>(sum_of(mapping.bytes()));
    });
    EXPECT_TRUE(unblocked ? exited_with(status, 0) : died_by(status, SIGBUS)) << status;
  }
}

TEST(FaultGuardFork, AChildIsGuardedAsWell) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10 * kPage);
  const Mapping mapping = map_file(path);
  const int status = in_child([&] {
    std::filesystem::resize_file(path, kPage);
    if (mapping.bytes()[5 * kPage] != std::byte{0} || mapping.status().valid_size != kPage) return 1;
    return map_file(path).status().ok() ? 0 : 2;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
  EXPECT_TRUE(mapping.status().ok());  // the parent has not touched it
  EXPECT_EQ(mapping.bytes()[5 * kPage], std::byte{0});
  EXPECT_EQ(mapping.status().valid_size, kPage);
}

TEST(FaultGuardFork, WhileAnotherThreadMaps) {
  const ScratchFolder folder;
  const File file = must(File::open(folder.file("f", kPage)));
  std::atomic<bool> stop{false};
  std::thread mapper([&] {
    while (!stop) (void)Mapping::map(file);
  });
  for (unsigned round = 0; round < 100; ++round) {
    const int status = in_child([&] {
      ::alarm(10);
      return Mapping::map(file) ? 0 : 1;
    });
    EXPECT_TRUE(exited_with(status, 0)) << status;
  }
  stop = true;
  mapper.join();
}

}  // namespace
}  // namespace folio
