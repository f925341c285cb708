// SPDX-License-Identifier: Apache-2.0
#include "folio/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>
#include <vector>

#include "os/aligned_buffer.h"
#include "os/file_system.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::ScratchFolder;

File must_open(const std::filesystem::path& path, const OpenOptions& options = {}) {
  auto file = File::open(path, options);
  if (!file) throw std::runtime_error(file.error().message());
  return std::move(*file);
}

TEST(FileOpen, ReportsWhatIsWrong) {
  const ScratchFolder folder;
  EXPECT_EQ(File::open(folder.path() / "none").error().code, Errc::NotFound);
  EXPECT_EQ(File::open(folder.path()).error().code, Errc::IsDirectory);
  EXPECT_EQ(File::open(folder.path(), {.mode = OpenMode::ReadWrite}).error().code, Errc::IsDirectory);
  EXPECT_NE(File::open(folder.path() / "none").error().message().find("none"), std::string::npos);
}

TEST(FileOpen, LeavesNoDescriptorBehind) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10);
  const std::size_t before = os::open_descriptors();
  for (int round = 0; round < 10; ++round) {
    EXPECT_FALSE(File::open(folder.path()));  // opened, and then refused
    auto file = must_open(path);
    file = must_open(path);
  }
  EXPECT_EQ(os::open_descriptors(), before);
}

TEST(FileOpen, IsClosedOnExec) {
  const ScratchFolder folder;
  const File file = must_open(folder.file("f", 1));
  EXPECT_NE(::fcntl(file.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(FileOpen, Modes) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 100);
  EXPECT_FALSE(must_open(path).is_writable());
  EXPECT_TRUE(must_open(path, {.mode = OpenMode::ReadWrite}).is_writable());
  EXPECT_EQ(File::open(path, {.mode = OpenMode::CreateNew}).error().code, Errc::InvalidArgument);
  EXPECT_EQ(must_open(path, {.mode = OpenMode::CreateEmpty}).size(), 0U);
  EXPECT_TRUE(File::open(folder.path() / "new", {.mode = OpenMode::CreateNew, .permissions = 0600}));
  struct stat facts{};
  ASSERT_EQ(::stat((folder.path() / "new").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST(FileFacts, Regular) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 12345);
  const File file = must_open(path, {.hint = AccessHint::Once});
  struct stat facts{};
  ASSERT_EQ(::stat(path.c_str(), &facts), 0);
  EXPECT_EQ(file.size(), 12345U);
  EXPECT_EQ(file.kind(), FileKind::Regular);
  EXPECT_EQ(file.identity().device, facts.st_dev);
  EXPECT_EQ(file.identity().inode, facts.st_ino);
  EXPECT_EQ(file.identity().mtime_ns, facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec);
  EXPECT_EQ(file.identity().ctime_ns, facts.st_ctim.tv_sec * 1'000'000'000 + facts.st_ctim.tv_nsec);
  EXPECT_EQ(file.path(), path.string());
  EXPECT_EQ(file.start_offset(), 0U);
  EXPECT_TRUE(file.is_seekable());
}

TEST(FileFacts, KindsWithoutSize) {
  const File null = must_open("/dev/null");
  EXPECT_EQ(null.kind(), FileKind::CharacterDevice);
  EXPECT_EQ(null.size(), 0U);
  EXPECT_FALSE(null.is_seekable());

  std::array<int, 2> pair{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
  const auto socket = File::adopt(pair[0], "socket");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->kind(), FileKind::Socket);
  ::close(pair[1]);
}

TEST(FileFacts, FileSystems) {
  const File status = must_open("/proc/self/status");
  EXPECT_EQ(status.file_system(), FileSystemKind::Pseudo);
  EXPECT_EQ(status.size(), 0U);
  EXPECT_EQ(os::file_system_kind_of(0xef53), FileSystemKind::Local);
  EXPECT_EQ(os::file_system_kind_of(0x6969), FileSystemKind::Network);
  EXPECT_EQ(os::file_system_kind_of(0xff534d42), FileSystemKind::Network);
  EXPECT_EQ(os::file_system_kind_of(0x65735546), FileSystemKind::Fuse);
  if (::access("/dev/shm", W_OK) != 0) GTEST_SKIP() << "no /dev/shm";
  const ScratchFolder memory("/dev/shm");
  EXPECT_EQ(must_open(memory.file("f", 1)).file_system(), FileSystemKind::Memory);
}

TEST(FileAdopt, ZeroIsADescriptorLikeAnyOther) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 100);
  const int status = os::in_child([&] {
    ::close(0);
    if (::open(path.c_str(), O_RDONLY) != 0) return 1;
    auto file = File::adopt(0, "zero");
    if (!file || file->descriptor() != 0 || file->size() != 100) return 2;
    std::array<std::byte, 100> bytes{};
    if (file->read_at(0, bytes) != 100U || os::first_difference(bytes) != 100) return 3;
    {
      const File closed = std::move(*file);
    }
    return ::fcntl(0, F_GETFD) == -1 ? 0 : 4;
  });
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(FileAdopt, FailureLeavesTheDescriptorWithTheCaller) {
  const ScratchFolder folder;
  const int descriptor = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_GE(descriptor, 0);
  EXPECT_EQ(File::adopt(descriptor, "folder").error().code, Errc::IsDirectory);
  EXPECT_EQ(::close(descriptor), 0);
  EXPECT_FALSE(File::adopt(descriptor, "closed"));
}

TEST(FileAdopt, StartsWhereTheDescriptorStands) {
  const ScratchFolder folder;
  const int descriptor = ::open(folder.file("f", 100).c_str(), O_RDONLY | O_CLOEXEC);
  ::lseek(descriptor, 30, SEEK_SET);
  const auto file = File::adopt(descriptor, "f");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->start_offset(), 30U);
}

TEST(FileStandardInput, ClosingLeavesDescriptorZeroOpen) {
  const int status = os::in_child([] {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0 || ::dup2(ends[0], 0) != 0) return 1;
    {
      const auto input = File::standard_input();
      if (!input || input->kind() != FileKind::Pipe || input->descriptor() == 0) return 2;
    }
    if (::fcntl(0, F_GETFD) == -1) return 3;
    ::close(0);
    return File::standard_input() ? 4 : 0;
  });
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(FileReadAt, ReadsUpToTheEnd) {
  const ScratchFolder folder;
  const File file = must_open(folder.file("f", 10000));
  std::vector<std::byte> bytes(20000);
  EXPECT_EQ(file.read_at(0, bytes), 10000U);
  EXPECT_EQ(os::first_difference(MutableByteView{bytes}.first(10000)), 10000U);
  EXPECT_EQ(file.read_at(9999, bytes), 1U);
  EXPECT_EQ(file.read_at(10000, bytes), 0U);
  EXPECT_EQ(file.read_at(UINT64_MAX, bytes), 0U);
  EXPECT_EQ(file.read_at(5, {}), 0U);
}

TEST(FileReadAt, RefusesPipes) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto file = File::adopt(ends[0], "pipe");
  ::close(ends[1]);
  std::array<std::byte, 1> byte{};
  EXPECT_EQ(file->read_at(0, byte).error().code, Errc::Unsupported);
}

