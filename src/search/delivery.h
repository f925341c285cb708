// SPDX-License-Identifier: Apache-2.0
// Brings the blocks of a search together in file order: up to the limit of lines and to the first line
// withheld as binary, with the lines around selected ones that lie in other blocks.
#pragma once

#include <deque>

#include "folio/search.h"
#include "search/text_block.h"

namespace folio::search {

/// The last lines before the next block, none of them shown, as far as they may still be.
class PendingLines {
 public:
  void clear();
  /// Takes over the last `count` lines of `lines`, and forgets those that more than `most` lines follow.
  void take(RenderedLines& lines, std::size_t count, std::uint64_t most);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  void append_last(std::string& out, std::uint64_t count) const;
  /// Whether lines had to be forgotten because all together would take too much memory.
  enum class Kept : std::uint8_t { All, TooMany };
  [[nodiscard]] Kept kept() const { return kept_; }

 private:
  static constexpr std::size_t kSizeMax = 32U << 20;

  void forget_first();

  std::deque<RenderedLines> parts_;
  std::uint64_t count_ = 0;
  std::size_t size_ = 0;
  Kept kept_ = Kept::All;
};

class Delivery {
 public:
  Delivery(const SearchOptions& options, const TextSink& sink, SearchSummary& summary)
      : options_(options), sink_(sink), summary_(summary) {}

  /// Takes blocks in file order. Flow::Stop: no more are needed.
  Flow take(TextBlock& block);
  [[nodiscard]] std::uint64_t lines_left() const { return options_.line_count_max - summary_.lines; }

 private:
  [[nodiscard]] Flow end_as_binary(std::uint64_t offset);
  [[nodiscard]] bool joins_neighbours() const {
    return options_.context.any() && options_.context.which == OtherLines::Near;
  }
  [[nodiscard]] bool is_done() const;
  void join(TextBlock& block);
  void join_selected(TextBlock& block, std::uint64_t lead_left);

  const SearchOptions& options_;
  const TextSink& sink_;
  SearchSummary& summary_;
  std::optional<std::uint64_t> nul_seen_;
  // With context:
  std::string joined_;
  PendingLines pending_;
  std::uint64_t unshown_ = 0;     // lines since the last one shown
  std::uint64_t after_left_ = 0;  // lines that are still to be shown behind the last selected one
  enum class Shown : std::uint8_t { Nothing, Something } shown_ = Shown::Nothing;
};

}  // namespace folio::search
