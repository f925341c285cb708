// SPDX-License-Identifier: Apache-2.0
#include "os/directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace folio::os {

namespace {

EntryKind kind_of_type(unsigned char type) {
  switch (type) {
    case DT_REG:
      return EntryKind::File;
    case DT_DIR:
      return EntryKind::Directory;
    case DT_LNK:
      return EntryKind::Link;
    case DT_UNKNOWN:
      return EntryKind::Unknown;
    default:
      return EntryKind::Special;
  }
}

std::int64_t nanoseconds(const struct statx_timestamp& time) {
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

std::expected<EntryFacts, int> facts(int directory, const char* path, int flags) {
  struct statx found{};
  if (::statx(directory, path, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS | STATX_BTIME, &found) != 0) {
    return std::unexpected(errno);
  }
  EntryFacts result;
  result.kind = kind_of_type(static_cast<unsigned char>(IFTODT(static_cast<unsigned>(found.stx_mode))));
  result.size = found.stx_size;
  result.device = ::makedev(found.stx_dev_major, found.stx_dev_minor);
  result.inode = found.stx_ino;
  result.links = found.stx_nlink;
  result.modified_ns = nanoseconds(found.stx_mtime);
  result.accessed_ns = nanoseconds(found.stx_atime);
  if ((found.stx_mask & STATX_BTIME) != 0) result.created_ns = nanoseconds(found.stx_btime);
  return result;
}

int open_retrying(int directory, const char* path, int flags) {
  int descriptor = -1;
  do {
    descriptor = ::openat(directory, path, flags | O_RDONLY | O_CLOEXEC | O_NOCTTY);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

int read_all(int descriptor, std::string& text, std::size_t size_max) {
  std::size_t filled = 0;
  for (;;) {
    if (filled == text.size()) text.resize(std::min(text.size() * 2, size_max + 1));
    const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    filled += static_cast<std::size_t>(got);
    if (filled > size_max) return EFBIG;
    if (got == 0) break;
  }
  text.resize(filled);
  return 0;
}

bool is_dots(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

}  // namespace

const int kCurrentDirectory = AT_FDCWD;

Directory::Directory(Directory&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Directory& Directory::operator=(Directory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Directory::~Directory() {
  close();
}

void Directory::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

std::expected<Directory, int> Directory::open(int parent, const char* path, Links links) {
  const int follow = links == Links::Follow ? 0 : O_NOFOLLOW;
  const int descriptor = open_retrying(parent, path, O_DIRECTORY | O_NONBLOCK | follow);
  if (descriptor < 0) return std::unexpected(errno);
  return Directory(descriptor);
}

std::expected<std::size_t, int> Directory::read(std::span<std::byte> buffer,
                                                std::vector<DirectoryEntry>& entries) const {
  const ssize_t got = ::getdents64(descriptor_, buffer.data(), buffer.size());
  if (got < 0) return std::unexpected(errno);
  const auto size = static_cast<std::size_t>(got);
  for (std::size_t at = 0; at < size;) {
    // SAFETY: the kernel aligns its records to 8 bytes, as the buffer is, and states their sizes.
    const auto* const record = reinterpret_cast<const dirent64*>(buffer.data() + at);
    at += record->d_reclen;
    if (is_dots(record->d_name)) continue;
    entries.push_back({.name = record->d_name, .kind = kind_of_type(record->d_type)});
  }
  return size;
}

std::expected<EntryFacts, int> entry_facts(int directory, const char* path, Links links) {
  return facts(directory, path, links == Links::Follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

std::expected<EntryFacts, int> descriptor_facts(int descriptor) {
  return facts(descriptor, "", AT_EMPTY_PATH);
}

std::expected<std::string, int> read_text(int directory, const char* path, std::size_t size_max) {
  const int descriptor = open_retrying(directory, path, O_NONBLOCK);
  if (descriptor < 0) return std::unexpected(errno);
  std::string text(4096, '\0');
  const auto found = descriptor_facts(descriptor);
  int problem = found ? 0 : found.error();
  if (found && found->kind != EntryKind::File)
    problem = found->kind == EntryKind::Directory ? EISDIR : EINVAL;
  if (problem == 0) problem = read_all(descriptor, text, size_max);
  ::close(descriptor);
  if (problem != 0) return std::unexpected(problem);
  return text;
}

std::optional<std::string> real_path(const char* path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path, nullptr), &std::free);
  if (!resolved) return std::nullopt;
  return std::string(resolved.get());
}

std::string current_directory() {
  return real_path(".").value_or("");
}

std::uint64_t descriptors_max() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 256;
}

std::expected<int, int> open_for_reading(int directory, const char* path) {
  const int descriptor = open_retrying(directory, path, O_NONBLOCK);
  if (descriptor < 0) return std::unexpected(errno);
  return descriptor;
}

void close_descriptor(int descriptor) {
  ::close(descriptor);
}

}  // namespace folio::os
