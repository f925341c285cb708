// SPDX-License-Identifier: Apache-2.0
// Brings the blocks of a search together in file order: up to the limit of lines and to the first line
// withheld as binary, with the lines around selected ones that lie in other blocks.
#pragma once

#include "folio/search.h"
#include "search/text_block.h"

namespace folio::search {

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
  RenderedLines pending_;         // the last lines before the next block, none of them shown
  std::uint64_t unshown_ = 0;     // lines since the last one shown
  std::uint64_t after_left_ = 0;  // lines that are still to be shown behind the last selected one
  enum class Shown : std::uint8_t { Nothing, Something } shown_ = Shown::Nothing;
};

}  // namespace folio::search
