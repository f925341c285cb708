// SPDX-License-Identifier: Apache-2.0
#include "cli/search/text_renderer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "cli/search/style.h"

namespace folio::cli {

namespace {

// A line as it is shown: the replacements in place of the matches.
struct Shown {
  std::string_view text;
  std::span<const ByteRange> matches;
  std::string replaced_text;
  std::vector<ByteRange> replaced_matches;

  explicit Shown(const LineMatch& match) : text(to_text(match.line)), matches(match.submatches) {
    if (match.replacements.empty()) return;
    std::size_t done = 0;
    for (std::size_t i = 0; i < match.submatches.size(); ++i) {
      const ByteRange part = match.submatches[i];
      replaced_text += text.substr(done, part.begin - done);
      const std::size_t begin = replaced_text.size();
      replaced_text += match.replacements[i];
      replaced_matches.push_back({begin, replaced_text.size()});
      done = part.end;
    }
    // A match across lines may end behind the line's end, which is not part of the text.
    replaced_text += text.substr(std::min(done, text.size()));
    text = replaced_text;
    matches = replaced_matches;
  }
};

// Which line of a block a place lies in; places are asked for in ascending order.
class LinePlaces {
 public:
  LinePlaces(std::string_view text, const TextStyle& style) : text_(text), style_(style) {}

  void advance_to(std::size_t at) {
    if (style_.lines == TextStyle::Lines::Single) return;
    const std::string_view passed = text_.substr(done_, at - done_);
    if (const std::size_t last = passed.rfind(style_.terminator); last != std::string_view::npos) {
      lines_ += static_cast<std::uint64_t>(std::ranges::count(passed, style_.terminator));
      line_begin_ = done_ + last + 1;
    }
    done_ = at;
  }
  /// Lines before the one at hand, and where that begins.
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::size_t line_begin() const { return line_begin_; }

 private:
  std::string_view text_;
  const TextStyle& style_;
  std::size_t done_ = 0;
  std::size_t line_begin_ = 0;
  std::uint64_t lines_ = 0;
};

class TextRenderer {
 public:
  explicit TextRenderer(TextStyle style) : style_(std::move(style)) {
    if (!style_.name.empty()) append_styled(name_, style_.name, style_.name_color);
  }

  void operator()(std::string& out, const LineMatch& match) const {
    if (style_.show != TextStyle::Show::Lines && !match.submatches.empty()) {
      const Shown shown(match);
      return style_.show == TextStyle::Show::Matches ? append_matches(out, match, shown)
                                                     : append_line_each_match(out, match, shown);
    }
    if (match.replacements.empty()) return append_lines(out, match, to_text(match.line), match.submatches);
    const Shown shown(match);
    append_lines(out, match, shown.text, shown.matches);
  }

 private:
  struct Place {
    std::uint64_t number = 0;
    std::uint64_t column = 0;  // 0: none
    std::uint64_t offset = 0;
    LineRole role = LineRole::Match;
  };

  [[nodiscard]] std::string_view separator(LineRole role) const {
    return role == LineRole::Match ? style_.match_separator : style_.context_separator;
  }

  void append_number(std::string& out, std::uint64_t value, const std::string& color, LineRole role) const {
    const fmt::format_int number(value);
    append_styled(out, {number.data(), number.size()}, color);
    out += separator(role);
  }

  void append_prefix(std::string& out, const Place& place) const {
    if (!name_.empty()) {
      out += name_;
      if (style_.name_end == TextStyle::NameEnd::Nul) {
        out += '\0';
      } else {
        out += separator(place.role);
      }
    }
    if (style_.line_numbers == LineNumbers::Yes) {
      append_number(out, place.number, style_.number_color, place.role);
    }
    if (style_.columns == TextStyle::Columns::Yes && place.column > 0) {
      append_number(out, place.column, style_.column_color, place.role);
    }
    if (style_.offsets == TextStyle::Offsets::Yes) {
      append_number(out, place.offset, style_.column_color, place.role);
    }
  }

  [[nodiscard]] std::size_t line_end(std::string_view text, std::size_t from) const {
    if (style_.lines == TextStyle::Lines::Single) return text.size();
    return std::min(text.find(style_.terminator, from), text.size());
  }

  // All lines of a block; there is more than one where matches reach across lines.
  void append_lines(std::string& out, const LineMatch& match, std::string_view text,
                    std::span<const ByteRange> matches) const {
    Place place{match.number, matches.empty() ? 0 : matches.front().begin + 1, match.offset, match.role};
    for (std::size_t begin = 0;;) {
      const std::size_t end = line_end(text, begin);
      append_prefix(out, place);
      const bool is_last = end == text.size();
      const bool ended = !is_last || (match.end == LineEnd::Terminator && match.replacements.empty());
      append_part(out, text, {begin, end}, matches, {match.role, ended ? 1U : 0U});
      out += style_.terminator;
      if (is_last) return;
      place.offset += end + 1 - begin;
      ++place.number;
      begin = end + 1;
      while (!matches.empty() && matches.front().end <= begin) matches = matches.subspan(1);
    }
  }

