// SPDX-License-Identifier: Apache-2.0
// The facts of an open file, their comparison, and the change of its size.
#include "os/file_state.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/checked.h"
#include "core/try.h"
#include "os/process_stats.h"

namespace folio {

namespace {

constexpr std::uint64_t kFileSizeMax = INT64_MAX;

std::int64_t nanoseconds(const timespec& time) {
  // Unsigned, so that an absurd time on disk wraps instead of being undefined.
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
                                   static_cast<std::uint64_t>(time.tv_nsec));
}

/// Writes zeros, for file systems without fallocate(2). Returns 0 or an errno.
int write_zeros(int descriptor, ByteRange range) {
  const std::vector<std::byte> zeros(std::min<std::uint64_t>(range.size(), 1U << 20));
  for (std::uint64_t offset = range.begin; offset < range.end;) {
    const std::uint64_t length = std::min<std::uint64_t>(zeros.size(), range.end - offset);
    const ssize_t written = ::pwrite(descriptor, zeros.data(), length, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

/// Allocates what posix_fallocate would, but without its emulation, which reads and writes single bytes of
/// blocks that another process may be writing. Returns 0 or an errno.
int allocate(int descriptor, std::uint64_t old_size, std::uint64_t size) {
  // The block in which the old end lies may be a hole: it has to be allocated as well.
  const std::uint64_t begin = round_down(old_size, os::page_size());
  int result = 0;
  do {
    result = ::fallocate(descriptor, 0, static_cast<off_t>(begin), static_cast<off_t>(size - begin));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return 0;
  if (errno != EOPNOTSUPP && errno != ENOSYS) return errno;
  return write_zeros(descriptor, {old_size, size});
}

int truncate_to(int descriptor, std::uint64_t size) {
  int result = 0;
  do {
    result = ::ftruncate(descriptor, static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

}  // namespace

File::State::~State() {
  if (descriptor >= 0) ::close(descriptor);
}

Error File::State::error(int system_errno, std::string detail) const {
  return system_error(system_errno, path, std::move(detail));
}

Result<FileIdentity> File::State::current_identity() const {
  struct stat facts{};
  if (::fstat(descriptor, &facts) != 0) return std::unexpected(error(errno, "can't read the file's state"));
  FileIdentity now{.device = facts.st_dev,
                   .inode = facts.st_ino,
                   .size = 0,
                   .mtime_ns = nanoseconds(facts.st_mtim),
                   .ctime_ns = nanoseconds(facts.st_ctim)};
  if (S_ISREG(facts.st_mode)) now.size = static_cast<std::uint64_t>(facts.st_size);
  if (S_ISBLK(facts.st_mode) && ::ioctl(descriptor, BLKGETSIZE64, &now.size) != 0) {
    return std::unexpected(error(errno, "can't read the size of the block device"));
  }
  return now;
}

Result<FileChange> File::State::revalidate() const {
  if (!is_seekable()) return FileChange::None;
  const FileIdentity now = FOLIO_TRY(current_identity());
  if (now.size < identity.size) return FileChange::Shrunk;
  if (now.size > identity.size) return FileChange::Grown;
  if (now.mtime_ns != identity.mtime_ns) return FileChange::Rewritten;
  return now.ctime_ns != identity.ctime_ns ? FileChange::Touched : FileChange::None;
}

Result<void> File::State::refresh() {
  identity = FOLIO_TRY(current_identity());
  return {};
}

Result<void> File::State::resize(std::uint64_t size) {
  if (kind != FileKind::Regular) {
    return std::unexpected(Error{Errc::Unsupported, 0, path, {}, "only a regular file can be resized"});
  }
  if (!is_writable) {
    return std::unexpected(
        Error{Errc::PermissionDenied, 0, path, {}, "not open for writing; can't be resized"});
  }
  if (size > kFileSizeMax) {
    return std::unexpected(Error{Errc::InvalidArgument, 0, path, {}, "no file can be as large as asked for"});
  }
  const std::uint64_t old_size = FOLIO_TRY(current_identity()).size;
  if (size > old_size) {
    if (const int problem = allocate(descriptor, old_size, size); problem != 0) {
      truncate_to(descriptor, old_size);
      return std::unexpected(error(problem, "can't allocate " + std::to_string(size) + " bytes"));
    }
  } else if (size < old_size) {
    if (const int problem = truncate_to(descriptor, size); problem != 0) {
      return std::unexpected(error(problem, "can't shorten to " + std::to_string(size) + " bytes"));
    }
  }
  return refresh();
}

}  // namespace folio
