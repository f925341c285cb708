// SPDX-License-Identifier: Apache-2.0
// File: opening, and reads and writes that retry until they are complete.
#include "folio/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/try.h"
#include "os/file_state.h"
#include "os/file_system.h"

namespace folio {

namespace {

// The most that Linux moves in one call.
constexpr std::size_t kTransferMax = 0x7ffff000;

int open_flags(const OpenOptions& options) {
  int flags = O_CLOEXEC | O_NOCTTY;
  switch (options.mode) {
    case OpenMode::Read:
      flags |= O_RDONLY;
      break;
    case OpenMode::ReadWrite:
      flags |= O_RDWR;
      break;
    case OpenMode::CreateNew:
      flags |= O_RDWR | O_CREAT | O_EXCL;
      break;
    case OpenMode::CreateEmpty:
      flags |= O_RDWR | O_CREAT | O_TRUNC;
      break;
  }
  if (options.caching == Caching::Direct) flags |= O_DIRECT;
  return flags;
}

int open_retrying(const std::filesystem::path& path, const OpenOptions& options) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), open_flags(options), static_cast<mode_t>(options.permissions));
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

Error open_error(int system_errno, const std::filesystem::path& path, const OpenOptions& options) {
  if (system_errno == EINVAL && options.caching == Caching::Direct) {
    return {
        Errc::Unsupported, system_errno, path.string(), {}, "the file system can't read past the page cache"};
  }
  if (system_errno == EEXIST) {
    return {Errc::InvalidArgument, system_errno, path.string(), {}, "can't be created"};
  }
  return system_error(system_errno, path.string(), "can't open");
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::Regular;
  if (S_ISDIR(mode)) return FileKind::Directory;
  if (S_ISFIFO(mode)) return FileKind::Pipe;
  if (S_ISSOCK(mode)) return FileKind::Socket;
  if (S_ISBLK(mode)) return FileKind::BlockDevice;
  return FileKind::CharacterDevice;
}

int fadvise_of(AccessHint hint) {
  switch (hint) {
    case AccessHint::None:
      return POSIX_FADV_NORMAL;
    case AccessHint::Sequential:
      return POSIX_FADV_SEQUENTIAL;
    case AccessHint::Random:
      return POSIX_FADV_RANDOM;
    case AccessHint::Once:
      return POSIX_FADV_NOREUSE;
  }
  return POSIX_FADV_NORMAL;
}

int fadvise(int descriptor, ByteRange range, int advice) {
  // A length of 0 means "to the end".
  const std::uint64_t length = std::min<std::uint64_t>(range.size(), INT64_MAX - range.begin);
  return ::posix_fadvise(descriptor, static_cast<off_t>(range.begin), static_cast<off_t>(length), advice);
}

bool is_valid_hint_range(ByteRange range) {
  return range.begin < range.end && range.begin < INT64_MAX;
}

void wait_until_readable(int descriptor) {
  pollfd request{descriptor, POLLIN, 0};
  ::poll(&request, 1, -1);
}

}  // namespace

std::string_view file_kind_name(FileKind kind) {
  switch (kind) {
    case FileKind::Regular:
      return "regular";
    case FileKind::Directory:
      return "directory";
    case FileKind::Pipe:
      return "pipe";
    case FileKind::Socket:
      return "socket";
    case FileKind::CharacterDevice:
      return "character-device";
    case FileKind::BlockDevice:
      return "block-device";
  }
  return "unknown";
}

std::string_view file_system_kind_name(FileSystemKind kind) {
  switch (kind) {
    case FileSystemKind::Local:
      return "local";
    case FileSystemKind::Memory:
      return "memory";
    case FileSystemKind::Network:
      return "network";
    case FileSystemKind::Fuse:
      return "fuse";
    case FileSystemKind::Pseudo:
      return "pseudo";
  }
  return "unknown";
}

File::File(std::shared_ptr<State> state) : state_(std::move(state)) {}
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

Result<File> File::open(const std::filesystem::path& path, const OpenOptions& options) {
  const int descriptor = open_retrying(path, options);
  if (descriptor < 0) return std::unexpected(open_error(errno, path, options));
  auto file = adopt(descriptor, path.string());
  if (!file) {
    ::close(descriptor);
    return file;
  }
  if (options.hint != AccessHint::None && file->is_seekable()) file->advise(options.hint, {0, INT64_MAX});
  return file;
}

