// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/read_logs.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>

#include "cli/logs/inputs.h"
#include "cli/progress_line.h"
#include "cli/quantity.h"
#include "cli/text.h"
#include "cli/write_file.h"
#include "core/try.h"
#include "folio/decode.h"
#include "logs/analysis/analysis.h"
#include "logs/query/time_range.h"
#include "logs/read/peeked_stream.h"
#include "os/new_file.h"

namespace folio::cli {

namespace {

// From this share of rejected lines on the user is warned.
constexpr std::uint64_t kWarnedOneIn = 10;

std::int64_t now_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

std::optional<std::string_view> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
}

// A first line of some MiB is as good as a short one for finding the format.
constexpr std::size_t kHeadSizeMax = 16 << 20;
constexpr std::size_t kHeadGrowth = 4;

bool is_cut_first_line(std::string_view head, std::size_t asked) {
  return head.size() == asked && asked < kHeadSizeMax && head.find('\n') == std::string_view::npos;
}

Result<std::string> head_of(const File& file) {
  for (std::size_t asked = logs::kHeadSize;; asked *= kHeadGrowth) {
    std::string head(asked, '\0');
    head.resize(FOLIO_TRY(file.read_at(file.start_offset(), std::as_writable_bytes(std::span(head)))));
    if (!is_cut_first_line(head, asked)) return head;
  }
}

// The lines that were rejected, in a file that appears when it is complete.
class RejectsFile {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RejectsFile>> create(const std::string& name) {
    if (name.empty()) return std::unique_ptr<RejectsFile>();
    os::NewFile file = FOLIO_TRY(os::NewFile::create(name));
    return std::unique_ptr<RejectsFile>(new RejectsFile(std::move(file)));
  }

  Flow write(std::string_view lines) {
    if (error_) return Flow::Stop;
    if (auto written = file_.file().write_at(size_, to_bytes(lines)); !written) {
      error_ = std::move(written).error();
      return Flow::Stop;
    }
    size_ += lines.size();
    return Flow::Continue;
  }

  [[nodiscard]] Result<void> commit() {
    if (error_) return std::unexpected(*error_);
    return complete(file_, "");
  }

 private:
  explicit RejectsFile(os::NewFile file) : file_(std::move(file)) {}
  os::NewFile file_;
  std::uint64_t size_ = 0;
  std::optional<Error> error_;
};

class Reading {
 public:
  explicit Reading(const LogsFlags& flags) : flags_(flags) {}

  LogsRead run() {
    const Result<void> prepared = prepare();
    if (!prepared) return {.result = std::nullopt, .status = tell_error(prepared.error())};
    const LogInputs inputs = log_inputs(flags_.inputs);
    note(inputs.status);
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& name : inputs.names) {
      read_input(name);
      if (status_ == ExitStatus::Interrupted) return {.result = std::nullopt, .status = status_};
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    LogsRead read{.result = analysis_->finish(), .seconds = spent.count()};
    if (!is_worth_showing(*read.result)) read.result.reset();
    read.status = status_;
    return read;
  }

 private:
  Result<void> prepare() {
    const std::int64_t now = now_ns();
    logs::AnalysisRequest request;
    request.format = {.format = flags_.format, .mapping = flags_.mapping, .reference = now};
    request.where = flags_.where;
    request.times = FOLIO_TRY(logs::parse_time_range(given(flags_.since), given(flags_.until), now));
    rejects_ = FOLIO_TRY(RejectsFile::create(flags_.rejects));
    if (rejects_ != nullptr) {
      request.on_rejected = [this](std::string_view lines) { return rejects_->write(lines); };
    }
    analysis_ = FOLIO_TRY(logs::Analysis::make(std::move(request)));
    return {};
  }

  void note(ExitStatus status) { status_ = graver(status_, status); }
  void note(Error error, const std::string& name) {
    if (error.path.empty()) error.path = name == "-" ? "standard input" : name;
    note(tell_error(error));
  }

  void read_input(const std::string& name) {
    const auto file = open_input(name);
    if (!file) return note(file.error(), name);
    auto done = read_file(name, *file);
    if (!done) return note(done.error(), name);
    ++read_;
  }

  Result<void> read_file(const std::string& name, const File& file) {
    const std::string head = file.is_seekable() ? FOLIO_TRY(head_of(file)) : std::string();
    const bool decodes = !file.is_seekable() || file.size() == 0 || needs_decoding(to_bytes(head), kDecoding);
    if (!decodes) return read_scan(name, file, file, head);
    logs::PeekedStream stream(FOLIO_TRY(decoded(file, kDecoding)));
    std::size_t size = logs::kHeadSize;
    while (is_cut_first_line(stream.peek(size), size)) size *= kHeadGrowth;
    return read_scan(name, stream, file, stream.peek(size));
  }

  Result<void> read_scan(const std::string& name, ScanInput input, const File& file, std::string_view head) {
    // Nothing to choose a format by, and nothing to report; an error of the stream is still told.
    const bool is_blank = head.find_first_not_of("\r\n") == std::string_view::npos;
    if (is_blank && flags_.format == "auto" && head.size() < logs::kHeadSize && input.file() != nullptr)
      return {};
    if (is_blank && head.empty() && flags_.format == "auto") return {};
    FOLIO_TRY(analysis_->choose(head));
    explain(name);
    ProgressLine progress(name, flags_.scan.progress);
    ScanOptions options = scan_options(flags_.scan);
    options.progress = progress.counters();
    const auto read = analysis_->read(input, file, head, options);
    progress.finish();
    const ScanReport& report = FOLIO_TRY(read);
    note(tell_report(name == "-" ? "standard input" : name, report, flags_.scan));
    if (input.file() != nullptr) consume(name, *input.file(), report);
    return {};
  }

  void explain(const std::string& name) const {
    if (!flags_.scan.explain) return;
    const logs::ChosenFormat& format = analysis_->format();
    tell(fmt::format("{}: format {}: {}", quoted_name(name), format.name, format.why));
    for (const std::string& other : format.ranking) tell("  " + other);
  }

  // Not where nothing fits, or no input could be read.
  bool is_worth_showing(const logs::Partial& result) {
    if (read_ == 0 && status_ != ExitStatus::Success) return false;
    if (rejects_ != nullptr) {
      if (auto done = rejects_->commit(); !done) note(done.error(), flags_.rejects);
    }
    std::uint64_t rejected = 0;
    for (const logs::RejectCount& reject : result.rejects) rejected += reject.lines;
    if (rejected * kWarnedOneIn < result.lines || rejected == 0) return true;
    const std::string hint = flags_.rejects.empty() ? "; --rejects FILE writes them down" : "";
    complain(fmt::format("{} of {} lines do not fit the format {}{}", format_count(rejected),
                         format_count(result.lines), result.format, hint));
    const bool is_hopeless = rejected == result.lines;
    if (is_hopeless) note(ExitStatus::Failure);
    return !is_hopeless;
  }

  inline static const DecodeOptions kDecoding{.decompression = Decompression::BySniffing,
                                              .encoding = Encoding{}};

  const LogsFlags& flags_;
  std::unique_ptr<RejectsFile> rejects_;
  std::unique_ptr<logs::Analysis> analysis_;
  std::uint64_t read_ = 0;  // inputs
  ExitStatus status_ = ExitStatus::Success;
};

}  // namespace

LogsRead read_logs(const LogsFlags& flags) {
  return Reading(flags).run();
}

}  // namespace folio::cli