  void append_matches(std::string& out, const LineMatch& match, const Shown& shown) const {
    LinePlaces places(shown.text, style_);
    for (const ByteRange& part : shown.matches) {
      Place place = place_of(match, places, part.begin);
      const std::size_t part_end = std::min<std::size_t>(part.end, shown.text.size());
      for (std::size_t begin = part.begin;;) {
        const std::size_t end = std::min(line_end(shown.text, begin), part_end);
        // Of a match that reaches across lines, empty lines are not worth one of their own.
        if (begin < end || part.empty()) {
          append_prefix(out, place);
          append_part(out, shown.text, {begin, end}, {&part, 1}, {match.role, 0});
          out += style_.terminator;
        }
        if (end >= part_end) break;
        ++place.number;
        begin = end + 1;
      }
    }
  }

  void append_line_each_match(std::string& out, const LineMatch& match, const Shown& shown) const {
    LinePlaces places(shown.text, style_);
    for (const ByteRange& part : shown.matches) {
      const Place place = place_of(match, places, part.begin);
      append_prefix(out, place);
      const ByteRange line{places.line_begin(), line_end(shown.text, part.begin)};
      const bool is_wide = line.size() + 1 > style_.width_max;
      append_part(out, shown.text, line, is_wide ? shown.matches : std::span{&part, 1}, {match.role, 1});
      out += style_.terminator;
    }
  }

  // Where a match begins that may lie behind the first line of a block.
  [[nodiscard]] static Place place_of(const LineMatch& match, LinePlaces& places, std::size_t at) {
    places.advance_to(at);
    return {match.number + places.lines(), at - places.line_begin() + 1, match.offset + at, match.role};
  }

  struct PartKind {
    LineRole role;
    std::uint64_t end_size;  // what the line's end adds to its width
  };
  void append_part(std::string& out, std::string_view text, ByteRange part,
                   std::span<const ByteRange> matches, PartKind kind) const {
    const bool is_wide = part.size() + kind.end_size > style_.width_max;
    if (is_wide) return append_long_part(out, text, part, matches, kind.role);
    if (style_.trim == TextStyle::Trim::Yes) {
      constexpr std::string_view kBlanks = " \t\v\f\r\n";
      const std::string_view shown = text.substr(part.begin, part.size());
      part.begin += std::min(shown.find_first_not_of(kBlanks), shown.size());
    }
    append_colored(out, text, part, matches);
  }

  void append_colored(std::string& out, std::string_view text, ByteRange part,
                      std::span<const ByteRange> matches) const {
    std::size_t done = part.begin;
    if (!style_.match_color.empty()) {
      for (std::size_t i = 0; i < matches.size(); ++i) {
        if (matches[i].begin >= part.end) break;
        ByteRange inside{std::max<std::uint64_t>(matches[i].begin, done), std::min(matches[i].end, part.end)};
        if (inside.begin >= inside.end) continue;
        // Matches that touch are shown as one.
        while (i + 1 < matches.size() && matches[i + 1].begin == inside.end) {
          inside.end = std::min(matches[++i].end, part.end);
        }
        out += text.substr(done, inside.begin - done);
        append_styled(out, text.substr(inside.begin, inside.size()), style_.match_color);
        done = inside.end;
      }
    }
    out += text.substr(done, part.end - done);
  }

  void append_long_part(std::string& out, std::string_view text, ByteRange part,
                        std::span<const ByteRange> matches, LineRole role) const {
    if (style_.long_lines == TextStyle::LongLines::Preview) {
      const ByteRange preview{part.begin, end_of_characters(text, part)};
      append_colored(out, text, preview, matches);
      const auto rest = std::ranges::count_if(
          matches, [&](const ByteRange& m) { return m.begin >= preview.end && m.begin < part.end; });
      if (matches.empty()) {
        out += " [... omitted end of long line]";
      } else {
        fmt::format_to(std::back_inserter(out), " [... {} more match{}]", rest, rest == 1 ? "" : "es");
      }
    } else if (matches.empty() || style_.show == TextStyle::Show::Matches) {
      out += role == LineRole::Match ? "[Omitted long matching line]" : "[Omitted long context line]";
    } else {
      fmt::format_to(std::back_inserter(out), "[Omitted long line with {} matches]", matches.size());
    }
  }

  // Where the first `width_max` characters of a part end.
  [[nodiscard]] std::size_t end_of_characters(std::string_view text, ByteRange part) const {
    std::uint64_t count = 0;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
      if (!continues && count++ == style_.width_max) return at;
    }
    return part.end;
  }

  TextStyle style_;
  std::string name_;
};

}  // namespace

LineRenderer text_renderer(const TextStyle& style) {
  return TextRenderer(style);
}

}  // namespace folio::cli
