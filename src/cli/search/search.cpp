// SPDX-License-Identifier: Apache-2.0
// folio search: lines that match a pattern, in files, directories and streams.
#include <fmt/format.h>

#include <algorithm>

#include "cli/read_whole.h"
#include "cli/search/follow.h"
#include "cli/search/job.h"
#include "cli/search/list_files.h"
#include "cli/search/run.h"
#include "os/memory_reuse.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

bool is_list(SearchMode mode) {
  return mode == SearchMode::Files || mode == SearchMode::TypeList;
}

// Lines of a text; the last one may lack its end.
void append_lines(std::vector<std::string>& lines, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

Result<std::vector<std::string>> all_patterns(SearchFlags& flags) {
  std::vector<std::string> patterns = flags.patterns;
  for (const std::string& name : flags.pattern_files) {
    const auto text = read_whole(name);
    if (!text) return std::unexpected(text.error());
    append_lines(patterns, *text);
  }
  const bool by_flag = !flags.patterns.empty() || !flags.pattern_files.empty();
  if (by_flag || flags.words.empty()) return patterns;
  patterns.push_back(flags.words.front());
  flags.words.erase(flags.words.begin());
  return patterns;
}

// Where no files are named: standard input if something may come from there, else the current directory.
std::vector<std::string> default_roots(const SearchFlags& flags) {
  const bool reads_patterns = std::ranges::find(flags.pattern_files, "-") != flags.pattern_files.end();
  const auto input =
      reads_patterns || is_list(flags.mode) ? std::nullopt : std::optional{File::standard_input()};
  const bool is_input = input && *input &&
                        ((*input)->kind() == FileKind::Regular || (*input)->kind() == FileKind::Pipe ||
                         (*input)->kind() == FileKind::Socket);
  return {is_input ? "-" : "."};
}

SearchJob::Names names_of(const SearchFlags& flags, const std::vector<std::string>& roots) {
  const bool many = roots.size() > 1 || is_directory(roots.front());
  const bool shown = flags.with_filename.value_or(flags.vimgrep || many);
  if (!shown) return SearchJob::Names::None;
  const bool heading =
      flags.heading.value_or(os::is_terminal(os::kStandardOutput)) && flags.follow == Follow::No;
  return heading && !flags.vimgrep ? SearchJob::Names::Heading : SearchJob::Names::EachLine;
}

LineNumbers numbers_of(const SearchFlags& flags, const std::vector<std::string>& roots) {
  const bool only_input = roots.size() == 1 && roots.front() == "-";
  const bool by_default =
      flags.column || flags.vimgrep || flags.json || (os::is_terminal(os::kStandardOutput) && !only_input);
  return flags.line_number.value_or(by_default) ? LineNumbers::Yes : LineNumbers::No;
}

std::string stats_text(const SearchTotals& totals, std::chrono::nanoseconds elapsed) {
  const auto seconds = [](std::chrono::nanoseconds time) { return static_cast<double>(time.count()) / 1e9; };
  return fmt::format(
      "\n{} matches\n{} matched lines\n{} files contained matches\n{} files searched\n{} bytes printed\n"
      "{} bytes searched\n{:.6f} seconds spent searching\n{:.6f} seconds\n",
      totals.matches, totals.matched_lines, totals.searches_with_match, totals.searches, totals.bytes_printed,
      totals.bytes_searched, seconds(totals.elapsed), seconds(elapsed));
}

ExitStatus refuse(std::string_view what) {
  complain("search: " + std::string{what} + " (`folio search --help` tells more)");
  return ExitStatus::Failure;
}

// What the flags ask for together and can't have.
std::optional<std::string> contradiction(const SearchFlags& flags) {
  const bool counts = flags.mode != SearchMode::Lines;
  if (flags.json && (counts || flags.vimgrep)) {
    return "--json shows lines only: not with counts, lists or --vimgrep";
  }
  if (flags.follow == Follow::Yes && (counts || flags.multiline || flags.quiet)) {
    return "--follow shows lines as they come: not with counts, lists, -q or -U";
  }
  return std::nullopt;
}

void show_totals(const SearchFlags& flags, OutputGate& gate, Verdict& verdict,
                 std::chrono::nanoseconds elapsed) {
  const bool wanted = flags.json || (flags.stats && !is_list(flags.mode));
  if (!wanted || verdict.is_interrupted()) return;
  SearchTotals totals = verdict.totals();
  totals.bytes_printed = gate.written();
  gate.write_last(flags.json ? json_summary(totals, elapsed) : stats_text(totals, elapsed));
}

ExitStatus search(SearchFlags& flags, Pattern pattern, std::vector<std::string> roots) {
  const auto begin = std::chrono::steady_clock::now();
  os::keep_freed_memory();
  const SearchJob job = make_job(flags, std::move(pattern), names_of(flags, roots), numbers_of(flags, roots));
  Output output;
  OutputGate gate(output, output_order(flags, roots));
  Verdict verdict;
  if (flags.follow == Follow::Yes) {
    follow_all(job, roots, gate, verdict);
  } else {
    search_all(job, roots, gate, verdict);
  }
  show_totals(flags, gate, verdict, std::chrono::steady_clock::now() - begin);
  return output.finish(verdict.status(flags));
}

}  // namespace

ExitStatus run_search(Words words) {
  SearchFlags flags;
  if (const auto done = parse_search_flags(words, flags)) return *done;
  if (const auto sentence = contradiction(flags)) return refuse(*sentence);
  if (flags.mode == SearchMode::TypeList) return list_types(flags);

  const auto patterns = is_list(flags.mode) ? Result<std::vector<std::string>>{} : all_patterns(flags);
  if (!patterns) return tell_error(patterns.error());
  const bool has_pattern = !flags.patterns.empty() || !flags.pattern_files.empty() || !patterns->empty();
  if (!has_pattern && !is_list(flags.mode)) return refuse("a pattern is missing");
  std::vector<std::string> roots = flags.words;
  if (roots.empty()) {
    roots = default_roots(flags);
    flags.walk.current_prefix = CurrentPrefix::Strip;
  }
  if (flags.mode == SearchMode::Files) return list_files(flags, roots);
  auto pattern = make_pattern(flags, *patterns);
  if (!pattern) return tell_error(pattern.error());
  return search(flags, std::move(*pattern), std::move(roots));
}

}  // namespace folio::cli
