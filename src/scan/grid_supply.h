// SPDX-License-Identifier: Apache-2.0
// Chunks from a Source with positional access: cells of equal size, cut at records.
#pragma once

#include <memory>
#include <vector>

#include "scan/cutter.h"
#include "scan/source.h"
#include "scan/supply.h"

namespace folio::scan {

class GridSupply final : public ChunkSupply {
 public:
  /// `range` lies inside the source; records that begin in it are delivered.
  GridSupply(Source& source, ByteRange range, std::uint64_t chunk_size, CutRules rules, unsigned workers);

  [[nodiscard]] std::optional<std::uint64_t> count() const override;
  [[nodiscard]] unsigned depth() const override;
  void prefetch(unsigned worker, std::uint64_t index) override;
  [[nodiscard]] Fetched fetch(unsigned worker, std::uint64_t index, Chunk& chunk) override;
  [[nodiscard]] std::uint64_t valid_end() override { return source_.valid_end(); }
  [[nodiscard]] std::optional<Error> damage() const override { return source_.damage(); }
  [[nodiscard]] Access access(unsigned worker) const override { return readers_[worker]->access(); }
  [[nodiscard]] ByteRange extent() const override { return range_; }

 private:
  [[nodiscard]] ByteRange cell(std::uint64_t index) const;

  Source& source_;
  ByteRange range_;
  std::uint64_t chunk_size_;
  CutRules rules_;
  std::vector<std::unique_ptr<Reader>> readers_;
};

}  // namespace folio::scan
