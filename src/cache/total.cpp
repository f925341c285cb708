// SPDX-License-Identifier: Apache-2.0
#include "cache/total.h"

#include <algorithm>
#include <utility>

namespace folio::cache_detail {

namespace {

/// What is known of both together.
ResidencyMethod weaker(ResidencyMethod a, ResidencyMethod b) {
  if (a == ResidencyMethod::Unknown || b == ResidencyMethod::Unknown) return ResidencyMethod::Unknown;
  return a == ResidencyMethod::Cachestat ? b : a;
}

}  // namespace

void CacheTotal::add(const CachedFile& file) {
  switch (file.fate) {
    case FileFate::Done:
      ++files;
      size += file.outcome.state.range.size();
      pages += file.outcome.state.total;
      resident_before += file.outcome.before.resident;
      bytes += file.outcome.bytes;
      method = weaker(method, file.outcome.state.method);
      break;
    case FileFate::Failed:
      ++failed;
      break;
    case FileFate::Repeated:
      ++repeated;
      break;
    case FileFate::Special:
      ++skipped;
      break;
    case FileFate::Unwanted:
      break;
  }
}

std::uint64_t bytes_of_pages(std::uint64_t pages, const CacheState& state) {
  return std::min(pages * state.page_size, state.range.size());
}

bool Ranking::is_ahead(const Ranked& a, const Ranked& b) {
  return a.value != b.value ? a.value > b.value : a.number < b.number;
}

void Ranking::add(CachedFile file) {
  const CacheState& state = file.outcome.state;
  const std::uint64_t value = order_ == CacheOrder::Size       ? state.range.size()
                              : order_ == CacheOrder::Resident ? state.total.resident
                                                               : 0;
  heap_.push_back({.value = value, .number = added_++, .file = std::move(file)});
  std::ranges::push_heap(heap_, is_ahead);
  if (heap_.size() <= top_) return;
  std::ranges::pop_heap(heap_, is_ahead);
  heap_.pop_back();
}

std::vector<CachedFile> Ranking::take() {
  std::ranges::sort_heap(heap_, is_ahead);
  std::vector<CachedFile> files;
  files.reserve(heap_.size());
  for (Ranked& ranked : heap_) files.push_back(std::move(ranked.file));
  heap_.clear();
  return files;
}

}  // namespace folio::cache_detail
