// SPDX-License-Identifier: Apache-2.0
// Turns a chunk into a TextBlock: the selected lines, and the lines around them.
#pragma once

#include <functional>

#include "folio/scan.h"
#include "search/line_renderer.h"
#include "search/text_block.h"

namespace folio::search {

/// Threads: one call per matcher at a time.
class ChunkRenderer {
 public:
  /// `lines_left` tells how many selected lines may still be shown; asked for only where they are limited and
  /// there is context, which needs a single worker.
  ChunkRenderer(const RenderRules& rules, std::function<std::uint64_t()> lines_left)
      : rules_(rules), lines_left_(std::move(lines_left)) {}

  void render(const Chunk& chunk, pattern::Matcher& matcher, TextBlock& block, ChunkTurn& turn) const;

 private:
  const RenderRules& rules_;
  std::function<std::uint64_t()> lines_left_;
};

}  // namespace folio::search
