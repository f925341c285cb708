// SPDX-License-Identifier: Apache-2.0
// Mapping without faults: ranges, kinds, moves, operations and sizes. Faults are in fault_guard_test.cpp.
#include "folio/mapping.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "os/placement.h"
#include "os/process_stats.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::first_difference;
using os::ScratchFolder;

constexpr std::uint64_t kHuge = os::kHugePageSize;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message());
  return std::move(*result);
}

File open_file(const std::filesystem::path& path, OpenMode mode = OpenMode::Read) {
  return must(File::open(path, {.mode = mode}));
}

std::uintptr_t number_of(const void* address) {
  return reinterpret_cast<std::uintptr_t>(address);
}

/// Lines of /proc/self/maps that name `path`.
unsigned maps_of(const std::filesystem::path& path) {
  std::ifstream maps("/proc/self/maps");
  unsigned count = 0;
  for (std::string line; std::getline(maps, line);) count += line.ends_with(path.string()) ? 1U : 0U;
  return count;
}

TEST(MappingMap, WholeFileByDefault) {
  const ScratchFolder folder;
  const File file = open_file(folder.file("f", 12345));
  const Mapping mapping = must(Mapping::map(file));
  EXPECT_EQ(mapping.size(), 12345U);
  EXPECT_EQ(mapping.kind(), MapKind::ReadOnly);
  EXPECT_EQ(first_difference(mapping.bytes()), 12345U);
  EXPECT_TRUE(mapping.status().ok());
  EXPECT_EQ(mapping.status().valid_size, 12345U);
  EXPECT_FALSE(mapping.fault_error());
  EXPECT_EQ(mapping.revalidate(), FileChange::None);
}

RC_GTEST_PROP(MappingMap, AnyOffsetAndLength, ()) {
  static const ScratchFolder folder;
  static const File file = open_file(folder.file("f", 3 * kHuge + 12345));
  const auto offset = *rc::gen::inRange<std::uint64_t>(0, file.size() + 1);
  const auto length = *rc::gen::inRange<std::uint64_t>(0, file.size() - offset + 1);
  const auto huge = *rc::gen::element(HugePages::Auto, HugePages::Always, HugePages::Never);
  const Mapping mapping = must(Mapping::map(file, {.offset = offset, .length = length, .huge_pages = huge}));
  RC_ASSERT(mapping.size() == length);
  RC_ASSERT(mapping.file_offset() == offset);
  for (const std::uint64_t at : {std::uint64_t{0}, length / 2, length - 1}) {
    if (length != 0) RC_ASSERT(mapping.bytes()[at] == os::pattern_byte(offset + at));
  }
  if (huge != HugePages::Never && length >= kHuge) {
    RC_ASSERT(number_of(mapping.bytes().data()) % kHuge == offset % kHuge);
  }
}

TEST(MappingMap, LongMapsAreCongruentToTheFileOffset) {
  const ScratchFolder folder;
  const File file = open_file(folder.file("f", 2 * kHuge + 5000));
  for (const std::uint64_t offset : {0ULL, 1ULL, 4096ULL, 5000ULL}) {
    const Mapping mapping = must(Mapping::map(file, {.offset = offset}));
    EXPECT_EQ(number_of(mapping.bytes().data()) % kHuge, offset % kHuge);
  }
}

TEST(MappingMap, RefusesRangesOutsideOfTheFile) {
  const ScratchFolder folder;
  const File file = open_file(folder.file("f", 10000));
  const auto code = [&](std::uint64_t offset, std::optional<std::uint64_t> length) {
    const auto mapping = Mapping::map(file, {.offset = offset, .length = length});
    return mapping ? std::optional<Errc>{} : mapping.error().code;
  };
  EXPECT_EQ(code(0, 10001), Errc::InvalidArgument);  // an explicit length counts as well
  EXPECT_EQ(code(5000, 5001), Errc::InvalidArgument);
  EXPECT_EQ(code(10001, {}), Errc::InvalidArgument);
  EXPECT_EQ(code(10001, 0), Errc::InvalidArgument);
  EXPECT_EQ(code(5000, UINT64_MAX - 4999), Errc::InvalidArgument);  // offset + length wraps to 0
  EXPECT_EQ(code(UINT64_MAX, 2), Errc::InvalidArgument);
  EXPECT_EQ(code(10000, {}), std::nullopt);
  EXPECT_EQ(code(5000, 5000), std::nullopt);
}

