// SPDX-License-Identifier: Apache-2.0
// The content of a generated file, block by block. Blocks are independent of each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "folio/generate.h"
#include "generate/needle.h"

namespace folio::generate {

/// Part of the file format: another size gives other files.
inline constexpr std::size_t kBlockSize = std::size_t{1} << 20;

/// Everything that decides about the bytes of a file.
struct Recipe {
  GenerateKind kind = GenerateKind::Text;
  std::uint64_t seed = 1;
  Needle needle;
};

struct BlockCount {
  std::uint64_t lines = 0;
  std::uint64_t needle_count = 0;
  std::uint64_t needle_lines = 0;
};

class BlockSource {
 public:
  virtual ~BlockSource() = default;
  BlockSource(const BlockSource&) = delete;
  BlockSource& operator=(const BlockSource&) = delete;

  /// Renders the first `size` bytes of block `index`; from any thread. Returns the number of newlines.
  /// REQUIRES: size <= kBlockSize and block_slack(needle) more writable bytes behind them.
  [[nodiscard]] virtual std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const = 0;

 protected:
  BlockSource() = default;
};

/// The sources keep a view of the needle's text.
[[nodiscard]] std::unique_ptr<BlockSource> make_text_source(const Recipe& recipe);
[[nodiscard]] std::unique_ptr<BlockSource> make_log_source(const Recipe& recipe);
[[nodiscard]] std::unique_ptr<BlockSource> make_random_source(const Recipe& recipe);
[[nodiscard]] std::unique_ptr<BlockSource> make_zeros_source(const Recipe& recipe);
[[nodiscard]] std::unique_ptr<BlockSource> make_binary_source(const Recipe& recipe);

[[nodiscard]] std::unique_ptr<BlockSource> make_source(const Recipe& recipe);

[[nodiscard]] std::size_t block_slack(const Needle& needle);

}  // namespace folio::generate
