// SPDX-License-Identifier: Apache-2.0
// folio search: lines that hold a literal.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress_line.h"
#include "cli/quantity.h"
#include "cli/scan_flags.h"
#include "cli/search_render.h"
#include "cli/text.h"
#include "folio/search.h"

namespace folio::cli {

namespace {

enum class Mode { Lines, Count, Names, Quiet };

struct SearchFlags {
  ScanFlags scan;
  std::string pattern;
  std::vector<std::string> files;
  PatternOptions how;
  std::uint64_t max_count = UINT64_MAX;
  bool count = false;
  bool include_zero = false;
  bool names = false;
  bool quiet = false;
  bool only_matching = false;
  bool line_number = false;
  bool no_line_number = false;
  bool byte_offset = false;
  bool ignore_case = false;
  bool invert = false;
  bool text = false;
  bool fixed = false;
  bool with_filename = false;
  bool no_filename = false;
};

Mode mode_of(const SearchFlags& flags) {
  if (flags.quiet) return Mode::Quiet;
  if (flags.names) return Mode::Names;
  return flags.count ? Mode::Count : Mode::Lines;
}

class SearchCommand {
 public:
  explicit SearchCommand(const SearchFlags& flags)
      : flags_(flags), mode_(mode_of(flags)), colors_(use_color(flags.scan.color)) {
    names_shown_ = flags.with_filename || (flags.files.size() > 1 && !flags.no_filename);
  }

  ExitStatus run() {
    std::vector<std::string> files = flags_.files;
    if (files.empty()) files.emplace_back("-");
    for (const std::string& name : files) {
      search(name);
      if (status_ == ExitStatus::Interrupted || closed_ == Flow::Stop) break;
      if (mode_ == Mode::Quiet && found_) break;
    }
    // A match is an answer: with -q no error elsewhere can take it back.
    if (mode_ == Mode::Quiet && found_ && status_ != ExitStatus::Interrupted) return ExitStatus::Success;
    if (status_ == ExitStatus::Success && !found_) status_ = ExitStatus::No;
    return output_.finish(status_);
  }

 private:
  void search(const std::string& name) {
    begun_ = false;
    const auto file = open_input(name);
    if (!file) return note(tell_error(file.error()));
    const auto pattern = Pattern::literal_for(*file, to_bytes(flags_.pattern), flags_.how);
    if (!pattern) return note(tell_error(pattern.error()));
    const std::string shown = name == "-" ? "<stdin>" : name;
    if (flags_.scan.explain) tell(quoted_name(shown) + ": " + pattern->explain());

    ProgressLine progress(shown, flags_.scan.progress);
    SearchOptions options = search_options(progress);
    const auto found = search_file(*file, *pattern, options, shown);
    progress.finish();
    if (!found) return note(tell_error(found.error()));
    note(tell_report(shown, found->report, flags_.scan));
    consume(name, *file, found->report);
    if (found->lines > 0 || found->binary_match) found_ = true;
    if (status_ != ExitStatus::Interrupted) show_summary(shown, *found);
  }

  void note(ExitStatus status) { status_ = graver(status_, status); }

  SearchOptions search_options(ProgressLine& progress) const {
    SearchOptions options;
    options.scan = scan_options(flags_.scan);
    options.scan.progress = progress.counters();
    options.selection = flags_.invert ? Selection::NotMatching : Selection::Matching;
    options.line_count_max = flags_.max_count;
    options.line_numbers = shows_line_numbers() ? LineNumbers::Yes : LineNumbers::No;
    options.binary = flags_.text ? BinaryData::AsText : BinaryData::Withhold;
    const bool wants_positions = flags_.only_matching || flags_.scan.json || colors_;
    options.submatches = wants_positions ? Submatches::Yes : Submatches::No;
    return options;
  }

  [[nodiscard]] bool shows_line_numbers() const {
    return !flags_.no_line_number && (flags_.line_number || flags_.scan.json);
  }

  Result<SearchSummary> search_file(const File& file, const Pattern& pattern, const SearchOptions& options,
                                    const std::string& shown) {
    switch (mode_) {
      case Mode::Count:
        return count_lines(file, pattern, options);
      case Mode::Names:
      case Mode::Quiet:
        return find_any_line(file, pattern, options);
      case Mode::Lines:
        break;
    }
    const LineRenderer render = flags_.scan.json ? json_renderer(shown) : text_renderer(style(shown));
    return search_lines(file, pattern, options, render,
                        [&](std::string_view text) { return deliver(shown, text); });
  }

  Flow deliver(const std::string& shown, std::string_view text) {
    if (flags_.scan.json) begin(shown);
    if (closed_ == Flow::Continue) closed_ = output_.write(text);
    return closed_;
  }

  void begin(const std::string& shown) {
    if (begun_) return;
    begun_ = true;
    closed_ = output_.write(json_begin(shown));
  }

  [[nodiscard]] TextStyle style(const std::string& shown) const {
    TextStyle style;
    if (names_shown_) style.name = quoted_name(shown);
    style.line_numbers = shows_line_numbers() ? LineNumbers::Yes : LineNumbers::No;
    if (flags_.byte_offset) style.offsets = TextStyle::Offsets::Yes;
    if (flags_.only_matching) style.show = TextStyle::Show::Matches;
    if (colors_) style.colors = TextStyle::Colors::Yes;
    return style;
  }