TEST(MappingMap, EmptyFilesAndRanges) {
  const ScratchFolder folder;
  const File empty = open_file(folder.file("empty", 0));
  const File full = open_file(folder.file("full", 100));
  std::vector<Mapping> mappings(1);
  mappings.push_back(must(Mapping::map(empty)));
  mappings.push_back(must(Mapping::map(full, {.offset = 100})));
  mappings.push_back(must(Mapping::map(full, {.offset = 5, .length = 0})));
  for (Mapping& mapping : mappings) {
    EXPECT_TRUE(mapping.empty());
    EXPECT_TRUE(mapping.bytes().empty());
    EXPECT_TRUE(mapping.flush(FlushMode::Wait));
    EXPECT_TRUE(mapping.advise(Advice::Random));
    EXPECT_TRUE(mapping.populate(Touch::Read));
    EXPECT_TRUE(mapping.lock());
    EXPECT_TRUE(mapping.unlock());
    EXPECT_TRUE(mapping.status().ok());
    EXPECT_EQ(mapping.revalidate(), FileChange::None);
  }
}

TEST(MappingMap, RefusesWhatHasNoOffsets) {
  EXPECT_EQ(Mapping::map(open_file("/dev/null")).error().code, Errc::Unsupported);
  const ScratchFolder folder;
  EXPECT_EQ(Mapping::map(open_file(folder.file("f", 9)), {.kind = MapKind::Anonymous}).error().code,
            Errc::InvalidArgument);
}

TEST(MappingMap, FailureLeavesNoDescriptorAndNoMap) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10000);
  const std::size_t before = os::open_descriptors();
  for (int round = 0; round < 20; ++round) {
    const File file = open_file(path);
    EXPECT_FALSE(Mapping::map(file, {.offset = 1, .length = 10000}));
    EXPECT_EQ(Mapping::map(file, {.kind = MapKind::ReadWrite}).error().code, Errc::PermissionDenied);
  }
  EXPECT_EQ(os::open_descriptors(), before);
  EXPECT_EQ(maps_of(path), 0U);
}

TEST(MappingMap, NotReadableIsPermissionDenied) {
  const ScratchFolder folder;
  const int descriptor = ::open(folder.file("f", 10).c_str(), O_WRONLY | O_CLOEXEC);
  const File file = must(File::adopt(descriptor, "f"));
  EXPECT_EQ(Mapping::map(file).error().code, Errc::PermissionDenied);
}

TEST(MappingMap, SurvivesItsFileAndClosesTheDescriptorLast) {
  const ScratchFolder folder;
  const std::size_t before = os::open_descriptors();
  {
    std::optional<File> file = open_file(folder.file("f", 5000));
    const Mapping mapping = must(Mapping::map(*file));
    file.reset();
    EXPECT_EQ(first_difference(mapping.bytes()), 5000U);
    EXPECT_EQ(mapping.revalidate(), FileChange::None);
    EXPECT_EQ(os::open_descriptors(), before + 1);
  }
  EXPECT_EQ(os::open_descriptors(), before);
}

TEST(MappingMap, WorksWithLittleAddressSpace) {
  const ScratchFolder folder;
  const File file = open_file(folder.file("f", 3 * kHuge));
  const os::Mapped mapped =
      os::map_placed({.size = 1ULL << 62, .protection = 0, .flags = 0x22, .congruence = kHuge});
  EXPECT_NE(mapped.problem, 0);
  EXPECT_TRUE(Mapping::map(file));
}

TEST(MappingMap, PlacementLeavesNoReservationBehind) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 3 * kHuge + 1);
  const File file = open_file(path);
  const auto virtual_size = [] { return std::stoull(os::read_whole("/proc/self/statm")) * os::page_size(); };
  {
    const Mapping warm_up = must(Mapping::map(file));
  }
  const std::uint64_t before = virtual_size();
  {
    const Mapping mapping = must(Mapping::map(file));
    EXPECT_EQ(virtual_size(), before + 3 * kHuge + 4096);
  }
  EXPECT_EQ(virtual_size(), before);
}

