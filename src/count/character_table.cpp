// SPDX-License-Identifier: Apache-2.0
// Expands the ranges of unicode_ranges.inc into the two-level table that the kernels look characters up in.
#include "count/character_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "simd/utf8.h"

namespace folio::count_detail {

namespace {

#include "count/unicode_ranges.inc"

using simd::CharacterClass;
using simd::CharacterKind;
using simd::CharacterTable;

constexpr std::uint32_t kBlockSize = CharacterTable::kBlockSize;

// Walks the ranges in step with rising code points.
class RangeWalk {
 public:
  CharacterKind kind(std::uint32_t code_point) {
    while (next_ < std::size(kUnicodeRanges) && kUnicodeRanges[next_] >> 4U <= code_point) ++next_;
    return {static_cast<std::uint8_t>(kUnicodeRanges[next_ - 1] & 0xFU)};
  }

 private:
  std::size_t next_ = 0;
};

// Code points that the lead byte begins, as if every continuation byte were allowed.
struct LeadSpan {
  std::uint32_t first;
  std::uint32_t count;
};

LeadSpan span_of(std::uint8_t lead) {
  if (lead < 0xE0) return {(lead & 0x1FU) << 6U, 1U << 6U};
  return {(lead & 0x0FU) << 12U, 1U << 12U};
}

struct Storage {
  std::array<CharacterKind, kDistinctBlocks * kBlockSize> kinds;
  CharacterTable table;

  Storage() noexcept {
    table.kinds = kinds;
    fill_blocks();
    for (unsigned lead = 0xC0; lead <= 0xFF; ++lead) set_lead_bits(static_cast<std::uint8_t>(lead));
  }

  void fill_blocks() noexcept {
    RangeWalk walk;
    std::size_t used = 0;
    for (std::size_t block = 0; block < table.block_of.size(); ++block) {
      std::array<CharacterKind, kBlockSize> fresh;
      for (std::uint32_t i = 0; i < kBlockSize; ++i) {
        fresh[i] = walk.kind(static_cast<std::uint32_t>(block) * kBlockSize + i);
      }
      const std::size_t same = find_block(fresh, used);
      if (same == used) {
        assert(used < kDistinctBlocks);
        std::ranges::copy(fresh, kinds.begin() + static_cast<std::ptrdiff_t>(used * kBlockSize));
        ++used;
      }
      table.block_of[block] = static_cast<std::uint16_t>(same);
    }
  }

  // Searched from the last one back: neighbours are mostly alike.
  [[nodiscard]] std::size_t find_block(std::span<const CharacterKind> fresh,
                                       std::size_t used) const noexcept {
    for (std::size_t block = used; block-- > 0;) {
      if (std::ranges::equal(fresh, std::span{kinds}.subspan(block * kBlockSize, kBlockSize))) return block;
    }
    return used;
  }

  // 0 unless every character that `lead` begins is a word character of the same width.
  [[nodiscard]] unsigned common_width(std::uint8_t lead) const noexcept {
    const bool may_be_invalid =
        simd::sequence_size(lead) == 0 || lead == 0xE0 || lead == 0xED || lead >= 0xF0;
    if (may_be_invalid) return 0;
    const LeadSpan span = span_of(lead);
    const CharacterKind kind = table.kind(span.first);
    if (kind.character_class() != CharacterClass::Word) return 0;
    for (std::uint32_t i = 1; i < span.count; ++i) {
      if (table.kind(span.first + i) != kind) return 0;
    }
    return kind.width();
  }

  void set_lead_bits(std::uint8_t lead) noexcept {
    const unsigned row = (lead - 0xC0U) / 16U;
    const unsigned width = common_width(lead);
    auto& column = table.lead_bits[lead % 16U];
    if (width == 0) column = static_cast<std::uint8_t>(column | (1U << row));
    if (width == 2) column = static_cast<std::uint8_t>(column | (1U << (row + 4U)));
  }
};

}  // namespace

const CharacterTable& character_table() noexcept {
  static const Storage storage;
  return storage.table;
}

const char* character_table_libc_version() noexcept {
  return kUnicodeRangesLibcVersion;
}

}  // namespace folio::count_detail
