// SPDX-License-Identifier: Apache-2.0
// The three searches as folds over chunks of whole lines.
#include "folio/search.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pattern/pattern_state.h"
#include "search/line_cursor.h"
#include "simd/count_byte.h"
#include "simd/find_byte.h"

namespace folio {

namespace {

using pattern::LiteralSearcher;
using pattern::SearchState;
using search::kLineEnd;
using search::LineCursor;

ScanOptions by_lines(const SearchOptions& options) {
  ScanOptions scan = options.scan;
  scan.records = Records::lines();
  return scan;
}

std::uint64_t count_all_lines(ByteView lines) {
  const std::uint64_t ended = simd::count_byte(lines, kLineEnd);
  return ended + (!lines.empty() && lines.back() != kLineEnd ? 1 : 0);
}

struct CountBlock {
  SearchState state;  // what the searcher learnt stays with the slot
  std::uint64_t lines = 0;
  void clear() { lines = 0; }
};

// Result of rendering one chunk, or a part of it.
struct TextBlock {
  struct Line {
    std::size_t text_end = 0;
    std::uint64_t submatches = 0;  // up to the line's end
  };
  SearchState state;
  std::string text;
  std::uint64_t lines = 0;
  std::uint64_t submatches = 0;
  std::vector<Line> limits;    // kept where the number of lines is limited
  bool nul_in_window = false;  // concerns the blocks behind this one
  bool binary_line = false;    // a selected line was withheld, and everything after it

  void clear() {
    text.clear();
    lines = submatches = 0;
    limits.clear();
    nul_in_window = binary_line = false;
  }

  void add_line(std::uint64_t submatch_count, std::uint64_t line_count_max) {
    ++lines;
    submatches += submatch_count;
    if (line_count_max != UINT64_MAX) limits.push_back({text.size(), submatches});
  }

  /// Keeps the first `count` lines. REQUIRES: the number of lines is limited.
  void keep(std::uint64_t count) {
    const Line last = count == 0 ? Line{} : limits[count - 1];
    text.resize(last.text_end);
    submatches = last.submatches;
    lines = count;
  }
};

// Renders the selected lines of one chunk.
class ChunkRenderer {
 public:
  ChunkRenderer(const LiteralSearcher& searcher, const SearchOptions& options, const LineRenderer& render,
                std::uint64_t window_end)
      : searcher_(searcher), options_(options), render_(render), window_end_(window_end) {}

  void operator()(const Chunk& chunk, TextBlock& block, ChunkTurn& turn) const {
    const std::uint64_t nul = first_nul_in_window(chunk);
    LineCursor lines(searcher_, block.state, options_.selection, chunk.bytes);
    LineNumber number(chunk, options_.line_numbers, turn);
    std::vector<ByteRange> submatches;
    while (const auto range = lines.next()) {
      const ByteView whole = chunk.bytes.subspan(range->begin, range->size());
      const ByteView line = without_end(whole);
      if (is_binary(line, *range, nul)) {
        block.binary_line = true;
        return;
      }
      if (options_.submatches == Submatches::Yes) find_submatches(line, block.state, submatches);
      const LineEnd end = line.size() < whole.size() ? LineEnd::Newline : LineEnd::EndOfFile;
      render_(block.text, {line, chunk.offset + range->begin, number.of(*range), submatches, end});
      block.add_line(submatches.size(), options_.line_count_max);
      if (block.text.size() >= turn.budget() && turn.publish(chunk.offset + range->end) == Flow::Stop) return;
    }
    // Only for the lines behind this chunk: a line of its own that the NUL concerns has ended the loop.
    block.nul_in_window = nul < chunk.bytes.size();
  }

 private:
  // Counts the line ends between one selected line and the next, on top of those of all earlier chunks.
  class LineNumber {
   public:
    LineNumber(const Chunk& chunk, LineNumbers wanted, ChunkTurn& turn)
        : chunk_(chunk), wanted_(wanted), turn_(turn) {}

    std::uint64_t of(ByteRange line) {
      if (wanted_ == LineNumbers::No) return 0;
      if (next_ == 0) next_ = turn_.prefix() + 1;
      next_ += simd::count_byte(chunk_.bytes.subspan(counted_, line.begin - counted_), kLineEnd);
      counted_ = line.begin;
      return next_;
    }

   private:
    const Chunk& chunk_;
    LineNumbers wanted_;
    ChunkTurn& turn_;
    std::uint64_t next_ = 0;
    std::uint64_t counted_ = 0;
  };

  static ByteView without_end(ByteView line) {
    return !line.empty() && line.back() == kLineEnd ? line.first(line.size() - 1) : line;
  }

  // Offset in the chunk of the first NUL within the window; the chunk's size where there is none.
  [[nodiscard]] std::uint64_t first_nul_in_window(const Chunk& chunk) const {
    if (options_.binary == BinaryData::AsText || chunk.offset >= window_end_) return chunk.bytes.size();
    const std::uint64_t size = std::min<std::uint64_t>(chunk.bytes.size(), window_end_ - chunk.offset);
    const std::size_t found = simd::find_byte(chunk.bytes.first(size), std::byte{0});
    return found == size ? chunk.bytes.size() : found;
  }