TEST(MappingKinds, ReadOnlyHasNoWritableView) {
  const ScratchFolder folder;
  Mapping mapping = must(Mapping::map(open_file(folder.file("f", 10))));
  EXPECT_TRUE(mapping.writable_bytes().empty());
  EXPECT_EQ(mapping.populate(Touch::Write).error().code, Errc::InvalidArgument);
  EXPECT_EQ(mapping.resize(5).error().code, Errc::Unsupported);
  EXPECT_TRUE(mapping.flush(FlushMode::Wait));
}

TEST(MappingKinds, CopyOnWriteStaysPrivate) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10000);
  const std::string before = os::read_whole(path);
  Mapping mapping = must(Mapping::map(open_file(path), {.kind = MapKind::CopyOnWrite, .offset = 1}));
  EXPECT_TRUE(mapping.populate(Touch::Write));
  std::ranges::fill(mapping.writable_bytes(), std::byte{0});
  EXPECT_EQ(mapping.bytes()[9998], std::byte{0});
  EXPECT_EQ(mapping.flush(FlushMode::Wait).error().code, Errc::Unsupported);
  EXPECT_EQ(mapping.resize(5).error().code, Errc::Unsupported);
  EXPECT_EQ(os::read_whole(path), before);
}

TEST(MappingKinds, ReadWriteReachesTheFile) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10000);
  Mapping mapping = must(Mapping::map(open_file(path, OpenMode::ReadWrite),
                                      {.kind = MapKind::ReadWrite, .offset = 5000, .length = 10}));
  std::memcpy(mapping.writable_bytes().data(), "0123456789", 10);
  EXPECT_TRUE(mapping.flush(FlushMode::Start));
  EXPECT_TRUE(mapping.flush(FlushMode::Wait, {3, 7}));
  EXPECT_TRUE(mapping.flush(FlushMode::Start, {3, 3}));
  EXPECT_EQ(os::read_whole(path).substr(5000, 10), "0123456789");
}

TEST(MappingKinds, AnonymousIsZeroed) {
  for (const auto huge : {HugePages::Auto, HugePages::Always, HugePages::Never}) {
    Mapping mapping = must(Mapping::anonymous(2 * kHuge + 77, huge));
    EXPECT_EQ(mapping.size(), 2 * kHuge + 77);
    EXPECT_EQ(mapping.kind(), MapKind::Anonymous);
    EXPECT_TRUE(std::ranges::all_of(mapping.bytes(), [](std::byte byte) { return byte == std::byte{0}; }));
    mapping.writable_bytes().back() = std::byte{1};
    if (huge != HugePages::Never) {
      EXPECT_EQ(number_of(mapping.bytes().data()) % kHuge, 0U);
    }
    EXPECT_EQ(mapping.residency().error().code, Errc::Unsupported);
    EXPECT_EQ(mapping.flush(FlushMode::Wait).error().code, Errc::Unsupported);
    EXPECT_EQ(mapping.revalidate(), FileChange::None);
  }
  EXPECT_EQ(Mapping::anonymous(UINT64_MAX).error().code, Errc::OutOfMemory);
  EXPECT_EQ(Mapping::anonymous(1ULL << 60).error().code, Errc::OutOfMemory);
}

TEST(MappingMove, ToItselfChangesNothing) {
  const ScratchFolder folder;
  Mapping mapping = must(Mapping::map(open_file(folder.file("f", 5000))));
  Mapping& same = mapping;
  mapping = std::move(same);
  EXPECT_EQ(mapping.size(), 5000U);
  EXPECT_EQ(first_difference(mapping.bytes()), 5000U);
}

TEST(MappingMove, AssignmentReleasesTheOldMap) {
  const ScratchFolder folder;
  const auto old_path = folder.file("old", 5000);
  const auto new_path = folder.file("new", 6000);
  const std::size_t before = os::open_descriptors();
  Mapping mapping = must(Mapping::map(open_file(old_path)));
  EXPECT_EQ(maps_of(old_path), 1U);
  Mapping other = must(Mapping::map(open_file(new_path)));
  const std::byte* const view = other.bytes().data();
  mapping = std::move(other);
  EXPECT_EQ(maps_of(old_path), 0U);
  EXPECT_EQ(os::open_descriptors(), before + 1);
  EXPECT_EQ(mapping.bytes().data(), view);
  EXPECT_TRUE(other.empty());  // NOLINT: the state after a move is what this tests
  EXPECT_TRUE(other.status().ok());
  mapping = Mapping{};
  EXPECT_EQ(maps_of(new_path), 0U);
  EXPECT_EQ(os::open_descriptors(), before);
}

