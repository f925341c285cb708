// SPDX-License-Identifier: Apache-2.0
// folio cache load.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include "cli/cache/cache.h"
#include "cli/cache/flags.h"
#include "cli/cache/report.h"
#include "cli/command.h"
#include "cli/quantity.h"
#include "core/try.h"
#include "folio/limits.h"

namespace folio::cli {

namespace {

class LoadCommand {
 public:
  LoadCommand(const CacheFlags& flags, CacheLoadWay way, ProgressWhen progress)
      : flags_(flags),
        report_(CacheAction::Load, flags),
        progress_("load", progress, Rows::OnTheSameTerminal) {
    options_.range = flags.range;
    options_.way = way;
    options_.threads = flags.each.threads;
    options_.stop = flags.each.stop;
    options_.progress = progress_.counters();
    report_.share_terminal_with(progress_);
  }

  ExitStatus run() {
    const auto begin = std::chrono::steady_clock::now();
    const auto walked = run_on_files(flags_, [this](const File& file) { return load(file); }, report_);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    progress_.finish();
    const ExitStatus status = report_.finish(walked);
    if (!flags_.json) tell_speed(seconds);
    return status;
  }

 private:
  Result<cache_detail::CacheOutcome> load(const File& file) {
    cache_detail::CacheOutcome outcome;
    outcome.before = FOLIO_TRY(cache_state(file, {.range = options_.range})).total;
    warn_about_memory(intersect(options_.range, {0, file.size()}).size());
    CacheLoad load = FOLIO_TRY(load_in_turn(file));
    outcome.bytes = load.bytes;
    outcome.problem = std::move(load.problem);
    outcome.state = FOLIO_TRY(cache_state(file, flags_.state_options()));
    return outcome;
  }

  /// A file that all cores work on has them for itself.
  Result<CacheLoad> load_in_turn(const File& file) {
    if (file.size() <= kSharedMin && options_.way == CacheLoadWay::Read)
      return load_into_cache(file, options_);
    const std::scoped_lock lock(large_);
    return load_into_cache(file, options_);
  }

  void warn_about_memory(std::uint64_t bytes) {
    const std::uint64_t sum = wanted_.fetch_add(bytes) + bytes;
    if (sum <= available_ || warned_.exchange(true)) return;
    complain(
        fmt::format("load: the files are larger than the memory that may be used ({}): what is loaded first "
                    "may be dropped "
                    "again",
                    format_size(available_)));
  }

  void tell_speed(double seconds) const {
    const std::uint64_t bytes = report_.total().bytes;
    tell(fmt::format(
        "loaded {} in {:.3f} s, {}/s", format_size(bytes), seconds,
        format_size(seconds > 0 ? static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds) : 0)));
  }

  static constexpr std::uint64_t kSharedMin = 8ULL << 20;

  const CacheFlags& flags_;
  CacheReport report_;
  ProgressLine progress_;
  CacheLoadOptions options_;
  std::mutex large_;
  const std::uint64_t available_ = machine_limits().memory_available;
  std::atomic<std::uint64_t> wanted_{0};
  std::atomic<bool> warned_{false};
};

}  // namespace

ExitStatus run_cache_load(Words words) {
  CacheFlags flags;
  ProgressWhen progress = ProgressWhen::Auto;
  bool huge = false;
  CLI::App app{"Brings files into the page cache, on all cores.", "folio cache load"};
  add_cache_flags(app, flags);
  app.add_flag("--huge", huge,
               "Load through a mapping that asks for pages of 2 MiB: later mappings of what was not in the "
               "cache cost fewer page faults");
  add_progress_flag(app, progress);
  app.footer(
      "With --huge, pages that are in the cache already stay as small as they are: `folio cache evict` "
      "first.\n"
      "Exit status: 0 done; 2 wrong usage, or an error of some file; 3 a file became shorter meanwhile;\n"
      "130 interrupted, and what was loaded stays.");
  if (const auto done = parse_cache_flags(app, words, flags)) return *done;
  return LoadCommand(flags, huge ? CacheLoadWay::Map : CacheLoadWay::Read, progress).run();
}

}  // namespace folio::cli
