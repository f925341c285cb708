// SPDX-License-Identifier: Apache-2.0
#include "cli/search/job.h"

#include <utility>

namespace folio::cli {

namespace {

PatternSyntax syntax_of(const SearchFlags& flags, EngineChoice engine) {
  if (engine == EngineChoice::Perl) return PatternSyntax::Perl;
  return flags.fixed ? PatternSyntax::Literal : PatternSyntax::Regex;
}

ContextLines context_of(const SearchFlags& flags) {
  ContextLines context;
  if (flags.passthru) context.which = OtherLines::All;
  context.before = flags.before.value_or(flags.around);
  context.after = flags.after.value_or(flags.around);
  if (!flags.json && flags.context_separator)
    context.separator = *flags.context_separator + (flags.null_data ? '\0' : '\n');
  return context;
}

TextStyle style_of(const SearchFlags& flags, LineNumbers numbers) {
  TextStyle style;
  style.line_numbers = numbers;
  if (flags.column || flags.vimgrep) style.columns = TextStyle::Columns::Yes;
  if (flags.byte_offset) style.offsets = TextStyle::Offsets::Yes;
  if (flags.vimgrep) style.show = TextStyle::Show::LineEachMatch;
  if (flags.only_matching) style.show = TextStyle::Show::Matches;
  if (flags.trim) style.trim = TextStyle::Trim::Yes;
  if (flags.max_columns > 0) style.width_max = flags.max_columns;
  if (flags.max_columns_preview) style.long_lines = TextStyle::LongLines::Preview;
  style.match_separator = flags.field_match_separator;
  style.context_separator = flags.field_context_separator;
  if (flags.null_after_name) style.name_end = TextStyle::NameEnd::Nul;
  if (flags.null_data) style.terminator = '\0';
  const bool colors =
      !flags.json &&
      use_color(flags.vimgrep && flags.scan.color == Color::Auto ? Color::Never : flags.scan.color);
  if (!colors) return style;
  style.name_color = flags.styles.path.sequence();
  style.number_color = flags.styles.line.sequence();
  style.column_color = flags.styles.column.sequence();
  if (flags.styles.match != StyleSheet::Style{}) style.match_color = flags.styles.match.sequence();
  return style;
}

bool needs_submatches(const SearchFlags& flags, const TextStyle& style, SearchMode mode) {
  if (mode == SearchMode::CountMatches || flags.json || flags.stats) return true;
  return style.show != TextStyle::Show::Lines || style.columns == TextStyle::Columns::Yes ||
         !style.match_color.empty() || flags.replacement.has_value();
}

SearchMode mode_of(const SearchFlags& flags, const Pattern& pattern) {
  const bool spans = pattern.reach() == Reach::AcrossRecords;
  if (flags.quiet) return SearchMode::Lines;
  if (flags.mode == SearchMode::Count && !flags.invert && (flags.only_matching || spans)) {
    return SearchMode::CountMatches;
  }
  return flags.mode == SearchMode::CountMatches && flags.invert ? SearchMode::Count : flags.mode;
}

}  // namespace

std::string SearchJob::separator() const {
  if (!shows_lines() || flags.json) return "";
  // A heading without its name is still an empty line.
  const bool empty_heading = names == Names::None && flags.heading.value_or(false) && !flags.vimgrep;
  if (names == Names::Heading || empty_heading) return "\n";
  return options.context.which == OtherLines::Near && options.context.any() ? options.context.separator : "";
}

Result<Pattern> make_pattern(const SearchFlags& flags, std::span<const std::string> patterns) {
  PatternOptions options = flags.pattern;
  if (flags.multiline) options.reach = Reach::AcrossRecords;
  if (flags.null_data) options.terminator = std::byte{0};
  options.syntax = syntax_of(flags, flags.engine);
  if (options.algorithm != SearchAlgorithm::Auto && patterns.size() == 1) {
    return Pattern::literal(to_bytes(patterns.front()), options);
  }
  auto pattern = Pattern::compile(patterns, options);
  if (pattern || flags.engine != EngineChoice::Auto) return pattern;
  options.syntax = syntax_of(flags, EngineChoice::Perl);
  auto perl = Pattern::compile(patterns, options);
  return perl ? std::move(perl) : std::move(pattern);
}

SearchJob make_job(const SearchFlags& flags, Pattern pattern, SearchJob::Names names, LineNumbers numbers) {
  SearchJob job{.flags = flags,
                .pattern = std::move(pattern),
                .mode = SearchMode::Lines,
                .options = {},
                .style = {},
                .names = names};
  job.mode = mode_of(flags, job.pattern);
  job.style = style_of(flags, numbers);
  SearchOptions& options = job.options;
  options.selection = flags.invert ? Selection::NotMatching : Selection::Matching;
  options.line_count_max = flags.max_count;
  options.line_numbers = numbers;
  options.submatches = needs_submatches(flags, job.style, job.mode) ? Submatches::Yes : Submatches::No;
  const bool all_bytes = flags.binary == BinaryFiles::AsText || flags.null_data || flags.json;
  options.binary = all_bytes ? BinaryData::AsText : BinaryData::Withhold;
  options.context = context_of(flags);
  options.replacement = flags.replacement;
  options.scan = scan_options(flags.scan);
  return job;
}

void Verdict::note(ExitStatus status) {
  const std::scoped_lock lock(mutex_);
  status_ = graver(status_, status);
}

void Verdict::add(const SearchTotals& totals) {
  const std::scoped_lock lock(mutex_);
  totals_.add(totals);
}

bool Verdict::is_interrupted() {
  const std::scoped_lock lock(mutex_);
  return status_ == ExitStatus::Interrupted;
}

ExitStatus Verdict::status(const SearchFlags& flags) {
  const std::scoped_lock lock(mutex_);
  if (status_ == ExitStatus::Interrupted) return status_;
  // A match is an answer: with -q no error elsewhere can take it back.
  if (flags.quiet && found()) return ExitStatus::Success;
  return status_ == ExitStatus::Success && !found() ? ExitStatus::No : status_;
}

SearchTotals Verdict::totals() {
  const std::scoped_lock lock(mutex_);
  return totals_;
}

}  // namespace folio::cli
