// SPDX-License-Identifier: Apache-2.0
// A scan: plan, source, engine, and the last look at the file before the result is believed.
#include "folio/scan.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "core/try.h"
#include "folio/limits.h"
#include "os/file_stream.h"
#include "os/process_stats.h"
#include "os/recent_limits.h"
#include "scan/crew.h"
#include "scan/engine.h"
#include "scan/file_sources.h"
#include "scan/grid_supply.h"
#include "scan/inline_scan.h"
#include "scan/plan.h"
#include "scan/stream_supply.h"

namespace folio {

struct ScanSession::State {
  std::unique_ptr<scan::Source> source;  // null: every scan opens one of its own
  std::optional<scan::Crew> crew;

  /// Helpers for a scan by `threads` threads.
  scan::Crew& crew_for(unsigned threads) {
    if (!crew || crew->size() + 1 < threads) crew.emplace(threads - 1);
    return *crew;
  }
};

namespace {

using Clock = std::chrono::steady_clock;

Error invalid(std::string detail) {
  return {.code = Errc::InvalidArgument,
          .system_errno = 0,
          .path = {},
          .offset = std::nullopt,
          .detail = std::move(detail)};
}

Result<void> check(const ScanOptions& options) {
  if (options.record_size_max == 0)
    return std::unexpected(invalid("the limit of a record's size must not be zero"));
  if (options.records.kind == Records::Kind::Fixed &&
      (options.records.size == 0 || options.records.size > options.record_size_max)) {
    return std::unexpected(invalid("a record's size must lie between 1 and the limit of a record's size"));
  }
  if (options.range && options.range->begin > options.range->end) {
    return std::unexpected(invalid("a range must not end before it begins"));
  }
  return {};
}

// The bytes asked for: a range counts from the beginning of the file, no range means all that is still to be
// read.
ByteRange wanted_range(const File& file, const ScanOptions& options) {
  const ByteRange all{std::min(file.start_offset(), file.size()), file.size()};
  return options.range ? intersect(*options.range, {0, file.size()}) : all;
}

// The byte before a range tells whether a record begins at its first byte.
std::uint64_t byte_before(std::uint64_t offset) {
  return offset == 0 ? 0 : offset - 1;
}

// Everything one scan needs, in the order in which it comes into being.
class Scan {
 public:
  Scan(ScanInput input, const ScanOptions& options) : input_(input), options_(options) {}

  Result<ScanReport> run(const scan_detail::Handlers& handlers) {
    FOLIO_TRY(check(options_));
    // What an earlier scan found wrong may have been its own limit; what the file lacks is noticed again.
    if (scan::Source* const kept = kept_source()) kept->forget_damage();
    const auto begin = Clock::now();
    report_.plan = FOLIO_TRY(plan_scan(input_, options_));
    auto result = FOLIO_TRY(run_inline(handlers));
    if (!result) result = FOLIO_TRY(run_engine(handlers));
    fill_report(*result);
    report_.stats.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return std::move(report_);
  }

 private:
  /// Nothing where the scan is not of the kind, or turns out not to be.
  Result<std::optional<scan::EngineResult>> run_inline(const scan_detail::Handlers& handlers) {
    std::optional<scan::EngineResult> none;
    if (!is_one_chunk()) return none;
    const File& file = *input_.file();
    extent_ = {0, file.size()};
    tell_total();
    if (kept_source() == nullptr) FOLIO_TRY(open_source(file, extent_));
    scan::Source* const source = source_ != nullptr ? source_.get() : kept_source();
    if (source == nullptr) return none;
    // What is read without a mapping fits into the buffer of the thread.
    if (source_ != nullptr && report_.plan.access == Access::Read) {
      scan::SmallFileReader reader(*source, file);
      return scan::scan_inline({file, *source, reader, handlers, options_.stop, options_.progress});
    }
    const auto reader = source->open_reader();
    return count_faults([&] {
      return scan::scan_inline({file, *source, *reader, handlers, options_.stop, options_.progress});
    });
  }

