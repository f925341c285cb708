// SPDX-License-Identifier: Apache-2.0
#include "cli/search/file_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/progress_line.h"
#include "cli/search/style.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

Error changed_while_read(const std::string& name) {
  return {.code = Errc::Modified,
          .system_errno = 0,
          .path = name,
          .offset = std::nullopt,
          .detail = "was changed while it was read: the result may mix old and new content"};
}

}  // namespace

FileSearch::FileSearch(const SearchJob& job, OutputGate& gate, Verdict& verdict, std::string name,
                       std::uint64_t index)
    : job_(job),
      verdict_(verdict),
      name_(std::move(name)),
      quoted_(quoted_name(name_)),
      output_(gate, index, job.separator()) {}

std::string FileSearch::shown_name() const {
  return job_.flags.null_after_name ? name_ : quoted_;
}

LineRenderer FileSearch::renderer() const {
  if (job_.flags.json) return json_renderer(name_, job_.style.line_numbers);
  TextStyle style = job_.style;
  if (job_.names == SearchJob::Names::EachLine) style.name = shown_name();
  return text_renderer(style);
}

Flow FileSearch::show(std::string_view text) {
  begin();
  const Flow flow = output_.write(text);
  if (flushing_ == Flushing::AtOnce) return output_.claim();
  return flushing_ == Flushing::InTurns ? output_.flush() : flow;
}

// What stands above the first line of a file.
void FileSearch::begin() {
  if (begun_ == Begun::Yes) return;
  begun_ = Begun::Yes;
  if (job_.flags.json) {
    output_.write(json_begin(name_));
  } else if (job_.names == SearchJob::Names::Heading) {
    std::string heading;
    append_styled(heading, shown_name(), job_.style.name_color);
    heading += job_.style.name_end == TextStyle::NameEnd::Nul ? '\0' : job_.style.terminator;
    output_.write(heading);
  }
}

void FileSearch::search_bytes(LineSearcher& searcher, ByteView content, WalkOrigin origin,
                              const os::FileLoader& loader) {
  if (job_.looks_for_binary()) binary_offset_ = find_binary(content);
  const bool passed_over = origin == WalkOrigin::Found && binary_offset_ &&
                           job_.flags.binary == BinaryFiles::Skip && !job_.flags.null_data;
  if (passed_over) return;
  SearchSummary summary = [&] {
    if (job_.needs_any_only()) return searcher.find_any(content, job_.options);
    if (!job_.shows_lines()) return searcher.count(content, job_.options);
    return searcher.search(content, job_.options, renderer(),
                           [&](std::string_view text) { return show(text); });
  }();
  if (loader.is_unchanged()) {
    summary.report.covered = {0, content.size()};
  } else {
    summary.report.problem = changed_while_read(name_);
    fail(*summary.report.problem);
  }
  finish(summary, content.size());
}

SearchOptions FileSearch::options(const ScanOptions& scan) const {
  SearchOptions options = job_.options;
  options.scan = scan;
  return options;
}

Result<SearchSummary> FileSearch::run(ScanInput input, const Pattern& pattern, const SearchOptions& options) {
  if (job_.needs_any_only()) return find_any_line(input, pattern, options);
  if (!job_.shows_lines()) return count_lines(input, pattern, options);
  return search_lines(input, pattern, options, renderer(), [&](std::string_view text) { return show(text); });
}

void FileSearch::search_input(ScanInput input, const ScanOptions& scan) {
  const Pattern pattern = input.file() != nullptr ? job_.pattern.tuned_for(*input.file()) : job_.pattern;
  if (job_.flags.scan.explain) tell(quoted_ + ": " + pattern.explain());
  ProgressLine progress(name_, job_.flags.scan.progress);
  SearchOptions chosen = options(scan);
  chosen.scan.progress = progress.counters();
  const auto found = run(input, pattern, chosen);
  progress.finish();
  if (!found) return fail(found.error());
  ScanFlags flags = job_.flags.scan;
  flags.stats = job_.flags.stats;
  verdict_.note(tell_report(name_, found->report, flags));
  if (name_ == "<stdin>" && input.file() != nullptr) consume("-", *input.file(), found->report);
  binary_offset_ = found->binary_offset;
  if (!binary_offset_ && job_.flags.json && input.file() != nullptr)
    binary_offset_ = binary_of(*input.file());
  finish(*found, found->report.stats.bytes);
}

