// SPDX-License-Identifier: Apache-2.0
#include "search/line_renderer.h"

#include <algorithm>

#include "search/line_cursor.h"
#include "simd/count_byte.h"
#include "simd/find_byte.h"

namespace folio::search {

namespace {

constexpr std::size_t kMatchesPerLook = 1U << 16;

std::uint64_t first_nul(const RenderRules& rules, const Chunk& chunk) {
  const std::uint64_t none = chunk.bytes.size();
  if (rules.options.binary == BinaryData::AsText || chunk.offset >= rules.window_end) return none;
  const std::uint64_t size = std::min<std::uint64_t>(none, rules.window_end - chunk.offset);
  const std::size_t found = simd::find_byte(chunk.bytes.first(size), std::byte{0});
  return found == size ? none : found;
}

}  // namespace

std::uint64_t LineNumber::of(ByteRange line) {
  if (wanted_ == LineNumbers::No) return 0;
  if (next_ == 0 || line.begin < counted_) {
    next_ = turn_.prefix() + 1;
    counted_ = 0;
  }
  next_ += simd::count_byte(chunk_.bytes.subspan(counted_, line.begin - counted_), terminator_);
  counted_ = line.begin;
  return next_;
}

LineWriter::LineWriter(const RenderRules& rules, pattern::Matcher& matcher, const Chunk& chunk,
                       ChunkTurn& turn)
    : rules_(rules),
      matcher_(matcher),
      chunk_(chunk),
      number_(chunk, matcher.terminator(), rules.options.line_numbers, turn),
      nul_(first_nul(rules, chunk)) {
  if (rules_.replacement != nullptr) groups_.resize(rules_.replacement->group_count());
}

ByteView LineWriter::without_end(ByteView line) const {
  return !line.empty() && line.back() == matcher_.terminator() ? line.first(line.size() - 1) : line;
}

LineMatch LineWriter::describe(ByteRange range) {
  const ByteView whole = chunk_.bytes.subspan(range.begin, range.size());
  LineMatch match;
  match.line = without_end(whole);
  match.offset = chunk_.offset + range.begin;
  match.number = number_.of(range);
  match.end = match.line.size() < whole.size() ? LineEnd::Terminator : LineEnd::EndOfFile;
  return match;
}

void LineWriter::render(std::string& out, LineMatch& match) {
  match.submatches = submatches_;
  if (rules_.replacement != nullptr) match.replacements = {replacements_.data(), submatches_.size()};
  rules_.render(out, match);
}

std::uint64_t LineWriter::write(std::string& out, ByteRange range, LineRole role) {
  LineMatch match = describe(range);
  match.role = role;
  submatches_.clear();
  // Where the lines without a match are selected, it is those around them that have matches.
  const LineRole with_matches =
      rules_.options.selection == Selection::Matching ? LineRole::Match : LineRole::Context;
  if (rules_.options.submatches != Submatches::No && role == with_matches) find_submatches(range);
  render(out, match);
  return submatches_.size();
}

std::uint64_t LineWriter::write_parts(std::string& out, ByteRange range,
                                      const std::function<bool(std::uint64_t end)>& after_part) {
  constexpr std::size_t kPartSize = 8192;
  const Searched searched_in = searched(range);
  LineMatch line = describe(range);
  MatchWalk walk(matcher_, searched_in.text, searched_in.line_begin);
  std::uint64_t count = 0;
  for (bool more = true; more;) {
    submatches_.clear();
    while (submatches_.size() < kPartSize) {
      const auto match = walk.next();
      more = match.has_value() && match->begin < searched_in.line_begin + range.size();
      if (!more) break;
      add_submatch(searched_in.text, *match, searched_in.line_begin);
    }
    if (submatches_.empty() && count > 0) break;
    count += submatches_.size();
    render(out, line);
    if (more && !after_part(range.begin + submatches_.back().end)) break;
  }
  return count;
}

// Matches across lines are looked for in the whole text, since they may depend on what surrounds the lines.
LineWriter::Searched LineWriter::searched(ByteRange range) const {
  if (matcher_.options().reach == Reach::AcrossRecords) return {chunk_.bytes, range.begin};
  return {matcher_.content(chunk_.bytes.subspan(range.begin, range.size())), 0};
}

void LineWriter::find_submatches(ByteRange range) {
  const auto [text, line_begin] = searched(range);
  MatchWalk walk(matcher_, text, line_begin);
  for (auto match = walk.next(); match && match->begin < line_begin + range.size(); match = walk.next()) {
    add_submatch(text, *match, line_begin);
    // One line may have millions; what is left out of it when the search is stopped is shown to nobody.
    const bool looks = submatches_.size() % kMatchesPerLook == 0;
    if (looks && rules_.options.scan.stop.stop_requested()) return;
  }
}

void LineWriter::add_submatch(ByteView text, pattern::Span match, std::size_t line_begin) {
  submatches_.push_back({match.begin - line_begin, match.end - line_begin});
  if (rules_.replacement == nullptr) return;
  if (replacements_.size() < submatches_.size()) replacements_.emplace_back();
  std::string& expanded = replacements_[submatches_.size() - 1];
  expanded.clear();
  if (matcher_.captures(text, match.begin, groups_)) rules_.replacement->expand(expanded, text, groups_);
}

std::optional<std::uint64_t> LineWriter::nul_in_window() const {
  if (nul_ == chunk_.bytes.size()) return std::nullopt;
  return chunk_.offset + nul_;
}

std::optional<std::uint64_t> LineWriter::binary_at(ByteRange range) const {
  if (rules_.options.binary == BinaryData::AsText) return std::nullopt;
  if (nul_ < range.end) return chunk_.offset + nul_;
  const ByteView line = chunk_.bytes.subspan(range.begin, range.size());
  const std::size_t found = simd::find_byte(line, std::byte{0});
  if (found == line.size() || matcher_.terminator() == std::byte{0}) return std::nullopt;
  return chunk_.offset + range.begin + found;
}

}  // namespace folio::search