  /// The faults of a mapping that was just made; those of one that is kept are few.
  template <class Work>
  std::optional<scan::EngineResult> count_faults(Work work) {
    if (source_ == nullptr) return work();
    const os::FaultCounts before = os::thread_faults();
    std::optional<scan::EngineResult> result = work();
    if (!result) return result;
    const os::FaultCounts after = os::thread_faults();
    result->minor_faults = after.minor - before.minor;
    result->major_faults = after.major - before.major;
    return result;
  }

  /// All of a small file, by whatever way suits it.
  [[nodiscard]] bool is_one_chunk() const {
    const File* const file = input_.file();
    if (file == nullptr || file->kind() != FileKind::Regular || options_.range) return false;
    if (options_.access != Access::Auto || file->start_offset() != 0 || report_.plan.threads != 1)
      return false;
    const std::uint64_t size = file->size();
    const bool is_small = report_.plan.access == Access::Map    ? size <= scan::kInlineSizeMax
                          : report_.plan.access == Access::Read ? size <= scan::SmallFileReader::kSizeMax
                                                                : false;
    return is_small && size > 0 && size <= options_.record_size_max && size <= report_.plan.chunk_size;
  }

  Result<std::optional<scan::EngineResult>> run_engine(const scan_detail::Handlers& handlers) {
    FOLIO_TRY(open_supply());
    extent_ = supply_->extent();
    tell_total();
    scan::Engine engine(*supply_, engine_options(), handlers);
    return std::optional{engine.run()};
  }

  [[nodiscard]] scan::EngineOptions engine_options() const {
    scan::EngineOptions options{report_.plan.threads, options_.stop, options_.progress};
    // The threads of a session are there already.
    if (input_.session() != nullptr && options.threads > 1) {
      options.crew = &input_.session()->state()->crew_for(options.threads);
    } else if (options_.threads == 0) {
      options.helpers = scan::Helpers::WhenTheyPay;
    }
    return options;
  }

  void tell_total() const {
    if (options_.progress == nullptr) return;
    options_.progress->total.store(has_size() ? extent_.size() : 0, std::memory_order_relaxed);
  }

  [[nodiscard]] scan::Source* kept_source() const {
    const ScanSession* const session = input_.session();
    return session != nullptr ? session->state()->source.get() : nullptr;
  }

  Result<void> open_supply() {
    const File* file = input_.file();
    // Like any program that reads on from where its input stands, a scan without a range takes what it finds
    // there for the beginning of a record.
    const std::uint64_t start = file != nullptr ? file->start_offset() : 0;
    const scan::CutRules rules{options_.records, options_.record_size_max, options_.range ? 0 : start};
    if (file == nullptr) {
      open_stream(*input_.stream(), rules, 0);
    } else if (report_.plan.access == Access::Stream) {
      const ByteRange range = wanted_range(*file, options_);
      const std::uint64_t first = range.begin <= rules.origin ? range.begin : byte_before(range.begin);
      file_stream_ = os::stream_of(*file, first);
      open_stream(*file_stream_, rules, has_size() ? first : start);
    } else {
      return open_grid(*file, rules);
    }
    return {};
  }

  Result<void> open_grid(const File& file, const scan::CutRules& rules) {
    const ByteRange range = wanted_range(file, options_);
    if (kept_source() == nullptr && source_ == nullptr) FOLIO_TRY(open_source(file, range));
    scan::Source* const source = source_ != nullptr ? source_.get() : kept_source();
    if (source == nullptr) return std::unexpected(invalid("there is nothing to read"));
    const Plan& plan = report_.plan;
    supply_ = std::make_unique<scan::GridSupply>(*source, range, plan.chunk_size, rules, plan.threads);
    return {};
  }

  Result<void> open_source(const File& file, ByteRange range) {
    const Plan& plan = report_.plan;
    scan::OpenedSource opened = FOLIO_TRY(scan::open_source(file, {.access = plan.access,
                                                                   .probes = plan.probes,
                                                                   .begin = byte_before(range.begin),
                                                                   .chunk_size = plan.chunk_size,
                                                                   .long_records = long_records(file, range),
                                                                   .probe = {.threads = plan.threads}}));
    source_ = std::move(opened.source);
    report_.notes = std::move(opened.notes);
    return {};
  }