// JSON shows all lines, and tells that they come from a binary file.
std::optional<std::uint64_t> FileSearch::binary_of(const File& file) const {
  if (!job_.looks_for_binary() || !file.is_seekable()) return std::nullopt;
  return find_binary(read_binary_window(file));
}

void FileSearch::follow(ByteStream& stream) {
  flushing_ = Flushing::InTurns;
  ScanOptions scan = job_.options.scan;
  scan.threads = 1;
  search_input(stream, scan);
}

void FileSearch::fail(const Error& error) {
  verdict_.note(job_.flags.messages ? tell_error(error) : status_of(error.code));
}

SearchTotals FileSearch::totals(const SearchSummary& summary, std::uint64_t bytes) const {
  SearchTotals totals;
  totals.searches = 1;
  totals.searches_with_match = summary.lines > 0 ? 1 : 0;
  totals.bytes_searched = bytes;
  totals.bytes_printed = output_.size();
  totals.matched_lines = summary.lines;
  totals.matches = summary.submatches;
  totals.elapsed = std::chrono::steady_clock::now() - start_;
  return totals;
}

void FileSearch::finish(const SearchSummary& summary, std::uint64_t bytes) {
  if (summary.failure) {
    Error failure = *summary.failure;
    failure.path = name_;
    fail(failure);
  }
  const bool selected = summary.lines > 0 || summary.binary_offset.has_value();
  if (selected != (job_.mode == SearchMode::FilesWithoutMatch)) verdict_.note_found();
  const SearchTotals counted = totals(summary, bytes);
  if (!verdict_.is_interrupted()) show_result(summary);
  if (job_.flags.json && job_.shows_lines()) {
    // A file without a selected line is passed over, but not one of which that is not known.
    if (summary.report.problem) begin();
    if (begun_ == Begun::Yes) output_.write(json_end(name_, summary, binary_offset_, counted));
  }
  verdict_.add(counted);
}

void FileSearch::show_result(const SearchSummary& summary) {
  if (job_.flags.quiet) return;
  switch (job_.mode) {
    case SearchMode::FilesWithMatches:
    case SearchMode::FilesWithoutMatch:
      if ((summary.lines > 0) == (job_.mode == SearchMode::FilesWithMatches)) {
        std::string line;
        append_styled(line, shown_name(), job_.style.name_color);
        output_.write(line + (job_.flags.null_after_name ? '\0' : job_.style.terminator));
      }
      return;
    case SearchMode::Count:
      return show_count(summary.lines);
    case SearchMode::CountMatches:
      return show_count(summary.submatches);
    default:
      break;
  }
  if (!summary.binary_offset || job_.flags.json) return;
  // One line in the form of ripgrep, whose users look for it; it needs no heading.
  const std::string name = job_.names != SearchJob::Names::None ? quoted_ + ": " : "";
  output_.write(fmt::format("{}binary file matches (found \"\\0\" byte around offset {})\n", name,
                            *summary.binary_offset));
}

void FileSearch::show_count(std::uint64_t count) {
  if (count == 0 && !job_.flags.include_zero) return;
  std::string line;
  if (job_.names != SearchJob::Names::None) {
    append_styled(line, shown_name(), job_.style.name_color);
    line += job_.flags.null_after_name ? '\0' : ':';
  }
  output_.write(line + std::to_string(count) + job_.style.terminator);
}

}  // namespace folio::cli
