// SPDX-License-Identifier: Apache-2.0
#include "os/watch.h"

#include <dirent.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "os/poll.h"

namespace folio::os {

namespace {

constexpr std::uint32_t kNameEvents =
    IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kLost = IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT;
constexpr std::size_t kBufferSize = 64U << 10;

std::optional<NameEvent::Kind> kind_of(std::uint32_t mask) {
  if ((mask & IN_CREATE) != 0) return NameEvent::Kind::Created;
  if ((mask & IN_MOVED_FROM) != 0) return NameEvent::Kind::MovedFrom;
  if ((mask & IN_MOVED_TO) != 0) return NameEvent::Kind::MovedTo;
  if ((mask & IN_DELETE) != 0) return NameEvent::Kind::Deleted;
  return std::nullopt;
}

}  // namespace

std::optional<NamedFile> named_file(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return NamedFile{.device = facts.st_dev, .inode = facts.st_ino, .is_regular = S_ISREG(facts.st_mode)};
}

FolderWatch::FolderWatch(int descriptor, int folder, std::filesystem::path path)
    : descriptor_(descriptor), folder_(folder), path_(std::move(path)) {}

FolderWatch::FolderWatch(FolderWatch&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      folder_(other.folder_),
      path_(std::move(other.path_)) {}

FolderWatch& FolderWatch::operator=(FolderWatch&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(folder_, other.folder_);
  std::swap(path_, other.path_);
  return *this;
}

FolderWatch::~FolderWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<FolderWatch> FolderWatch::open(const std::filesystem::path& folder) {
  const int descriptor = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (descriptor < 0) return std::unexpected(system_error(errno, folder.string(), "can't be watched"));
  const int number = ::inotify_add_watch(descriptor, folder.c_str(), kNameEvents);
  FolderWatch watch(descriptor, number, folder);
  if (number < 0) return std::unexpected(system_error(errno, folder.string(), "can't be watched"));
  return watch;
}

// Through the descriptor, since the name may belong to another file by now.
bool FolderWatch::add_file(const File& file) const {
  const std::string path = "/proc/self/fd/" + std::to_string(file.descriptor());
  return ::inotify_add_watch(descriptor_, path.c_str(), IN_MODIFY | IN_ATTRIB) >= 0;
}

bool FolderWatch::wait(int timeout_ms) const {
  return is_readable_within(descriptor_, timeout_ms);
}

// NOLINTNEXTLINE(readability-make-member-function-const): what was taken is gone
FolderWatch::Events FolderWatch::take_events() {
  Events events;
  alignas(inotify_event) std::array<char, kBufferSize> buffer;
  for (;;) {
    const ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return events;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* const name = buffer.data() + at + sizeof event;
      at += sizeof event + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0 || (event.wd == folder_ && (event.mask & kLost) != 0)) {
        events.lost = true;
      }
      if (const auto kind = kind_of(event.mask); kind && event.wd == folder_ && event.len > 0)
        events.names.push_back({*kind, event.cookie, name});
    }
  }
}

// A rename changes the names and then queues its events, both under the lock of the folder, which listing the
// folder takes too.
void FolderWatch::settle() const {
  DIR* const folder = ::opendir(path_.c_str());
  if (folder == nullptr) return;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else has this DIR
  static_cast<void>(::readdir(folder));
  ::closedir(folder);
}

}  // namespace folio::os
