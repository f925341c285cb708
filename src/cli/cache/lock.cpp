// SPDX-License-Identifier: Apache-2.0
// folio cache lock.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "cli/cache/cache.h"
#include "cli/cache/flags.h"
#include "cli/cache/report.h"
#include "cli/command.h"
#include "cli/duration.h"
#include "cli/quantity.h"
#include "cli/text.h"
#include "core/try.h"
#include "folio/limits.h"
#include "os/memory_lock.h"
#include "os/process_stats.h"

namespace folio::cli {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

struct LockFlags {
  CacheFlags cache;
  double duration = std::numeric_limits<double>::infinity();  // seconds
  ProgressWhen progress = ProgressWhen::Auto;
  bool force = false;  // as the parser sets it
};

class LockCommand {
 public:
  explicit LockCommand(const LockFlags& flags)
      : flags_(flags),
        report_(CacheAction::Lock, flags.cache),
        progress_("lock", flags.progress, Rows::OnTheSameTerminal) {
    report_.share_terminal_with(progress_);
  }

  ExitStatus run() {
    os::raise_pinning_limits();
    if (!flags_.force && !is_allowed(bytes_needed())) return ExitStatus::Failure;
    const auto walked = run_on_files(flags_.cache, [this](const File& file) { return lock(file); }, report_);
    progress_.finish();
    if (has_failed_) locks_.clear();
    const ExitStatus status = report_.finish(walked);
    if (has_failed_ || locks_.empty() || status == ExitStatus::Interrupted) return status;
    return wait(status);
  }

 private:
  /// Whole pages of all files; what can't be opened is told of later.
  [[nodiscard]] std::uint64_t bytes_needed() const {
    cache_detail::CacheTotal total;
    const auto work = [&](const File& file) -> Result<cache_detail::CacheOutcome> {
      return cache_detail::CacheOutcome{.state = FOLIO_TRY(cache_state(file, {.range = range()}))};
    };
    const auto add = [&](cache_detail::CachedFile& file) {
      total.add(file);
      return Flow::Continue;
    };
    static_cast<void>(cache_detail::each_file(flags_.cache.files, flags_.cache.each, work, add));
    return total.pages.pages * os::page_size();
  }

  [[nodiscard]] bool is_allowed(std::uint64_t needed) const {
    const os::MemoryLockLimit limit = os::memory_lock_limit();
    if (limit.bytes != os::kUnlimited && needed > limit.bytes - std::min(limit.bytes, limit.locked)) {
      complain(fmt::format(
          "lock: {} ({} bytes) are to be pinned, but this process may pin only {}; nothing was pinned. Raise "
          "the limit with `ulimit -l {}` as root before the command, with LimitMEMLOCK={} in a systemd unit "
          "or "
          "memlock in /etc/security/limits.conf, or give the process CAP_IPC_LOCK",
          format_size(needed), needed, format_size(limit.bytes), (needed + 1023) / 1024, needed));
      return false;
    }
    const std::uint64_t available = machine_limits().memory_available;
    if (needed <= available) return true;
    complain(fmt::format(
        "lock: {} are to be pinned, but only {} of memory may be used; nothing was pinned. --force tries it "
        "all the same",
        format_size(needed), format_size(available)));
    return false;
  }

  Result<cache_detail::CacheOutcome> lock(const File& file) {
    cache_detail::CacheOutcome outcome;
    outcome.before = FOLIO_TRY(cache_state(file, {.range = range()})).total;
    auto lock = CacheLock::lock(file, range(), flags_.cache.each.stop, progress_.counters());
    const std::scoped_lock guard(mutex_);
    if (!lock) {
      has_failed_ = true;
      return std::unexpected(std::move(lock).error());
    }
    outcome.bytes = lock->size();
    outcome.state = FOLIO_TRY(cache_state(file, flags_.cache.state_options()));
    locks_.push_back({file.path(), std::move(*lock)});
    return outcome;
  }

  ExitStatus wait(ExitStatus status) {
    tell(
        fmt::format("{} pinned; {}", format_size(report_.total().bytes),
                    std::isfinite(flags_.duration)
                        ? fmt::format("released in {:g} s, or by SIGINT (Ctrl-C) or SIGTERM", flags_.duration)
                        : "released by SIGINT (Ctrl-C) or SIGTERM"));
    const Clock::time_point begin = Clock::now();
    for (Clock::time_point looked = begin; !flags_.cache.each.stop.stop_requested();) {
      const Clock::time_point now = Clock::now();
      if (std::chrono::duration<double>(now - begin).count() >= flags_.duration) return status;
      if (now - looked >= 1s) {
        tell_of_changes();
        looked = now;
      }
      std::this_thread::sleep_for(50ms);
    }
    return graver(status, ExitStatus::Interrupted);
  }

  void tell_of_changes() {
    for (Pinned& pinned : locks_) {
      const auto change = pinned.lock.revalidate();
      if (pinned.is_shorter || !change || *change != FileChange::Shrunk) continue;
      pinned.is_shorter = true;
      complain(quoted_name(pinned.path) + ": became shorter: what is left of it stays pinned");
    }
  }

  [[nodiscard]] ByteRange range() const { return flags_.cache.range; }

  struct Pinned {
    std::string path;
    CacheLock lock;
    bool is_shorter = false;
  };

  const LockFlags& flags_;
  CacheReport report_;
  ProgressLine progress_;
  std::mutex mutex_;
  std::list<Pinned> locks_;
  bool has_failed_ = false;
};

}  // namespace

ExitStatus run_cache_lock(Words words) {
  LockFlags flags;
  CLI::App app{"Brings files into memory and keeps them there until it is interrupted.", "folio cache lock"};
  add_cache_flags(app, flags.cache);
  add_converted(app, "--for", flags.duration, parse_seconds, "a time such as 90, 10s, 5m or 2h",
                "Release after this time");
  app.add_flag("--force", flags.force, "Try also what the limits seem to forbid");
  add_progress_flag(app, flags.progress);
  app.footer(
      "What may be pinned is limited (`ulimit -l`), and by the memory there is: both are looked at before.\n"
      "If a file can't be pinned whole, all are released.\n"
      "Exit status: 0 released after the time of --for; 2 wrong usage, or an error of some file; 130 "
      "interrupted.");
  if (const auto done = parse_cache_flags(app, words, flags.cache)) return *done;
  return LockCommand(flags).run();
}

}  // namespace folio::cli