TEST(MappingMove, ConstructionTakesEverything) {
  const ScratchFolder folder;
  Mapping source = must(Mapping::map(open_file(folder.file("f", 9000)), {.offset = 123}));
  const Mapping target{std::move(source)};
  EXPECT_EQ(target.file_offset(), 123U);
  EXPECT_EQ(first_difference(target.bytes(), 123), target.size());
  EXPECT_TRUE(source.empty());  // NOLINT: the state after a move is what this tests
}

TEST(MappingRange, MustLieInsideTheMap) {
  const ScratchFolder folder;
  Mapping mapping = must(Mapping::map(open_file(folder.file("f", 50000), OpenMode::ReadWrite),
                                      {.kind = MapKind::ReadWrite, .offset = 100, .length = 20000}));
  const auto refused = [](const auto& result) {
    return !result && result.error().code == Errc::InvalidArgument;
  };
  // The length is compared with what is left after the offset, not with the whole map.
  for (const ByteRange outside :
       {ByteRange{10000, 20001}, ByteRange{20001, 20001}, ByteRange{0, UINT64_MAX - 1}, ByteRange{5, 4},
        ByteRange{UINT64_MAX, UINT64_MAX}}) {
    EXPECT_TRUE(refused(mapping.advise(Advice::WillNeed, outside)));
    EXPECT_TRUE(refused(mapping.populate(Touch::Read, outside)));
    EXPECT_TRUE(refused(mapping.flush(FlushMode::Wait, outside)));
    EXPECT_TRUE(refused(mapping.lock(outside)));
    EXPECT_TRUE(refused(mapping.unlock(outside)));
    EXPECT_TRUE(refused(mapping.residency(outside)));
  }
  for (const ByteRange inside :
       {ByteRange{10000, 20000}, ByteRange{0, 1}, ByteRange{19999, 20000}, kWholeMapping}) {
    EXPECT_TRUE(mapping.advise(Advice::WillNeed, inside));
    EXPECT_TRUE(mapping.populate(Touch::Write, inside));
    EXPECT_TRUE(mapping.flush(FlushMode::Wait, inside));
    EXPECT_TRUE(mapping.residency(inside));
  }
}

TEST(MappingRange, AdviceNeverReachesTheNextPage) {
  // Two maps side by side: dropping the first one's pages must leave the second one's alone.
  Mapping both = must(Mapping::anonymous(16 * 4096, HugePages::Never));
  std::ranges::fill(both.writable_bytes(), std::byte{7});
  ASSERT_TRUE(both.advise(Advice::DontNeed, {4097, 8192}));
  EXPECT_EQ(both.bytes()[4095], std::byte{7});
  EXPECT_EQ(both.bytes()[4096], std::byte{0});  // widened to the whole page
  EXPECT_EQ(both.bytes()[8191], std::byte{0});
  EXPECT_EQ(both.bytes()[8192], std::byte{7});
}

TEST(MappingRange, EveryAdviceIsTaken) {
  const ScratchFolder folder;
  Mapping mapping = must(Mapping::map(open_file(folder.file("f", 3 * kHuge))));
  for (const auto advice : {Advice::Normal, Advice::Sequential, Advice::Random, Advice::WillNeed,
                            Advice::DontNeed, Advice::HugePage, Advice::NoHugePage}) {
    const auto result = mapping.advise(advice);
    EXPECT_TRUE(result || result.error().code == Errc::Unsupported) << result.error().message();
  }
  EXPECT_EQ(first_difference(mapping.bytes()), mapping.size());
}

TEST(MappingRange, LockAndUnlock) {
  if (os::kSanitized) GTEST_SKIP() << "mlock does nothing under this sanitizer";
  const ScratchFolder folder;
  Mapping mapping = must(Mapping::map(open_file(folder.file("f", 8192))));
  const auto locked_size = [] {
    const std::string status = os::read_whole("/proc/self/status");
    return std::stoull(status.substr(status.find("VmLck:") + 6));
  };
  const auto before = locked_size();
  ASSERT_TRUE(mapping.lock({0, 10}));
  EXPECT_EQ(locked_size(), before + 4);
  ASSERT_TRUE(mapping.unlock());
  EXPECT_EQ(locked_size(), before);
}