TEST(FileReadNext, ReadsAPipeToItsEnd) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_NONBLOCK), 0);  // "try again later" is waited for
  const auto file = File::adopt(ends[0], "pipe");
  ASSERT_TRUE(file);
  std::thread writer([&] {
    for (const char* text : {"one", "two"}) {
      ::usleep(2000);
      EXPECT_EQ(::write(ends[1], text, 3), 3);
    }
    ::close(ends[1]);
  });
  std::string all;
  std::array<std::byte, 2> bytes{};
  while (true) {
    const auto got = file->read_next(bytes);
    ASSERT_TRUE(got);
    if (*got == 0) break;
    all += to_text(ByteView{bytes}.first(*got));
  }
  writer.join();
  EXPECT_EQ(all, "onetwo");
}

void ignore_signal(int) {}

TEST(FileReadNext, GoesOnAfterASignal) {
  struct sigaction action{};
  action.sa_handler = ignore_signal;  // without SA_RESTART
  struct sigaction old{};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &old), 0);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto file = File::adopt(ends[0], "pipe");
  const pthread_t reader = ::pthread_self();
  std::thread disturber([&] {
    for (int round = 0; round < 5; ++round) {
      ::usleep(1000);
      ::pthread_kill(reader, SIGUSR1);
    }
    EXPECT_EQ(::write(ends[1], "x", 1), 1);
    ::close(ends[1]);
  });
  std::array<std::byte, 4> bytes{};
  EXPECT_EQ(file->read_next(bytes), 1U);
  disturber.join();
  ::sigaction(SIGUSR1, &old, nullptr);
}

TEST(FileDirect, ReadsTheOddEnd) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 3 * 4096 + 7);
  const auto file = File::open(path, {.caching = Caching::Direct});
  if (!file) {
    EXPECT_EQ(file.error().code, Errc::Unsupported);
    GTEST_SKIP() << "no direct reads here";
  }
  auto buffer = os::AlignedBuffer::allocate(8 * 4096);
  ASSERT_TRUE(buffer);
  EXPECT_EQ(file->read_at(0, buffer->bytes()), 3U * 4096 + 7);
  EXPECT_EQ(os::first_difference(buffer->bytes().first(3 * 4096 + 7)), 3U * 4096 + 7);
  EXPECT_EQ(file->read_at(4096, buffer->bytes()), 2U * 4096 + 7);
}

