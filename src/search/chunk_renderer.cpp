// SPDX-License-Identifier: Apache-2.0
#include "search/chunk_renderer.h"

#include <algorithm>
#include <utility>

#include "pattern/record_end.h"
#include "search/line_cursor.h"
#include "simd/count_byte.h"
#include "simd/find_byte.h"

namespace folio::search {

namespace {

enum class Go : std::uint8_t { On, Stop };

// One chunk in the making.
class Rendering {
 public:
  Rendering(const RenderRules& rules, const Chunk& chunk, pattern::Matcher& matcher, TextBlock& block,
            ChunkTurn& turn)
      : options_(rules.options),
        chunk_(chunk),
        matcher_(matcher),
        block_(block),
        turn_(turn),
        writer_(rules, matcher, chunk, turn) {}

  void selected_lines() {
    LineCursor lines(matcher_, options_.selection, chunk_.bytes);
    while (const auto range = lines.next()) {
      if (add_match(*range) == Go::Stop || publish_when_full(range->end) == Go::Stop) return;
    }
    note_nul();
  }

  void all_lines() {
    LineCursor lines(matcher_, options_.selection, chunk_.bytes);
    std::uint64_t shown = 0;
    for (;;) {
      const auto range = lines.next();
      const std::uint64_t next = range ? range->begin : chunk_.bytes.size();
      while (shown < next) {
        const ByteRange line{shown, line_end(shown)};
        if (add_context(block_.text, line) == Go::Stop || publish_when_full(line.end) == Go::Stop) return;
        shown = line.end;
      }
      if (!range) break;
      if (add_match(*range) == Go::Stop || publish_when_full(range->end) == Go::Stop) return;
      shown = range->end;
    }
    note_nul();
  }

  void lines_with_neighbours(std::uint64_t lines_left) {
    LineCursor lines(matcher_, options_.selection, chunk_.bytes);
    std::uint64_t shown = 0;
    while (lines_left > 0) {
      const auto range = lines.next();
      if (!range) break;
      if (add_gap({shown, range->begin}) == Go::Stop || add_match(*range) == Go::Stop) return;
      shown = range->end;
      --lines_left;
      block_.after_open = options_.context.after;
      if (publish_when_full(shown) == Go::Stop) return;
    }
    if (add_rest({shown, chunk_.bytes.size()}) == Go::On) note_nul();
  }

 private:
  // Only for the lines behind this chunk: a line of its own that the NUL concerns has ended the loop.
  void note_nul() { block_.nul_in_window = writer_.nul_in_window(); }

  [[nodiscard]] std::uint64_t line_end(std::uint64_t begin) const {
    return pattern::behind_terminator(chunk_.bytes, begin, matcher_.terminator());
  }

  Go withhold_binary(ByteRange range) {
    block_.binary_line = writer_.binary_at(range);
    return block_.binary_line ? Go::Stop : Go::On;
  }

  Go add_match(ByteRange range) {
    if (withhold_binary(range) == Go::Stop) return Go::Stop;
    const bool in_parts =
        options_.submatches == Submatches::InParts && options_.selection == Selection::Matching;
    Go go = Go::On;
    const std::uint64_t submatches = in_parts ? writer_.write_parts(block_.text, range,
                                                                    [&](std::uint64_t end) {
                                                                      go = publish_when_full(end);
                                                                      return go == Go::On;
                                                                    })
                                              : writer_.write(block_.text, range, LineRole::Match);
    if (go == Go::Stop) return Go::Stop;
    block_.add_line(submatches, options_.line_count_max);
    return Go::On;
  }

  Go add_context(std::string& out, ByteRange range) {
    if (withhold_binary(range) == Go::Stop) return Go::Stop;
    writer_.write(out, range, LineRole::Context);
    return Go::On;
  }

  Go publish_when_full(std::uint64_t end) {
    if (block_.text.size() < turn_.budget()) return Go::On;
    return turn_.publish(chunk_.offset + end) == Flow::Stop ? Go::Stop : Go::On;
  }