  // Who asks for reads gets nothing else; and on other file systems a mapping may fail late, or lie.
  [[nodiscard]] scan::LongRecords long_records(const File& file, ByteRange range) const {
    const bool is_local =
        file.file_system() == FileSystemKind::Local || file.file_system() == FileSystemKind::Memory;
    const bool is_large = range.size() >= scan::PlanThresholds{}.probe_size_min;
    return options_.access == Access::Auto && is_local && is_large ? scan::LongRecords::Mapped
                                                                   : scan::LongRecords::Buffered;
  }

  void open_stream(ByteStream& stream, const scan::CutRules& rules, std::uint64_t begin) {
    const ByteRange range = has_size() ? wanted_range(*input_.file(), options_)
                                       : options_.range.value_or(ByteRange{begin, UINT64_MAX});
    supply_ = std::make_unique<scan::StreamSupply>(stream, range, report_.plan.chunk_size, rules,
                                                   report_.plan.threads, options_.stop, begin);
  }

  // Where a file has a size that can be trusted, that size is the end of the scan.
  [[nodiscard]] bool has_size() const {
    return input_.file() != nullptr && os::has_trusted_size(*input_.file());
  }

  void fill_report(const scan::EngineResult& result) {
    const Access access = result.access == Access::Auto ? report_.plan.access : result.access;
    report_.stats = {.bytes = result.bytes,
                     .seconds = 0,
                     .access = access,
                     .threads = result.threads,
                     .chunks = result.chunks,
                     .chunk_size = report_.plan.chunk_size,
                     .minor_faults = result.minor_faults,
                     .major_faults = result.major_faults,
                     .peak_anonymous = result.peak_anonymous};
    if (report_.plan.probes && result.chunks > 0) note_probe(result);
    report_.covered = {extent_.begin, result.covered_end};
    if (result.end == scan::EngineResult::End::Complete) cover_all();
    if (result.end == scan::EngineResult::End::Cancelled) {
      report_.problem = Error{.code = Errc::Cancelled,
                              .system_errno = 0,
                              .path = input_.name(),
                              .offset = std::nullopt,
                              .detail = "stopped before the end"};
    }
    if (result.end == scan::EngineResult::End::Damaged) report_.problem = damage();
    if (report_.problem && report_.problem->path.empty()) report_.problem->path = input_.name();
    look_again(result.change);
  }

  [[nodiscard]] std::optional<Error> damage() const {
    if (supply_ != nullptr) return supply_->damage();
    const scan::Source* const source = source_ != nullptr ? source_.get() : kept_source();
    return source != nullptr ? source->damage() : std::nullopt;
  }

  // The last record may reach out of the range, and no record at all may begin in the last part of it.
  void cover_all() {
    if (has_size()) report_.covered.end = extent_.end;
    if (options_.progress != nullptr)
      options_.progress->done.store(report_.covered.size(), std::memory_order_relaxed);
  }

  void note_probe(const scan::EngineResult& result) {
    const std::uint64_t read = result.chunks - result.mapped_chunks;
    report_.notes.push_back("the probe compared both ways: " + std::to_string(result.mapped_chunks) +
                            " chunks were mapped, " + std::to_string(read) + " read");
  }

  // Zeros behind a new end of the file need not have raised a fault, and a rewritten file raises none at all.
  void look_again(std::optional<FileChange> known) {
    if (!has_size() || input_.file()->kind() != FileKind::Regular) return;
    const Result<FileChange> change = known ? Result<FileChange>{*known} : os::settled_change(*input_.file());
    if (!change) return;
    report_.change = *change;
    if (was_written_anew(*input_.file())) return note_modified();
    if (report_.problem) return;
    if (*change == FileChange::Rewritten) return note_modified();
    if (*change == FileChange::Shrunk) {
      // Everything was published before the file became shorter: the result is right for what the file was.
      report_.notes.emplace_back("the file became shorter after it had been read");
    }
    if (*change == FileChange::Touched) {
      report_.notes.emplace_back("the file was renamed, or its permissions changed, while it was read");
    }
  }