TEST(MappingRange, PopulateMakesLaterReadsFaultFree) {
  if (os::kSanitized) GTEST_SKIP() << "the sanitizer's own memory faults as well";
  const ScratchFolder folder;
  Mapping mapping =
      must(Mapping::map(open_file(folder.file("f", 4 << 20)), {.huge_pages = HugePages::Never}));
  ASSERT_TRUE(mapping.populate(Touch::Read));
  const std::uint64_t before = os::thread_faults().minor;
  EXPECT_EQ(first_difference(mapping.bytes()), mapping.size());
  EXPECT_LT(os::thread_faults().minor - before, 20U);
}

TEST(MappingResize, ReadWriteGrowsAndShrinksTheFile) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10000);
  File file = open_file(path, OpenMode::ReadWrite);
  Mapping mapping = must(Mapping::map(file, {.kind = MapKind::ReadWrite, .offset = 5000}));
  ASSERT_TRUE(mapping.resize(3 * kHuge));
  EXPECT_EQ(std::filesystem::file_size(path), 5000 + 3 * kHuge);
  EXPECT_EQ(mapping.size(), 3 * kHuge);
  EXPECT_EQ(first_difference(mapping.bytes().first(5000), 5000), 5000U);
  EXPECT_EQ(mapping.bytes().back(), std::byte{0});
  EXPECT_EQ(number_of(mapping.bytes().data()) % kHuge, 5000U);
  EXPECT_EQ(file.size(), 5000 + 3 * kHuge);  // the facts are those of the new size
  EXPECT_EQ(mapping.revalidate(), FileChange::None);
  mapping.writable_bytes().back() = std::byte{9};
  ASSERT_TRUE(mapping.flush(FlushMode::Wait));

  ASSERT_TRUE(mapping.resize(10));
  EXPECT_EQ(std::filesystem::file_size(path), 5010U);
  EXPECT_EQ(mapping.size(), 10U);
  ASSERT_TRUE(mapping.resize(0));
  EXPECT_TRUE(mapping.empty());
  EXPECT_EQ(std::filesystem::file_size(path), 5000U);
  ASSERT_TRUE(mapping.resize(1));
  EXPECT_EQ(mapping.bytes()[0], std::byte{0});
  EXPECT_EQ(mapping.resize(UINT64_MAX).error().code, Errc::InvalidArgument);
  EXPECT_EQ(mapping.resize(INT64_MAX).error().code, Errc::InvalidArgument);
  EXPECT_EQ(mapping.size(), 1U);
}

TEST(MappingResize, FromAnEmptyFile) {
  const ScratchFolder folder;
  File file = open_file(folder.path() / "f", OpenMode::CreateNew);
  Mapping mapping = must(Mapping::map(file, {.kind = MapKind::ReadWrite}));
  ASSERT_TRUE(mapping.resize(3));
  std::memcpy(mapping.writable_bytes().data(), "abc", 3);
  mapping = Mapping{};
  EXPECT_EQ(os::read_whole(folder.path() / "f"), "abc");
}

