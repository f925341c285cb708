// SPDX-License-Identifier: Apache-2.0
#include "demo/random_places.h"

#include <random>

#include "core/try.h"
#include "simd/count_byte.h"

namespace folio::demo {

namespace {

constexpr std::byte kNewline{'\n'};

}  // namespace

RandomPlaces::RandomPlaces(std::uint64_t file_size) : offsets_(kCount) {
  std::mt19937_64 random(1);  // the same places in every run
  const std::uint64_t blocks = file_size / kBlockSize;
  for (auto& offset : offsets_) offset = random() % blocks * kBlockSize;
}

Result<std::uint64_t> RandomPlaces::count_in_memory(ByteView bytes) const {
  std::uint64_t count = 0;
  for (const std::uint64_t offset : offsets_) {
    count += simd::count_byte(bytes.subspan(offset, kBlockSize), kNewline);
  }
  return count;
}

Result<std::uint64_t> RandomPlaces::count_by_reading(const File& file, MutableByteView buffer) const {
  std::uint64_t count = 0;
  const MutableByteView block = buffer.first(kBlockSize);
  for (const std::uint64_t offset : offsets_) {
    const std::size_t got = FOLIO_TRY(file.read_at(offset, block));
    count += simd::count_byte(block.first(got), kNewline);
  }
  return count;
}

}  // namespace folio::demo