  [[nodiscard]] std::uint64_t count_lines(ByteRange lines) const {
    if (lines.empty()) return 0;
    const ByteView bytes = chunk_.bytes.subspan(lines.begin, lines.size());
    return simd::count_byte(bytes, matcher_.terminator()) + (bytes.back() == matcher_.terminator() ? 0 : 1);
  }

  // The last `count` lines of `lines`, of which there are as many.
  [[nodiscard]] ByteRange last_lines(ByteRange lines, std::uint64_t count) const {
    std::uint64_t begin = lines.end;
    for (; count > 0; --count) {
      const ByteView before = chunk_.bytes.subspan(lines.begin, begin - lines.begin - 1);
      const std::size_t found = simd::find_last_byte(before, matcher_.terminator());
      begin = found == before.size() ? lines.begin : lines.begin + found + 1;
    }
    return {begin, lines.end};
  }

  // Adds the first `count` lines; returns where they end in `end`.
  Go add_first(std::string& out, ByteRange lines, std::uint64_t count, std::uint64_t& end) {
    end = lines.begin;
    for (; count > 0; --count) {
      const ByteRange line{end, line_end(end)};
      if (add_context(out, line) == Go::Stop) return Go::Stop;
      end = line.end;
    }
    return Go::On;
  }

  Go add_single(RenderedLines& out, ByteRange lines) {
    while (lines.begin < lines.end) {
      const ByteRange line{lines.begin, line_end(lines.begin)};
      if (add_context(out.text(), line) == Go::Stop) return Go::Stop;
      out.end_line();
      lines.begin = line.end;
    }
    return Go::On;
  }

  [[nodiscard]] ByteRange first_lines(ByteRange lines, std::uint64_t count) const {
    std::uint64_t end = lines.begin;
    for (; count > 0; --count) end = line_end(end);
    return {lines.begin, end};
  }

  // The lines before the first selected line of the block.
  Go add_lead(ByteRange lines, RenderedLines& last) {
    const std::uint64_t count = count_lines(lines);
    block_.lead_count = count;
    if (add_single(block_.head, first_lines(lines, std::min(count, options_.context.after))) == Go::Stop) {
      return Go::Stop;
    }
    return add_single(last, last_lines(lines, std::min(count, options_.context.before)));
  }

  // The lines between two selected ones, or before the first of the block.
  Go add_gap(ByteRange lines) {
    if (block_.lines == 0) return add_lead(lines, block_.before);
    const std::uint64_t count = count_lines(lines);
    const std::uint64_t after = std::min(count, options_.context.after);
    if (add_first(block_.text, lines, after, lines.begin) == Go::Stop) return Go::Stop;
    const std::uint64_t before = std::min(count - after, options_.context.before);
    if (before < count - after) block_.text += options_.context.separator;
    std::uint64_t end = 0;
    return add_first(block_.text, last_lines(lines, before), before, end);
  }

  // The lines behind the last selected one.
  Go add_rest(ByteRange lines) {
    if (block_.lines == 0) return add_lead(lines, block_.tail);
    const std::uint64_t count = count_lines(lines);
    const std::uint64_t after = std::min(count, options_.context.after);
    if (add_first(block_.text, lines, after, lines.begin) == Go::Stop) return Go::Stop;
    block_.after_open = options_.context.after - after;
    block_.tail_count = count - after;
    return add_single(block_.tail, last_lines(lines, std::min(count - after, options_.context.before)));
  }

  const SearchOptions& options_;
  const Chunk& chunk_;
  pattern::Matcher& matcher_;
  TextBlock& block_;
  ChunkTurn& turn_;
  LineWriter writer_;
};

}  // namespace

void ChunkRenderer::render(const Chunk& chunk, pattern::Matcher& matcher, TextBlock& block,
                           ChunkTurn& turn) const {
  const ContextLines& context = rules_.options.context;
  Rendering rendering(rules_, chunk, matcher, block, turn);
  if (!context.any()) return rendering.selected_lines();
  if (context.which == OtherLines::All) return rendering.all_lines();
  const bool limited = rules_.options.line_count_max != UINT64_MAX;
  rendering.lines_with_neighbours(limited ? lines_left_() : UINT64_MAX);
}

}  // namespace folio::search
