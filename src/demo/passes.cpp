// SPDX-License-Identifier: Apache-2.0
#include "demo/passes.h"

#include <algorithm>

#include "bench/rounds.h"
#include "core/try.h"
#include "folio/mapping.h"
#include "simd/count_byte.h"

namespace folio::demo {

namespace {

constexpr std::byte kNewline{'\n'};

}  // namespace

Result<std::uint64_t> count_in_memory(ByteView bytes, const std::stop_token& stop) {
  std::uint64_t count = 0;
  while (!bytes.empty()) {
    FOLIO_TRY(bench::check_stop(stop));
    const ByteView piece = bytes.first(std::min<std::size_t>(bytes.size(), kReadBufferSize));
    count += simd::count_byte(piece, kNewline);
    bytes = bytes.subspan(piece.size());
  }
  return count;
}

Result<std::uint64_t> count_by_mapping(const File& file, ByteRange range, const std::stop_token& stop) {
  MapOptions options;
  options.offset = range.begin;
  options.length = range.size();
  const Mapping mapping = FOLIO_TRY(Mapping::map(file, options));
  const std::uint64_t count = FOLIO_TRY(count_in_memory(mapping.bytes(), stop));
  if (auto fault = mapping.fault_error()) return std::unexpected(*std::move(fault));
  return count;
}

Result<std::uint64_t> count_by_reading(const File& file, ByteRange range, MutableByteView buffer,
                                       const std::stop_token& stop) {
  std::uint64_t count = 0;
  while (!range.empty()) {
    FOLIO_TRY(bench::check_stop(stop));
    const MutableByteView target = buffer.first(std::min<std::uint64_t>(buffer.size(), range.size()));
    const std::size_t got = FOLIO_TRY(file.read_at(range.begin, target));
    if (got == 0) break;
    count += simd::count_byte(target.first(got), kNewline);
    range.begin += got;
  }
  return count;
}

}  // namespace folio::demo
