// SPDX-License-Identifier: Apache-2.0
#include "os/memory_group.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "core/try.h"
#include "folio/limits.h"
#include "os/kernel_text.h"
#include "os/memory_group_place.h"
#include "os/small_file.h"

namespace folio::os {

namespace {

namespace fs = std::filesystem;
using Controller = GroupParent::Controller;

// A process with less could not even say that it failed.
constexpr std::uint64_t kLimitMin = 4ULL << 20;

constexpr std::string_view kAdvice =
    "no memory cgroup that this user may write: run as root, or in a delegated group such as "
    "`systemd-run --user --scope -p Delegate=yes`";

/// Like success, an errno.
int write_text(const fs::path& path, std::string_view text) {
  return write_small_file(path.c_str(), text);
}

/// The kernel lets go of a group some time after its last process has left.
void remove_group(const fs::path& path) {
  constexpr int kTries = 50;
  for (int left = kTries; left > 0; --left) {
    if (::rmdir(path.c_str()) == 0 || errno != EBUSY) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

/// Moves all processes of a group, children of this one included.
void move_processes(const fs::path& from, const fs::path& to) {
  const std::string processes = read_text(from / "cgroup.procs").value_or("");
  for (const std::string_view process : split(processes, '\n')) {
    if (!process.empty()) write_text(to / "cgroup.procs", process);
  }
}

}  // namespace

/// A group that may be half made: the destructor takes back what was done.
struct MemoryGroup::State {
  GroupParent parent;
  fs::path path;
  enum class Made : std::uint8_t { Nothing, Folder, Moved, Controller } made = Made::Nothing;

  explicit State(GroupParent where) : parent(std::move(where)), path(parent.path / group_name(::getpid())) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ~State() {
    // While the controller is enabled for groups below, no process may enter the parent itself.
    if (made >= Made::Controller) write_text(parent.path / "cgroup.subtree_control", "-memory");
    if (made >= Made::Moved) move_processes(path, parent.own);
    if (made >= Made::Folder) remove_group(path);
  }

  [[nodiscard]] int make() {
    for (const fs::path& stale : stale_groups(parent.path)) ::rmdir(stale.c_str());
    ::rmdir(path.c_str());  // of an earlier process with the same number
    if (::mkdir(path.c_str(), 0755) != 0) return errno;
    made = Made::Folder;
    return 0;
  }

  [[nodiscard]] int move() {
    if (const int problem = write_text(path / "cgroup.procs", "0"); problem != 0) return problem;
    made = Made::Moved;
    return 0;
  }

  [[nodiscard]] int enable_controller() {
    if (parent.controller == Controller::Enabled) return 0;
    const int problem = write_text(parent.path / "cgroup.subtree_control", "+memory");
    if (problem == 0) made = Made::Controller;
    return problem;
  }

  [[nodiscard]] int set_limit(std::uint64_t limit) const {
    const std::string text = std::to_string(limit);
    const int problem = write_text(path / parent.limit_file(), text);
    // Without swap, where the kernel counts it: what does not fit shall be read again, not be swapped out.
    if (parent.version == GroupParent::Version::Two) write_text(path / "memory.swap.max", "0");
    if (parent.version == GroupParent::Version::One) write_text(path / "memory.memsw.limit_in_bytes", text);
    return problem;
  }

  /// The limit is set before anything is charged to the group, where the kernel's order allows that.
  [[nodiscard]] int enter(std::uint64_t limit) {
    if (const int problem = make(); problem != 0) return problem;
    if (parent.controller == Controller::Enabled) {
      if (const int problem = set_limit(limit); problem != 0) return problem;
      return move();
    }
    if (const int problem = move(); problem != 0) return problem;
    if (const int problem = enable_controller(); problem != 0) return problem;
    return set_limit(limit);
  }
};

MemoryGroup::MemoryGroup(std::unique_ptr<State> state) : state_(std::move(state)) {}
MemoryGroup::MemoryGroup(MemoryGroup&&) noexcept = default;
MemoryGroup& MemoryGroup::operator=(MemoryGroup&&) noexcept = default;
MemoryGroup::~MemoryGroup() = default;

Result<MemoryGroup> MemoryGroup::enter(std::uint64_t limit) {
  if (limit < kLimitMin) {
    return std::unexpected(
        Error{.code = Errc::InvalidArgument,
              .system_errno = 0,
              .path = {},
              .offset = std::nullopt,
              .detail = "a memory limit of less than 4 MiB leaves no room for the program"});
  }
  // A group higher up may allow more than the own one did.
  const std::uint64_t allowed = machine_limits().memory_total;
  if (allowed != 0) limit = std::min(limit, allowed);
  int problem = 0;
  fs::path place;
  for (GroupParent& parent : group_parents()) {
    auto state = std::make_unique<State>(std::move(parent));
    problem = state->enter(limit);
    if (problem == 0) return MemoryGroup{std::move(state)};
    place = state->parent.path;
  }
  Error error = system_error(problem, place.string(), std::string{kAdvice});
  error.code = Errc::Unsupported;
  return std::unexpected(std::move(error));
}

std::uint64_t MemoryGroup::usage() const {
  return read_number(state_->path / state_->parent.usage_file()).value_or(0);
}

const fs::path& MemoryGroup::path() const {
  return state_->path;
}

}  // namespace folio::os