  void show_summary(const std::string& shown, const SearchSummary& found) {
    const std::string name = quoted_name(shown);
    if (mode_ == Mode::Quiet || closed_ == Flow::Stop) return;
    if (flags_.scan.json) {
      // A file without a selected line is passed over, but not one of which that is not known.
      if (mode_ == Mode::Lines && (found.binary_match || found.report.problem)) begin(shown);
      if (mode_ != Mode::Lines || begun_) closed_ = output_.write(json_end(shown, found));
    } else if (mode_ == Mode::Names) {
      if (found.lines > 0) closed_ = output_.write(name + "\n");
    } else if (mode_ == Mode::Count) {
      if (found.lines > 0 || flags_.include_zero) {
        closed_ = output_.write(
            fmt::format("{}{}{}\n", names_shown_ ? name : "", names_shown_ ? ":" : "", found.lines));
      }
    } else if (found.binary_match) {
      closed_ =
          output_.write(fmt::format("{}{}binary file matches: it holds NUL bytes (-a shows its lines)\n",
                                    names_shown_ ? name : "", names_shown_ ? ": " : ""));
    }
  }

  const SearchFlags& flags_;
  Mode mode_;
  bool colors_;
  bool names_shown_;
  bool found_ = false;
  bool begun_ = false;  // JSON: the present file's first message was written
  Flow closed_ = Flow::Continue;
  ExitStatus status_ = ExitStatus::Success;
  Output output_;
};

std::optional<SearchAlgorithm> parse_algorithm(std::string_view text) {
  if (text == "auto") return SearchAlgorithm::Auto;
  if (text == "boyer-moore") return SearchAlgorithm::BoyerMoore;
  if (text == "naive") return SearchAlgorithm::Naive;
  return std::nullopt;
}

void add_flags(CLI::App& app, SearchFlags& flags) {
  add_text(app, "PATTERN", flags.pattern, "The text to search for, as it is")->required();
  add_files(app, flags.files, "Files to search; - or none: standard input");
  app.add_flag("-F,--fixed-strings", flags.fixed, "The pattern is literal text (always so in this version)");
  app.add_flag("-i,--ignore-case", flags.ignore_case,
               "A to Z match a to z; other letters match themselves only");
  app.add_flag("-v,--invert-match", flags.invert, "Lines without the pattern");
  add_converted(
      app, "-m,--max-count", flags.max_count, [](std::string_view text) { return parse_number(text); },
      "a whole number", "Stop after NUM selected lines of each file")
      ->type_name("NUM");
  app.add_flag("-c,--count", flags.count, "Only the number of selected lines of each file that has any");
  app.add_flag("--include-zero", flags.include_zero, "With -c: files without a selected line as well");
  app.add_flag("-l,--files-with-matches", flags.names, "Only the names of files with a selected line");
  app.add_flag("-q,--quiet", flags.quiet, "Nothing but the exit status; ends at the first selected line");
  app.add_flag("-o,--only-matching", flags.only_matching,
               "Each match on a line of its own, not the whole line");
  app.add_flag("-n,--line-number", flags.line_number, "Line numbers, from 1");
  app.add_flag("-N,--no-line-number", flags.no_line_number, "No line numbers");
  app.add_flag("-b,--byte-offset", flags.byte_offset,
               "Offset of the line (with -o: of the match) in the file");
  app.add_flag("-H,--with-filename", flags.with_filename,
               "The file's name before each line, also for one file");
  app.add_flag("-I,--no-filename", flags.no_filename, "Never the file's name");
  app.add_flag("-a,--text", flags.text, "Show lines of binary files as well");
  add_converted(app, "--algorithm", flags.how.algorithm, parse_algorithm, "auto, boyer-moore or naive",
                "auto (SIMD), boyer-moore (the textbook) or naive (to compare with)");
  add_converted(app, "--max-record", flags.scan.record_size_max, parse_size,
                "a size in bytes (K, M, G allowed)", "Longest line that is accepted; default 1G");
  add_scan_flags(app, flags.scan);
  app.footer(
      "Binary files: a line is not shown, and the file is left with one sentence, if a NUL byte lies in that "
      "line, or\n"
      "before its end within the first 64 KiB searched. -a shows such lines; -c, -l and -q are not "
      "affected.\n"
      "With --range the lines that begin in the range are searched.\n"
      "Exit status: 0 found; 1 nothing found; 2 wrong usage or an error; 3 a file changed while it was "
      "searched, and the\n"
      "result is that of the bytes that standard error names.");
}

}  // namespace

ExitStatus run_search(Words words) {
  SearchFlags flags;
  CLI::App app{"Searches files for a literal, with all cores inside one file.", "folio search"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;
  if (flags.ignore_case) flags.how.letter_case = LetterCase::IgnoreAscii;
  if (const auto pattern = Pattern::literal(to_bytes(flags.pattern), flags.how); !pattern) {
    return tell_error(pattern.error());
  }
  return SearchCommand(flags).run();
}

}  // namespace folio::cli
