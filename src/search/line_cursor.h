// SPDX-License-Identifier: Apache-2.0
// Walks through the selected lines of a chunk of whole lines.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/search.h"
#include "pattern/literal_searcher.h"

namespace folio::search {

inline constexpr std::byte kLineEnd{'\n'};

class LineCursor {
 public:
  LineCursor(const pattern::LiteralSearcher& searcher, pattern::SearchState& state, Selection selection,
             ByteView lines)
      : searcher_(searcher), state_(state), selection_(selection), lines_(lines) {}

  /// The next selected line with its '\n', as offsets into the chunk; nothing behind the last.
  [[nodiscard]] std::optional<ByteRange> next();

 private:
  [[nodiscard]] std::optional<ByteRange> next_matching();
  [[nodiscard]] std::optional<ByteRange> next_not_matching();
  [[nodiscard]] std::uint64_t line_begin(std::uint64_t inside) const;
  [[nodiscard]] std::uint64_t line_end(std::uint64_t inside) const;

  const pattern::LiteralSearcher& searcher_;
  pattern::SearchState& state_;
  Selection selection_;
  ByteView lines_;
  std::uint64_t position_ = 0;           // begin of the next line to search
  std::uint64_t resume_ = 0;             // NotMatching: begin of the next line that may be selected
  std::optional<ByteRange> unselected_;  // NotMatching: the next line that is not
};

}  // namespace folio::search
