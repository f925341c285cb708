// SPDX-License-Identifier: Apache-2.0
#include "scan/grid_supply.h"

#include <algorithm>

namespace folio::scan {

GridSupply::GridSupply(Source& source, ByteRange range, std::uint64_t chunk_size, CutRules rules,
                       unsigned workers)
    : source_(source), range_(range), chunk_size_(chunk_size), rules_(rules) {
  readers_.reserve(workers);
  for (unsigned worker = 0; worker < workers; ++worker) readers_.push_back(source.open_reader());
}

// The grid is anchored at the beginning of the file, so that cells begin at pages whatever the range.
ByteRange GridSupply::cell(std::uint64_t index) const {
  if (rules_.records.kind == Records::Kind::Whole) return range_;
  const std::uint64_t first = range_.begin / chunk_size_;
  const ByteRange whole{(first + index) * chunk_size_, (first + index + 1) * chunk_size_};
  return intersect(whole, range_);
}

std::optional<std::uint64_t> GridSupply::count() const {
  if (range_.empty()) return 0;
  if (rules_.records.kind == Records::Kind::Whole) return 1;
  return (range_.end - 1) / chunk_size_ - range_.begin / chunk_size_ + 1;
}

unsigned GridSupply::depth() const {
  return readers_.front()->depth();
}

void GridSupply::prefetch(unsigned worker, std::uint64_t index) {
  readers_[worker]->prefetch(window_of(cell(index), rules_, source_.size()));
}

Fetched GridSupply::fetch(unsigned worker, std::uint64_t index, Chunk& chunk) {
  const Cut cut = cut_chunk(source_, *readers_[worker], cell(index), rules_);
  chunk = {.bytes = cut.bytes, .offset = cut.offset, .index = index, .worker = worker};
  return cut.state;
}

}  // namespace folio::scan
