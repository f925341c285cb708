// SPDX-License-Identifier: Apache-2.0
#include "cli/search/run.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "folio/limits.h"
#include "os/file_loader.h"
#include "os/interrupt.h"

namespace folio::cli {

namespace {

// PERF: up to here a file is read whole into a buffer that stays in the second-level cache.
constexpr std::uint64_t kLoadedSizeMax = 1U << 20;
// From here on a file found among others is split over all cores; smaller ones are left to one worker each.
constexpr std::uint64_t kSplitSizeMin = 32U << 20;
constexpr std::uint64_t kWorkerChunk = 256U << 10;

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

bool any_directory(std::span<const std::string> roots) {
  return std::ranges::any_of(roots, is_directory);
}

// Where the user says how a file is to be read, it is read by the engine, however small.
bool asks_for_engine(const ScanFlags& flags) {
  return flags.explain || flags.access != Access::Auto || flags.chunk_size != 0 || flags.range.has_value();
}

// One worker: what it keeps from file to file.
struct Worker {
  explicit Worker(const Pattern& pattern) : searcher(pattern) {}
  LineSearcher searcher;
  os::FileLoader loader;
};

class Searches {
 public:
  Searches(const SearchJob& job, OutputGate& gate, Verdict& verdict, unsigned workers)
      : job_(job), gate_(gate), verdict_(verdict), workers_(workers) {}

  /// One file. `alone`: no others are searched at the same time.
  enum class Company : std::uint8_t { Alone, Others };
  WalkFlow search(const WalkEntry& entry, Company company) {
    FileSearch search(job_, gate_, verdict_, entry.path == "-" ? "<stdin>" : std::string{entry.path},
                      entry.index);
    if (entry.path == "-") {
      search_standard_input(search);
    } else if (company == Company::Alone || asks_for_engine(job_.flags.scan)) {
      open(search, entry, company);
    } else {
      load(search, entry);
    }
    return should_stop() ? WalkFlow::Stop : WalkFlow::Continue;
  }

  [[nodiscard]] bool should_stop() {
    if (verdict_.is_interrupted() || job_.options.scan.stop.stop_requested() || gate_.is_closed())
      return true;
    return job_.flags.quiet && verdict_.found() && !job_.flags.stats && !job_.flags.json;
  }

 private:
  void search_standard_input(FileSearch& search) {
    const auto file = File::standard_input();
    if (!file) return search.fail(file.error());
    search_file(search, *file, job_.options.scan);
  }

  void open(FileSearch& search, const WalkEntry& entry, Company company) {
    const auto file = File::open(std::string{entry.path}, {.hint = AccessHint::Sequential});
    if (!file) return search.fail(file.error());
    if (entry.origin == WalkOrigin::Found && is_passed_over(*file)) return;
    ScanOptions scan = job_.options.scan;
    if (company == Company::Others && file->size() < kSplitSizeMin) {
      scan.threads = 1;
      const bool is_local =
          file->file_system() == FileSystemKind::Local || file->file_system() == FileSystemKind::Memory;
      if (scan.chunk_size == 0) scan.chunk_size = kWorkerChunk;
      if (scan.access == Access::Auto) scan.access = is_local ? Access::Map : Access::Read;
    }
    // One large file after the other: each is searched by all cores. Not where results leave in order: an
    // earlier file must not wait for a later one, which waits for its turn.
    std::unique_lock<std::mutex> lock(splitting_, std::defer_lock);
    const bool others_may_wait = gate_.order() == OutputGate::Order::Any;
    if (company == Company::Others && scan.threads != 1 && others_may_wait) lock.lock();
    search_file(search, *file, scan);
  }

  // A found file whose first bytes hold a NUL.
  [[nodiscard]] bool is_passed_over(const File& file) const {
    const bool counts = job_.flags.binary == BinaryFiles::Skip && !job_.flags.null_data;
    if (!counts || !file.is_seekable()) return false;
    const std::vector<std::byte> window = read_binary_window(file);
    return !needs_decoding(window, job_.flags.decode) && find_binary(window).has_value();
  }

  void search_file(FileSearch& search, const File& file, const ScanOptions& scan) {
    std::array<std::byte, kSniffSize> head{};
    const std::size_t got = file.is_seekable() ? file.read_at(file.start_offset(), head).value_or(0) : 0;
    const ByteView first{head.data(), got};
    // A range counts the file's own bytes.
    const bool stays = scan.range && to_text(first).starts_with(kUtf8Mark) && skips_mark();
    const bool decodes = !file.is_seekable() || needs_decoding(first, job_.flags.decode);
    if (!file.is_seekable()) search.show_at_once();
    if (stays || !decodes || !may_decode()) return search.search_input(file, scan);
    auto stream = decoded(file, job_.flags.decode);
    if (!stream) return search.fail(stream.error());
    search.search_input(**stream, scan);
  }