Result<File> File::adopt(int descriptor, std::string name) {
  struct stat facts{};
  if (::fstat(descriptor, &facts) != 0) {
    return std::unexpected(system_error(errno, std::move(name), "not an open descriptor"));
  }
  if (S_ISDIR(facts.st_mode)) {
    return std::unexpected(system_error(EISDIR, std::move(name), "not a file"));
  }
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0)
    return std::unexpected(system_error(errno, std::move(name), "can't read the descriptor's mode"));

  auto state = std::make_shared<State>();
  state->path = std::move(name);
  state->kind = kind_of(facts.st_mode);
  const os::FileSystemFacts file_system = os::file_system_facts(descriptor);
  state->file_system = file_system.kind;
  state->page_size = file_system.page_size;
  state->is_readable = (flags & O_ACCMODE) != O_WRONLY;
  state->is_writable = (flags & O_ACCMODE) != O_RDONLY;
  state->is_direct = (flags & O_DIRECT) != 0;
  if (state->is_seekable()) {
    const off_t position = ::lseek(descriptor, 0, SEEK_CUR);
    state->start_offset = position > 0 ? static_cast<std::uint64_t>(position) : 0;
  }
  // The state owns the descriptor only once nothing can fail any more.
  state->descriptor = descriptor;
  if (auto refreshed = state->refresh(); !refreshed) {
    state->descriptor = -1;
    return std::unexpected(std::move(refreshed).error());
  }
  return File{std::move(state)};
}

Result<File> File::standard_input() {
  const int descriptor = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  if (descriptor < 0) return std::unexpected(system_error(errno, "standard input", "can't be read"));
  auto file = adopt(descriptor, "standard input");
  if (!file) ::close(descriptor);
  return file;
}

std::uint64_t File::size() const {
  return state_->identity.size;
}
const FileIdentity& File::identity() const {
  return state_->identity;
}
FileKind File::kind() const {
  return state_->kind;
}
FileSystemKind File::file_system() const {
  return state_->file_system;
}
std::uint64_t File::start_offset() const {
  return state_->start_offset;
}
bool File::is_seekable() const {
  return state_->is_seekable();
}
bool File::is_writable() const {
  return state_->is_writable;
}
const std::string& File::path() const {
  return state_->path;
}
int File::descriptor() const {
  return state_->descriptor;
}

Result<FileIdentity> File::current_identity() const {
  return state_->current_identity();
}
Result<FileChange> File::revalidate() const {
  return state_->revalidate();
}
Result<void> File::refresh() {
  return state_->refresh();
}
Result<void> File::resize(std::uint64_t size) {
  return state_->resize(size);
}

Result<std::size_t> File::read_at(std::uint64_t offset, MutableByteView target) const {
  if (!is_seekable()) {
    return std::unexpected(Error{Errc::Unsupported, 0, path(), {}, "has no offsets; read it in sequence"});
  }
  std::size_t done = 0;
  while (done < target.size() && offset + done <= INT64_MAX && offset <= INT64_MAX) {
    const std::size_t length = std::min(target.size() - done, kTransferMax);
    const ssize_t got =
        ::pread(descriptor(), target.data() + done, length, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      Error error = state_->error(errno, "can't read");
      error.offset = offset + done;
      return std::unexpected(std::move(error));
    }
    done += static_cast<std::size_t>(got);
    if (got == 0) break;
    // Past the page cache only the end of the file gives an odd length, and the next read would be
    // misaligned.
    if (state_->is_direct && static_cast<std::uint64_t>(got) % kDirectAlignment != 0) break;
  }
  return done;
}

Result<std::size_t> File::read_next(MutableByteView target) const {
  while (true) {
    const ssize_t got = ::read(descriptor(), target.data(), std::min(target.size(), kTransferMax));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EAGAIN) {
      wait_until_readable(descriptor());
    } else if (errno != EINTR) {
      return std::unexpected(state_->error(errno, "can't read"));
    }
  }
}

Result<void> File::write_at(std::uint64_t offset, ByteView source) const {
  if (offset > INT64_MAX || source.size() > INT64_MAX - offset) {
    return std::unexpected(
        Error{Errc::InvalidArgument, 0, path(), offset, "no file can be as large as asked for"});
  }
  std::size_t done = 0;
  while (done < source.size()) {
    const std::size_t length = std::min(source.size() - done, kTransferMax);
    const ssize_t put =
        ::pwrite(descriptor(), source.data() + done, length, static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      const int problem = put < 0 ? errno : ENOSPC;
      Error error = state_->error(
          problem, problem == EFAULT ? "the mapped source was truncated; can't write" : "can't write");
      error.offset = offset + done;
      return std::unexpected(std::move(error));
    }
    done += static_cast<std::size_t>(put);
  }
  return {};
}

Result<void> File::sync() const {
  if (::fsync(descriptor()) != 0)
    return std::unexpected(state_->error(errno, "can't be written to the device"));
  return {};
}

void File::advise(AccessHint hint, ByteRange range) const {
  if (!is_valid_hint_range(range)) return;
  // NOREUSE alone leaves the read-ahead as it is.
  if (hint == AccessHint::Once) fadvise(descriptor(), range, POSIX_FADV_SEQUENTIAL);
  fadvise(descriptor(), range, fadvise_of(hint));
}

Result<void> File::evict(ByteRange range) const {
  if (!is_valid_hint_range(range)) return {};
  if (const int problem = fadvise(descriptor(), range, POSIX_FADV_DONTNEED); problem != 0) {
    return std::unexpected(state_->error(problem, "can't drop cached pages"));
  }
  return {};
}

}  // namespace folio