TEST(FileRevalidate, SeesEveryKindOfChange) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 1000);
  File file = must_open(path);
  EXPECT_EQ(file.revalidate(), FileChange::None);
  std::filesystem::resize_file(path, 1001);
  EXPECT_EQ(file.revalidate(), FileChange::Grown);
  std::filesystem::resize_file(path, 999);
  EXPECT_EQ(file.revalidate(), FileChange::Shrunk);
  EXPECT_EQ(file.size(), 1000U);
  EXPECT_EQ(file.current_identity()->size, 999U);
  ASSERT_TRUE(file.refresh());
  EXPECT_EQ(file.size(), 999U);
  EXPECT_EQ(file.revalidate(), FileChange::None);

  // Rewritten in place, with the modification time set back.
  struct stat facts{};
  ASSERT_EQ(::stat(path.c_str(), &facts), 0);
  ::usleep(20000);
  const File writer = must_open(path, {.mode = OpenMode::ReadWrite});
  ASSERT_TRUE(writer.write_at(0, to_bytes("x")));
  EXPECT_EQ(file.revalidate(), FileChange::Rewritten);
  const std::array<timespec, 2> times{facts.st_atim, facts.st_mtim};
  ASSERT_EQ(::futimens(writer.descriptor(), times.data()), 0);
  EXPECT_EQ(file.revalidate(), FileChange::Touched);
}

TEST(FileRevalidate, APipeDoesNotChange) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto file = File::adopt(ends[0], "pipe");
  ::usleep(20000);
  EXPECT_EQ(::write(ends[1], "x", 1), 1);
  EXPECT_EQ(file->revalidate(), FileChange::None);
  ::close(ends[1]);
}

TEST(FileWriteAt, WritesAndExtends) {
  const ScratchFolder folder;
  const File file = must_open(folder.path() / "f", {.mode = OpenMode::CreateNew});
  ASSERT_TRUE(file.write_at(3, to_bytes("abc")));
  ASSERT_TRUE(file.sync());
  EXPECT_EQ(os::read_whole(folder.path() / "f"), std::string("\0\0\0abc", 6));
  EXPECT_EQ(file.write_at(UINT64_MAX, to_bytes("abc")).error().code, Errc::InvalidArgument);
  EXPECT_EQ(file.write_at(INT64_MAX, to_bytes("abc")).error().code, Errc::InvalidArgument);
}

TEST(FileResize, GrowsWithSpaceAndShrinks) {
  const ScratchFolder folder;
  File file = must_open(folder.path() / "f", {.mode = OpenMode::CreateNew});
  ASSERT_TRUE(file.write_at(0, to_bytes("abc")));
  ASSERT_TRUE(file.resize(100'001));
  EXPECT_EQ(file.size(), 100'001U);
  EXPECT_EQ(file.revalidate(), FileChange::None);
  struct stat facts{};
  ASSERT_EQ(::fstat(file.descriptor(), &facts), 0);
  EXPECT_GE(facts.st_blocks * 512, 100'001);
  ASSERT_TRUE(file.resize(2));
  EXPECT_EQ(os::read_whole(folder.path() / "f"), "ab");
}

TEST(FileResize, Refuses) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 10);
  EXPECT_EQ(must_open(path).resize(20).error().code, Errc::PermissionDenied);
  EXPECT_EQ(must_open("/dev/null", {.mode = OpenMode::ReadWrite}).resize(1).error().code, Errc::Unsupported);
  File file = must_open(path, {.mode = OpenMode::ReadWrite});
  EXPECT_EQ(file.resize(1ULL << 63).error().code, Errc::InvalidArgument);
  EXPECT_EQ(file.size(), 10U);
}

TEST(FileResize, AFullDiskLeavesEverythingAsItWas) {
  const ScratchFolder folder;
  const auto path = folder.file("f", 1000);
  const int status = os::in_child([&] {
    // A limit on the size of files stands for the full disk.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{64 << 10, 64 << 10};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto file = File::open(path, {.mode = OpenMode::ReadWrite});
    if (!file) return 1;
    const auto resized = file->resize(1 << 20);
    if (resized || resized.error().code != Errc::NoSpace) return 2;
    if (file->size() != 1000 || file->current_identity()->size != 1000) return 3;
    return file->resize(32 << 10) ? 0 : 4;
  });
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(FileResize, WithoutFallocate) {
  const ScratchFolder folder;
  if (::mount("folio", folder.path().c_str(), "ramfs", 0, nullptr) != 0)
    GTEST_SKIP() << "may not mount ramfs";
  const auto path = folder.file("f", 1000);
  const int status = os::in_child([&] {
    auto file = File::open(path, {.mode = OpenMode::ReadWrite});
    if (!file || !file->resize(3 << 20) || file->size() != 3 << 20) return 1;
    if (!file->resize(1000)) return 2;
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{64 << 10, 64 << 10};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    // Part of the zeros is written before the limit is met: the old size has to come back.
    const auto resized = file->resize(1 << 20);
    if (resized || resized.error().code != Errc::NoSpace) return 3;
    return file->current_identity()->size == 1000 ? 0 : 4;
  });
  ::umount(folder.path().c_str());
  EXPECT_TRUE(os::exited_with(status, 0)) << status;
}

TEST(FileEvict, TakesAnyRange) {
  const ScratchFolder folder;
  const File file = must_open(folder.file("f", 10000));
  EXPECT_TRUE(file.evict({0, file.size()}));
  EXPECT_TRUE(file.evict({5000, UINT64_MAX}));
  EXPECT_TRUE(file.evict({UINT64_MAX, UINT64_MAX}));
  file.advise(AccessHint::Random, {0, UINT64_MAX});
  file.advise(AccessHint::Once, {7, 3});
}

}  // namespace
}  // namespace folio