  // A mark of UTF-8 is skipped in place: no other byte changes.
  [[nodiscard]] bool skips_mark() const {
    const Encoding::Kind kind = job_.flags.decode.encoding.kind();
    return kind == Encoding::Kind::Auto || kind == Encoding::Kind::Utf8;
  }

  [[nodiscard]] bool may_decode() const {
    return job_.flags.decode.decompression != Decompression::Off ||
           job_.flags.decode.encoding.kind() != Encoding::Kind::None;
  }

  void load(FileSearch& search, const WalkEntry& entry) {
    Worker& worker = worker_of(entry.worker);
    // A file with room for a line above the limit is left to the engine, which looks for such lines.
    const std::uint64_t size_max = std::min(kLoadedSizeMax, std::uint64_t{job_.options.scan.record_size_max});
    const auto loaded = worker.loader.load(entry.directory, entry.name, entry.path, size_max);
    if (!loaded) return search.fail(loaded.error());
    ByteView content = loaded->content;
    const bool is_loaded = loaded->outcome == os::FileLoader::Outcome::Loaded;
    if (is_loaded && to_text(content).starts_with(kUtf8Mark) && skips_mark()) {
      content = content.subspan(kUtf8Mark.size());
    } else if (!is_loaded || needs_decoding(content, job_.flags.decode)) {
      return open(search, entry, Company::Others);
    }
    search.search_bytes(worker.searcher, content, entry.origin, worker.loader);
  }

  Worker& worker_of(unsigned number) {
    auto& worker = workers_[number];
    if (!worker) worker = std::make_unique<Worker>(job_.pattern);
    return *worker;
  }

  const SearchJob& job_;
  OutputGate& gate_;
  Verdict& verdict_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::mutex splitting_;
};

// What a walk would refuse is refused where there is none, too.
Result<WalkReport> check_walk(const WalkOptions& options) {
  const bool has_rules = !options.globs.empty() || !options.types.empty() || !options.type_changes.empty() ||
                         !options.ignore.files.empty();
  return has_rules ? walk({}, options, {}, {}) : WalkReport{};
}

// Files that were all named, in the order of their names' places.
void search_named(const SearchJob& job, std::span<const std::string> names, OutputGate& gate,
                  Verdict& verdict) {
  // Standard input that is named twice is read once: the second search finds nothing more.
  const bool repeats_input = std::ranges::count(names, "-") > 1;
  const unsigned given = job.flags.scan.threads != 0 ? job.flags.scan.threads : machine_limits().cores;
  const unsigned wanted = repeats_input ? 1 : given;
  const auto count = static_cast<unsigned>(std::min<std::size_t>(wanted, names.size()));
  Searches searches(job, gate, verdict, count);
  const auto company = names.size() == 1 ? Searches::Company::Alone : Searches::Company::Others;
  std::atomic<std::size_t> next{0};
  const auto work = [&](unsigned worker) {
    for (std::size_t i = next++; i < names.size(); i = next++) {
      const WalkEntry entry{.path = names[i],
                            .directory = os::kCurrentDirectory,
                            .name = names[i].c_str(),
                            .origin = WalkOrigin::Explicit,
                            .index = i,
                            .worker = worker};
      if (searches.search(entry, company) == WalkFlow::Stop) next = names.size();
    }
  };
  std::vector<std::jthread> others;
  for (unsigned worker = 1; worker < count; ++worker) others.emplace_back(work, worker);
  work(0);
}

}  // namespace

bool is_directory(const std::string& root) {
  std::error_code ignored;
  return root != "-" && std::filesystem::is_directory(root, ignored);
}

OutputGate::Order output_order(const SearchFlags& flags, std::span<const std::string> roots) {
  if (flags.follow == Follow::Yes) return OutputGate::Order::Any;
  const bool in_order = flags.walk.sort != WalkSort::None || !any_directory(roots);
  return in_order ? OutputGate::Order::ByIndex : OutputGate::Order::Any;
}

void search_all(const SearchJob& job, std::span<const std::string> roots, OutputGate& gate,
                Verdict& verdict) {
  if (job.flags.walk.sort == WalkSort::None && !any_directory(roots)) {
    const auto checked = check_walk(job.flags.walk);
    return checked ? search_named(job, roots, gate, verdict) : verdict.note(tell_error(checked.error()));
  }
  WalkOptions options = job.flags.walk;
  options.threads = job.flags.scan.threads;
  options.stop = os::interrupt_token();
  Searches searches(job, gate, verdict, walk_threads(options));
  const auto report = walk(
      roots, options,
      [&](const WalkEntry& entry) { return searches.search(entry, Searches::Company::Others); },
      [&](const Error& error) {
        verdict.note(job.flags.messages ? tell_error(error) : status_of(error.code));
      });
  if (!report) verdict.note(tell_error(report.error()));
  if (job.options.scan.stop.stop_requested()) verdict.note(ExitStatus::Interrupted);
}

}  // namespace folio::cli