TEST(MappingResize, AnonymousKeepsItsContent) {
  for (const auto huge : {HugePages::Auto, HugePages::Always, HugePages::Never}) {
    Mapping mapping = must(Mapping::anonymous(100, huge));
    std::ranges::fill(mapping.writable_bytes(), std::byte{5});
    for (const std::uint64_t size :
         std::initializer_list<std::uint64_t>{5000, 70'000, 3 * kHuge + 1, 64 << 20, 3 * kHuge, 300}) {
      ASSERT_TRUE(mapping.resize(size));
      EXPECT_EQ(mapping.size(), size);
      EXPECT_TRUE(
          std::ranges::all_of(mapping.bytes().first(100), [](std::byte b) { return b == std::byte{5}; }));
      EXPECT_EQ(mapping.bytes()[size - 1], std::byte{0});
      if (huge == HugePages::Auto && size >= kHuge) {
        EXPECT_EQ(number_of(mapping.bytes().data()) % kHuge, 0U);
      }
    }
    // What is cut off comes back as zero.
    ASSERT_TRUE(mapping.resize(50));
    ASSERT_TRUE(mapping.resize(100));
    EXPECT_EQ(mapping.bytes()[49], std::byte{5});
    EXPECT_EQ(mapping.bytes()[50], std::byte{0});
    EXPECT_FALSE(mapping.resize(UINT64_MAX));
    EXPECT_FALSE(mapping.resize(1ULL << 60));
    EXPECT_EQ(mapping.bytes()[49], std::byte{5});
    ASSERT_TRUE(mapping.resize(0));
    ASSERT_TRUE(mapping.resize(10));
    EXPECT_EQ(mapping.bytes()[9], std::byte{0});
  }
}

/// A mapping of 4096 pattern bytes must survive the attempt to make it larger than the disk.
int try_to_overfill(const std::filesystem::path& path, std::uint64_t size) {
  auto file = File::open(path, {.mode = OpenMode::ReadWrite});
  if (!file) return 1;
  auto mapping = Mapping::map(*file, {.kind = MapKind::ReadWrite});
  if (!mapping) return 2;
  const std::byte* const view = mapping->bytes().data();
  const auto resized = mapping->resize(size);
  if (resized || resized.error().code != Errc::NoSpace) return 3;
  if (mapping->size() != 4096 || mapping->bytes().data() != view) return 4;
  if (first_difference(mapping->bytes()) != 4096) return 5;
  if (file->size() != 4096 || file->current_identity()->size != 4096) return 6;
  mapping->writable_bytes()[0] = std::byte{1};
  if (!mapping->flush(FlushMode::Wait)) return 7;
  return mapping->resize(8192) ? 0 : 8;
}

TEST(MappingResize, ASizeLimitLeavesEverythingAsItWas) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 4096);
  const int status = os::in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{64 << 10, 64 << 10};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return try_to_overfill(path, 1 << 20);
  });
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(MappingResize, AFullDiskLeavesEverythingAsItWas) {
  const ScratchFolder folder;
  if (::mount("folio", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0)
    GTEST_SKIP() << "may not mount a small disk";
  const int status = try_to_overfill(folder.file("f", 4096), 8 << 20);
  const int file_status = [&] {
    File file = open_file(folder.path() / "f", OpenMode::ReadWrite);
    const auto resized = file.resize(8 << 20);
    return resized || resized.error().code != Errc::NoSpace || file.size() != 8192 ? 1 : 0;
  }();
  ::umount(folder.path().c_str());
  EXPECT_EQ(status, 0);
  EXPECT_EQ(file_status, 0);
}

TEST(MappingResize, TooLittleAddressSpaceLeavesEverythingAsItWas) {
  if (os::kSanitized) GTEST_SKIP() << "the sanitizer needs the address space";
  const ScratchFolder folder;
  const auto path = folder.file("f", 4096);
  const int status = os::in_child([&] {
    auto file = File::open(path, {.mode = OpenMode::ReadWrite});
    auto mapping = Mapping::map(*file, {.kind = MapKind::ReadWrite});
    const std::uint64_t now = std::stoull(os::read_whole("/proc/self/statm")) * os::page_size();
    const rlimit limit{now + (16 << 20), now + (16 << 20)};
    ::setrlimit(RLIMIT_AS, &limit);
    const auto resized = mapping->resize(64 << 20);
    if (resized || resized.error().code != Errc::OutOfMemory) return 1;
    if (file->size() != 4096 || file->current_identity()->size != 4096) return 2;
    return first_difference(mapping->bytes()) == 4096 ? 0 : 3;
  });
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(MappingResidency, CountsTheRange) {
  const ScratchFolder folder;
  const Mapping mapping = must(Mapping::map(open_file(folder.file("f", 1 << 20)), {.offset = 5000}));
  const Residency residency = must(mapping.residency());
  EXPECT_EQ(residency.total, (1U << 20) - 5000U);
  if (residency.method != ResidencyMethod::Unknown) {
    EXPECT_GT(residency.share(), 0.9);
  }
}

TEST(MappingGuardOff, RefusesWhatIsGoneAlready) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10000);
  const File file = open_file(path);
  EXPECT_TRUE(Mapping::map(file, {.guard = Guard::Off}));
  std::filesystem::resize_file(path, 5000);
  EXPECT_EQ(Mapping::map(file, {.guard = Guard::Off}).error().code, Errc::Truncated);
}

}  // namespace
}  // namespace folio