  // A file that was cut, and is longer again than where that was noticed, may have been read with what it has
  // now.
  [[nodiscard]] bool was_written_anew(const File& file) const {
    if (!report_.problem || report_.problem->code != Errc::Truncated) return false;
    const auto now = file.current_identity();
    return now && now->size > report_.problem->offset.value_or(UINT64_MAX);
  }

  void note_modified() {
    report_.problem =
        Error{.code = Errc::Modified,
              .system_errno = 0,
              .path = input_.name(),
              .offset = std::nullopt,
              .detail = "was changed while it was read: the result may mix old and new content"};
    report_.covered.end = report_.covered.begin;
  }

  ScanInput input_;
  const ScanOptions& options_;
  ScanReport report_;
  ByteRange extent_;
  std::unique_ptr<ByteStream> file_stream_;
  std::unique_ptr<scan::Source> source_;
  std::unique_ptr<scan::ChunkSupply> supply_;
};

}  // namespace

ScanSession::ScanSession(const File& file, std::unique_ptr<State> state)
    : file_(&file), state_(std::move(state)) {}
ScanSession::ScanSession(ScanSession&&) noexcept = default;
ScanSession& ScanSession::operator=(ScanSession&&) noexcept = default;
ScanSession::~ScanSession() = default;

Result<ScanSession> ScanSession::open(const File& file, Access access) {
  auto state = std::make_unique<State>();
  const bool keeps = access == Access::Auto || access == Access::Map;
  if (keeps && scan::is_worth_keeping(file)) {
    if (auto source = scan::open_to_keep(file)) state->source = std::move(*source);
  }
  return ScanSession(file, std::move(state));
}

namespace {

// The session has decided already, and its mapping is there.
Plan plan_kept(const File& file, ByteRange range, const ScanOptions& options) {
  const bool is_small = range.size() < scan::PlanThresholds{}.parallel_size_min;
  const MachineLimits machine =
      is_small || options.threads != 0 ? MachineLimits{} : os::recent_machine_limits();
  ScanOptions mapped = options;
  mapped.access = Access::Map;
  Plan plan = scan::make_plan({.kind = file.kind(), .size = range.size()}, machine, mapped);
  plan.why = "one of several scans: what the first one made is kept between them";
  return plan;
}

}  // namespace

Result<Plan> plan_scan(ScanInput input, const ScanOptions& options) {
  if (input.file() == nullptr) {
    const MachineLimits machine = options.threads != 0 ? MachineLimits{} : os::recent_machine_limits();
    Plan plan = scan::make_plan({.kind = FileKind::Pipe, .has_size = false}, machine, options);
    plan.why = "decoded or followed input: it comes in sequence";
    return plan;
  }
  const File& file = *input.file();
  const ByteRange range = wanted_range(file, options);
  if (input.session() != nullptr && input.session()->state()->source != nullptr) {
    return plan_kept(file, range, options);
  }
  // A small file takes one thread on every machine; finding out its limits would take longer than the scan.
  const bool is_small = file.is_seekable() && range.size() < scan::PlanThresholds{}.parallel_size_min;
  // Nor does it matter what is in the page cache where the way to read is given.
  const bool is_decided = options.threads != 0 && options.access != Access::Auto;
  const MachineLimits machine =
      is_small || is_decided ? MachineLimits{.memory_available = UINT64_MAX} : os::recent_machine_limits();
  const ByteRange sampled = is_decided ? ByteRange{range.begin, range.begin} : range;
  scan::FileFacts facts = scan::file_facts(file, sampled);
  facts.size = range.size();
  return scan::make_plan(facts, machine, options);
}

Result<ScanReport> scan_detail::run(ScanInput input, const ScanOptions& options, const Handlers& handlers) {
  return Scan(input, options).run(handlers);
}

}  // namespace folio
