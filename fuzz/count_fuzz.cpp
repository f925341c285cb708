// SPDX-License-Identifier: Apache-2.0
// Counting against the slow obvious wc, on every target of this machine: the first two bytes say how the rest
// is cut and in which order the parts are merged.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "count/count_oracle.h"
#include "folio/count.h"
#include "simd/dispatch.h"

namespace {

using folio::ByteView;
using folio::CountFields;
using folio::CountPartial;
using folio::Counts;

std::vector<CountPartial> count_parts(ByteView bytes, std::size_t chunk_max, std::minstd_rand& random) {
  std::vector<CountPartial> parts;
  while (!bytes.empty()) {
    const std::size_t size = std::min<std::size_t>(bytes.size(), 1 + random() % chunk_max);
    folio::count_chunk(parts.emplace_back(), bytes.first(size), CountFields::all());
    bytes = bytes.subspan(size);
  }
  return parts;
}

Counts merge_at_random(std::vector<CountPartial> parts, std::minstd_rand& random) {
  if (parts.empty()) return {};
  while (parts.size() > 1) {
    const std::size_t left = random() % (parts.size() - 1);
    parts[left].merge(std::move(parts[left + 1]));
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(left) + 1);
  }
  return parts.front().counts();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const folio::count_detail::Utf8Locale locale;
  if (!locale.ok() || size < 2) return 0;
  const ByteView bytes = std::as_bytes(std::span{data, size}).subspan(2);
  const Counts expected = folio::count_detail::oracle_counts(bytes);
  for (const auto target : folio::simd::supported_targets()) {
    if (!folio::simd::force_target(target)) std::abort();
    std::minstd_rand random{data[0] + 1U};
    const std::size_t chunk_max = 1 + std::size_t{data[1]};
    if (merge_at_random(count_parts(bytes, chunk_max, random), random) != expected) std::abort();
    CountPartial whole;
    folio::count_chunk(whole, bytes, CountFields::all());
    if (whole.counts() != expected) std::abort();
  }
  return 0;
}
