// SPDX-License-Identifier: Apache-2.0
// Renders single lines of a chunk: finds their matches, counts their number, expands replacements.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "folio/search.h"
#include "pattern/matcher.h"
#include "search/replacement.h"

namespace folio::search {

/// What all workers of a search share.
struct RenderRules {
  const SearchOptions& options;
  const LineRenderer& render;
  const Replacement* replacement = nullptr;  ///< Null where there is none.
  std::uint64_t window_end = 0;              ///< File offset behind which NUL bytes count by line only.
};

/// Counts the line ends between one line and the next, on top of those of all earlier chunks.
class LineNumber {
 public:
  LineNumber(const Chunk& chunk, std::byte terminator, LineNumbers wanted, ChunkTurn& turn)
      : chunk_(chunk), terminator_(terminator), wanted_(wanted), turn_(turn) {}
  [[nodiscard]] std::uint64_t of(ByteRange line);

 private:
  const Chunk& chunk_;
  std::byte terminator_;
  LineNumbers wanted_;
  ChunkTurn& turn_;
  std::uint64_t next_ = 0;
  std::uint64_t counted_ = 0;
};

class LineWriter {
 public:
  LineWriter(const RenderRules& rules, pattern::Matcher& matcher, const Chunk& chunk, ChunkTurn& turn);

  /// Appends the line `range` of the chunk. Returns the number of its matches, where asked for.
  std::uint64_t write(std::string& out, ByteRange range, LineRole role);
  /// The same in parts: `after_part`, told where in the chunk a part's last match ends, may empty `out`; it
  /// ends the line by false.
  std::uint64_t write_parts(std::string& out, ByteRange range,
                            const std::function<bool(std::uint64_t end)>& after_part);
  /// File offset of the NUL byte for which the line must be withheld.
  [[nodiscard]] std::optional<std::uint64_t> binary_at(ByteRange range) const;
  /// File offset of the first NUL of this chunk inside the window.
  [[nodiscard]] std::optional<std::uint64_t> nul_in_window() const;

 private:
  /// What is searched for matches in a line, and where the line begins in it.
  struct Searched {
    ByteView text;
    std::size_t line_begin;
  };
  [[nodiscard]] Searched searched(ByteRange range) const;
  void find_submatches(ByteRange range);
  void render(std::string& out, LineMatch& match);
  void add_submatch(ByteView text, pattern::Span match, std::size_t line_begin);
  [[nodiscard]] LineMatch describe(ByteRange range);
  [[nodiscard]] ByteView without_end(ByteView line) const;

  const RenderRules& rules_;
  pattern::Matcher& matcher_;
  const Chunk& chunk_;
  LineNumber number_;
  std::uint64_t nul_;  // offset in the chunk of the first NUL inside the window; the chunk's size if none
  std::vector<ByteRange> submatches_;
  std::vector<std::string> replacements_;
  std::vector<pattern::Span> groups_;
};

}  // namespace folio::search
