// SPDX-License-Identifier: Apache-2.0
// folio logs: reads the inputs, tells what is wrong with them, and shows the report in every form asked for.
#include "cli/logs/flags.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include "cli/logs/csv_report.h"
#include "cli/logs/html_report.h"
#include "cli/logs/inputs.h"
#include "cli/logs/json_report.h"
#include "cli/logs/text_report.h"
#include "cli/output.h"
#include "cli/progress_line.h"
#include "cli/quantity.h"
#include "cli/text.h"
#include "cli/words.h"
#include "cli/write_file.h"
#include "core/fail.h"
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

Result<std::optional<logs::BucketUnit>> parse_bucket(const std::string& text) {
  using Unit = logs::BucketUnit;
  constexpr std::array<std::pair<std::string_view, Unit>, 14> kUnits{{{"1m", Unit::Minute},
                                                                      {"minute", Unit::Minute},
                                                                      {"5m", Unit::FiveMinutes},
                                                                      {"1h", Unit::Hour},
                                                                      {"60m", Unit::Hour},
                                                                      {"hour", Unit::Hour},
                                                                      {"1d", Unit::Day},
                                                                      {"24h", Unit::Day},
                                                                      {"day", Unit::Day},
                                                                      {"1w", Unit::Week},
                                                                      {"7d", Unit::Week},
                                                                      {"week", Unit::Week},
                                                                      {"month", Unit::Month},
                                                                      {"year", Unit::Year}}};
  if (text.empty()) return std::optional<Unit>{};
  for (const auto& [name, unit] : kUnits) {
    if (name == text) return std::optional<Unit>{unit};
  }
  return fail(Errc::InvalidArgument, {},
              "--bucket: expected 1m, 5m, 1h, 1d, 1w, month or year, not '" + text + "'");
}

// The lines that were rejected, in a file that appears when it is complete.
class RejectsFile {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RejectsFile>> create(const std::string& name) {
    std::unique_ptr<RejectsFile> file;
    if (!name.empty()) file.reset(new RejectsFile(FOLIO_TRY(os::NewFile::create(name))));
    return file;
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

class LogsRun {
 public:
  explicit LogsRun(const LogsFlags& flags) : flags_(flags) {}

  ExitStatus run() {
    if (auto prepared = prepare(); !prepared) return tell_error(prepared.error());
    const LogInputs inputs = log_inputs(flags_.inputs);
    note(inputs.status);
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& name : inputs.names) {
      read_input(name);
      if (status_ == ExitStatus::Interrupted) return status_;
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    if (!judge()) return status_;
    show(spent.count());
    return output_.finish(status_);
  }

 private:
  Result<void> prepare() {
    const std::int64_t now = now_ns();
    bucket_ = FOLIO_TRY(parse_bucket(flags_.bucket));
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
    std::string head(logs::kHeadSize, '\0');
    std::size_t size = 0;
    if (file.is_seekable()) {
      size = FOLIO_TRY(file.read_at(file.start_offset(), std::as_writable_bytes(std::span(head))));
    }
    head.resize(size);
    const bool decodes = !file.is_seekable() || file.size() == 0 || needs_decoding(to_bytes(head), kDecoding);
    if (!decodes) return read_scan(name, file, head);
    logs::PeekedStream stream(FOLIO_TRY(decoded(file, kDecoding)));
    const std::string_view first = stream.peek(logs::kHeadSize);
    return read_scan(name, stream, first);
  }

  Result<void> read_scan(const std::string& name, ScanInput input, std::string_view head) {
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
    auto log = analysis_->read(input, options);
    progress.finish();
    const ScanReport& report = FOLIO_TRY(std::move(log)).report;
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

  // False where nothing fits, or no input could be read: there is nothing to show then.
  bool judge() {
    if (read_ == 0 && status_ != ExitStatus::Success) return false;
    const logs::LineTally& tally = analysis_->tally();
    const bool is_hopeless = tally.rejected > 0 && tally.records + tally.filtered == 0;
    if (rejects_ != nullptr) {
      if (auto done = rejects_->commit(); !done) note(done.error(), flags_.rejects);
    }
    if (tally.rejected * kWarnedOneIn < tally.lines || tally.rejected == 0) return true;
    const std::string hint = flags_.rejects.empty() ? "; --rejects FILE writes them down" : "";
    complain(fmt::format("{} of {} lines do not fit the format {}{}", format_count(tally.rejected),
                         format_count(tally.lines), analysis_->format().name, hint));
    if (is_hopeless) note(ExitStatus::Failure);
    return !is_hopeless;
  }

  [[nodiscard]] logs::Report make_report(std::size_t top) const {
    return analysis_->report({.top = top, .bucket = bucket_});
  }

  void show(double seconds) {
    const logs::Report report = make_report(flags_.top);
    if (!flags_.html.empty()) {
      if (auto done = write_file(flags_.html, html_report(make_report(std::max(flags_.top, kPageRows))));
          !done)
        note(done.error(), flags_.html);
    }
    if (!flags_.csv.empty()) {
      if (auto done = write_csv(flags_.csv, report); !done) note(done.error(), flags_.csv);
    }
    if (flags_.scan.json) {
      output_.write(json_report(report));
    } else if (flags_.html.empty() && flags_.csv.empty()) {
      output_.write(text_report(report, text_options(report, seconds)));
    }
  }

  [[nodiscard]] TextOptions text_options(const logs::Report& report, double seconds) const {
    TextOptions options;
    options.width = report_width();
    options.rows = flags_.top;
    options.color = use_color(flags_.scan.color);
    if (seconds > 0) {
      options.throughput =
          fmt::format("{} in {:.2f} s: {:.2f} GB/s, {} lines a second", format_size(report.bytes_read),
                      seconds, static_cast<double>(report.bytes_read) / seconds / 1e9,
                      format_count(static_cast<std::uint64_t>(static_cast<double>(report.lines) / seconds)));
    }
    return options;
  }

  static constexpr std::size_t kPageRows = 100;
  inline static const DecodeOptions kDecoding{.decompression = Decompression::BySniffing,
                                              .encoding = Encoding{}};

  const LogsFlags& flags_;
  std::optional<logs::BucketUnit> bucket_;
  std::unique_ptr<RejectsFile> rejects_;
  std::unique_ptr<logs::Analysis> analysis_;
  std::uint64_t read_ = 0;  // inputs
  ExitStatus status_ = ExitStatus::Success;
  Output output_;
};

ExitStatus list_formats() {
  Output output;
  std::string text;
  for (const logs::FormatName& format : logs::format_names())
    text += fmt::format("{:<14} {}\n", format.name, format.description);
  output.write(text);
  return output.finish(ExitStatus::Success);
}

}  // namespace

ExitStatus run_logs(Words words) {
  LogsFlags flags;
  if (const auto done = parse_logs_flags(words, flags)) return *done;
  return flags.formats ? list_formats() : LogsRun(flags).run();
}

}  // namespace folio::cli