  [[nodiscard]] bool is_binary(ByteView line, ByteRange range, std::uint64_t nul) const {
    if (options_.binary == BinaryData::AsText) return false;
    return nul < range.end || simd::find_byte(line, std::byte{0}) != line.size();
  }

  void find_submatches(ByteView line, SearchState& state, std::vector<ByteRange>& found) const {
    found.clear();
    const std::size_t size = searcher_.needle_size();
    if (options_.selection == Selection::NotMatching || size == 0) return;
    for (std::size_t from = 0;;) {
      const std::size_t at = searcher_.find(line, from, state);
      if (at == pattern::kNotFound) return;
      found.push_back({at, at + size});
      from = at + size;
    }
  }

  const LiteralSearcher& searcher_;
  const SearchOptions& options_;
  const LineRenderer& render_;
  std::uint64_t window_end_;
};

// Hands blocks on in file order, up to the limit of lines and to the first line withheld as binary.
class TextDelivery {
 public:
  TextDelivery(const SearchOptions& options, const TextSink& sink, SearchSummary& summary)
      : options_(options), sink_(sink), summary_(summary) {}

  Flow operator()(TextBlock& block) {
    if (nul_seen_ && (block.lines > 0 || block.binary_line)) return end_as_binary();
    const std::uint64_t left = options_.line_count_max - summary_.lines;
    if (block.lines > left) block.keep(left);
    summary_.lines += block.lines;
    summary_.submatches += block.submatches;
    if (!block.text.empty() && sink_(block.text) == Flow::Stop) return Flow::Stop;
    if (summary_.lines >= options_.line_count_max) return Flow::Stop;
    if (block.binary_line) return end_as_binary();
    nul_seen_ = nul_seen_ || (block.nul_in_window && options_.binary == BinaryData::Withhold);
    return Flow::Continue;
  }

 private:
  Flow end_as_binary() {
    summary_.binary_match = true;
    return Flow::Stop;
  }

  const SearchOptions& options_;
  const TextSink& sink_;
  SearchSummary& summary_;
  bool nul_seen_ = false;
};

std::uint64_t window_end(const File& file, const SearchOptions& options) {
  const std::uint64_t begin = options.scan.range ? options.scan.range->begin : file.start_offset();
  return begin > UINT64_MAX - kBinaryWindow ? UINT64_MAX : begin + kBinaryWindow;
}

Result<SearchSummary> with_report(SearchSummary summary, Result<ScanReport> report) {
  if (!report) return std::unexpected(std::move(report).error());
  summary.report = std::move(*report);
  return summary;
}

}  // namespace

Result<SearchSummary> count_lines(const File& file, const Pattern& pattern, const SearchOptions& options) {
  const LiteralSearcher& searcher = pattern.state().searcher;
  SearchSummary summary;
  auto report = scan_ordered<CountBlock>(
      file, by_lines(options),
      [&](const Chunk& chunk, CountBlock& block, ChunkTurn&) {
        block.lines = searcher.count_records(chunk.bytes, kLineEnd, block.state);
        if (options.selection == Selection::NotMatching)
          block.lines = count_all_lines(chunk.bytes) - block.lines;
      },
      [&](CountBlock& block, ByteRange) {
        summary.lines += std::min(block.lines, options.line_count_max - summary.lines);
        return summary.lines >= options.line_count_max ? Flow::Stop : Flow::Continue;
      });
  return with_report(std::move(summary), std::move(report));
}

Result<SearchSummary> find_any_line(const File& file, const Pattern& pattern, const SearchOptions& options) {
  const LiteralSearcher& searcher = pattern.state().searcher;
  SearchSummary summary;
  auto report = scan_ordered<CountBlock>(
      file, by_lines(options),
      [&](const Chunk& chunk, CountBlock& block, ChunkTurn&) {
        LineCursor lines(searcher, block.state, options.selection, chunk.bytes);
        block.lines = lines.next() ? 1 : 0;
      },
      [&](CountBlock& block, ByteRange) {
        summary.lines = std::max(summary.lines, block.lines);
        return summary.lines > 0 ? Flow::Stop : Flow::Continue;
      });
  return with_report(std::move(summary), std::move(report));
}

Result<SearchSummary> search_lines(const File& file, const Pattern& pattern, const SearchOptions& options,
                                   const LineRenderer& render, const TextSink& sink) {
  SearchSummary summary;
  TextDelivery deliver(options, sink, summary);
  const ChunkRenderer render_chunk(pattern.state().searcher, options, render, window_end(file, options));
  std::function<std::uint64_t(const Chunk&)> measure;
  if (options.line_numbers == LineNumbers::Yes) {
    measure = [](const Chunk& chunk) { return simd::count_byte(chunk.bytes, kLineEnd); };
  }
  auto report = scan_ordered<TextBlock>(
      file, by_lines(options), render_chunk, [&](TextBlock& block, ByteRange) { return deliver(block); },
      std::move(measure));
  return with_report(std::move(summary), std::move(report));
}

}  // namespace folio
