// SPDX-License-Identifier: Apache-2.0
// posix_spawn(3), so that nothing of this process is copied; a pidfd, so that one poll(2) waits for
// everything.
#include "os/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "core/try.h"
#include "os/interrupt.h"
#include "os/output.h"

namespace folio::os {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMs = 100;  // a signal that came just before the wait is seen after so long
constexpr std::size_t kComplaintMax = 4096;
constexpr std::size_t kPipeBuffer = std::size_t{1} << 18;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  [[nodiscard]] int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return std::unexpected(system_error(errno, {}, "cannot make a pipe"));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::vector<std::string> merged_environment(const std::vector<std::string>& added) {
  std::vector<std::string> merged = added;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    bool replaced = false;
    for (const std::string& own : added) replaced = replaced || name_of(own) == name_of(*variable);
    if (!replaced) merged.emplace_back(*variable);
  }
  return merged;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// What posix_spawn(3) is to do in the child before the program begins.
class SpawnPlan {
 public:
  SpawnPlan(int output, int complaints) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, complaints, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t defaults{};
    sigemptyset(&defaults);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&defaults, signal);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] int spawn(pid_t& child, const std::vector<char*>& words,
                          const std::vector<char*>& environment) const {
    return ::posix_spawn(&child, words.front(), &actions_, &attributes_, words.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// A program under way. Killed, with its group, and waited for by the destructor.
class Child {
 public:
  [[nodiscard]] static Result<Child> start(const ChildCommand& command);

  Child(Child&& other) noexcept
      : id_(std::exchange(other.id_, -1)),
        handle_(std::move(other.handle_)),
        output_(std::move(other.output_)),
        complaints_(std::move(other.complaints_)) {}
  ~Child() {
    if (id_ < 0) return;
    kill();
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  void kill() const { static_cast<void>(::kill(-id_, SIGKILL)); }

  /// Waits for output, or for the end, for a while. False when all has been read and the program has ended.
  [[nodiscard]] bool wait_and_read(const ChildOutput& on_output, std::string& complaint);

  /// REQUIRES: the program has ended.
  [[nodiscard]] ChildRun collect();

 private:
  Child(pid_t id, Descriptor output, Descriptor complaints)
      : id_(id),
        handle_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))),
        output_(std::move(output)),
        complaints_(std::move(complaints)) {}

  [[nodiscard]] bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid != 0;
  }

  pid_t id_;
  Descriptor handle_;
  Descriptor output_;
  Descriptor complaints_;
};

Result<Child> Child::start(const ChildCommand& command) {
  Pipe output = FOLIO_TRY(make_pipe());
  Pipe complaints = FOLIO_TRY(make_pipe());
  enlarge_pipe(output.read.number());
  std::vector<std::string> words = command.words;
  std::vector<std::string> environment = merged_environment(command.environment);
  const SpawnPlan plan(output.write.number(), complaints.write.number());
  pid_t id = -1;
  const int problem = plan.spawn(id, pointers_to(words), pointers_to(environment));
  if (problem != 0) return std::unexpected(system_error(problem, words.front(), "cannot be started"));
  return Child(id, std::move(output.read), std::move(complaints.read));
}

/// Hands on what can be read now; closes the descriptor at the end.
template <class Use>
void read_some(Descriptor& source, Use use) {
  static thread_local std::array<std::byte, kPipeBuffer> buffer;
  const ssize_t got = ::read(source.number(), buffer.data(), buffer.size());
  if (got > 0) {
    use(ByteView(buffer.data(), static_cast<std::size_t>(got)));
  } else if (got == 0 || errno != EINTR) {
    source.close();
  }
}

bool Child::wait_and_read(const ChildOutput& on_output, std::string& complaint) {
  std::array<pollfd, 3> watched{pollfd{output_.number(), POLLIN, 0}, pollfd{complaints_.number(), POLLIN, 0},
                                pollfd{handle_.number(), POLLIN, 0}};
  const bool pipes_open = output_.number() >= 0 || complaints_.number() >= 0;
  if (pipes_open) watched[2].fd = -1;  // its end is of interest when all has been read
  const bool blind = !pipes_open && handle_.number() < 0;
  if (::poll(watched.data(), watched.size(), blind ? 1 : kPollMs) < 0) return true;
  if (watched[0].revents != 0) read_some(output_, on_output);
  if (watched[1].revents != 0) {
    read_some(complaints_, [&](ByteView bytes) {
      complaint.append(to_text(bytes).substr(0, kComplaintMax - complaint.size()));
    });
  }
  return pipes_open || !has_ended();
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

ChildRun Child::collect() {
  int status = 0;
  rusage usage{};
  kill();  // what it left behind; it is not waited for yet, so that its number is still its own
  while (::wait4(id_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  id_ = -1;
  const bool exited = WIFEXITED(status);
  return {.end = exited ? ChildEnd::Exited : ChildEnd::Signalled,
          .code = exited ? WEXITSTATUS(status) : WTERMSIG(status),
          .seconds = 0,
          .user_seconds = seconds_of(usage.ru_utime),
          .system_seconds = seconds_of(usage.ru_stime),
          .peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024,
          .complaint = {}};
}

bool is_executable(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Result<ChildRun> run_child(const ChildCommand& command, const ChildOutput& on_output) {
  const InterruptibleCall interruptible;
  const auto start = Clock::now();
  const auto seconds = [start] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  Child child = FOLIO_TRY(Child::start(command));
  std::string complaint;
  while (child.wait_and_read(on_output, complaint)) {
    if (command.stop.stop_requested()) {
      return std::unexpected(Error{.code = Errc::Cancelled,
                                   .system_errno = 0,
                                   .path = command.words.front(),
                                   .offset = std::nullopt,
                                   .detail = "interrupted"});
    }
    if (command.seconds_max > 0 && seconds() > command.seconds_max) {
      return ChildRun{
          .end = ChildEnd::TimedOut, .code = 0, .seconds = seconds(), .complaint = std::move(complaint)};
    }
  }
  ChildRun run = child.collect();
  run.seconds = seconds();
  run.complaint = std::move(complaint);
  return run;
}

std::optional<std::string> find_program(std::string_view name) {
  if (name.find('/') != std::string_view::npos) {
    return is_executable(name) ? std::optional<std::string>(name) : std::nullopt;
  }
  const char* const variable = std::getenv("PATH");
  const std::string_view path = variable != nullptr ? variable : "/usr/local/bin:/usr/bin:/bin";
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::filesystem::path candidate = std::filesystem::path(path.substr(begin, end - begin)) / name;
    if (candidate.is_absolute() && is_executable(candidate)) return candidate.string();
    begin = end + 1;
  }
  return std::nullopt;
}

std::string own_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).string();
}

}  // namespace folio::os
