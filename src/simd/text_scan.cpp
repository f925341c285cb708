// SPDX-License-Identifier: Apache-2.0
// Kernel: text by blocks of 64 bytes, each turned into bit masks, one bit a byte; everything is then counted
// in the masks, valid or not, so that no input is slow.
//
// Words: let W be word bytes (of a longer character, its lead), S separators, N the rest. A word begins at a
// W bit that no word reaches: A = W << 1 | carry are the places right after a word byte, and adding them to N
// carries each through the run of N that it meets: A | (((A & N) + N) ^ N) are the places that a word
// reaches.
//
// Characters: a lead counts if its continuation bytes follow. Which leads need a closer look (overlong forms,
// surrogates, more than three bytes, characters of different kinds) is in CharacterTable::lead_bits; those
// are decoded one by one. A sequence that the end of the block cuts begins the next block.
#include "simd/text_scan.h"

#include <bit>

#include "simd/scalar_text.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/text_scan.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/mask_bits-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void scan_text_kernel(const std::uint8_t* text, std::size_t size, const CharacterTable& table, TextDepth,
                      TextState& state) {
  scalar::scan_text(std::as_bytes(std::span{text, size}), table, state);
}

#else

using SignedTag = hn::Repartition<std::int8_t, ByteTag>;

constexpr std::size_t kBlock = 64;

// Predicates on vectors of bytes.
struct Equals {
  std::uint8_t value;
  HWY_INLINE ByteMask operator()(ByteTag d, ByteVector v) const { return hn::Eq(v, hn::Set(d, value)); }
};

struct SignedBelow {
  std::int8_t value;
  HWY_INLINE ByteMask operator()(ByteTag d, ByteVector v) const {
    const SignedTag ds;
    return hn::RebindMask(d, hn::Lt(hn::BitCast(ds, v), hn::Set(ds, value)));
  }
};

// Bytes from first to last, both below 0x80.
struct Between {
  std::uint8_t first;
  std::uint8_t last;
  HWY_INLINE ByteMask operator()(ByteTag d, ByteVector v) const {
    // Moves the range to the lowest signed values; all other bytes come above it.
    const auto moved = hn::Add(v, hn::Set(d, static_cast<std::uint8_t>(0x80 - first)));
    return SignedBelow{static_cast<std::int8_t>(last - first + 1 - 0x80)}(d, moved);
  }
};

// Bytes 0xC0 and above for which lead_bits has bit `row` + shift of the column set.
struct LeadBits {
  const std::uint8_t* lead_bits;
  std::uint8_t shift;
  HWY_INLINE ByteMask operator()(ByteTag d, ByteVector v) const {
    alignas(16) static constexpr std::uint8_t kRowBit[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8};
    const auto columns = hn::LoadDup128(d, lead_bits);
    const auto bits = hn::TableLookupBytes(columns, hn::And(v, hn::Set(d, std::uint8_t{0x0F})));
    auto row = hn::TableLookupBytes(hn::LoadDup128(d, kRowBit), hn::ShiftRight<4>(v));
    if (shift == 4) row = hn::ShiftLeft<4>(row);
    return hn::Ne(hn::And(bits, row), hn::Zero(d));
  }
};

template <class Predicate>
HWY_INLINE std::uint64_t block_bits(const std::uint8_t* block, Predicate predicate) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  std::uint64_t bits = 0;
  for (std::size_t at = 0; at < kBlock; at += lanes) {
    bits |= mask_bits(d, predicate(d, hn::LoadU(d, block + at))) << at;
  }
  return bits;
}

HWY_INLINE std::uint64_t ones(std::uint64_t bits) {
  return static_cast<std::uint64_t>(std::popcount(bits));
}

// What a block holds, one bit a byte; a character of several bytes has the bit of its lead.
struct Block {
  std::uint64_t characters = 0;
  std::uint64_t words = 0;
  std::uint64_t separators = 0;
  std::uint64_t narrow = 0;   // one column
  std::uint64_t wide = 0;     // two columns
  std::size_t size = kBlock;  // bytes before a sequence that the end of the block cuts
};

// Value of the sequence whose lead is at `at`; kNoCharacter where it is not valid. At least one continuation
// byte follows each lead, two from 0xE0 on; all that `continuation` marks lies inside the block.
// PERF: written out for two and three bytes, the common ones.
HWY_INLINE std::uint32_t decode_at(const std::uint8_t* data, std::size_t at, std::uint64_t continuation) {
  const std::uint32_t lead = data[at];
  const std::uint32_t second = data[at + 1] & 0x3FU;
  if (lead < 0xE0) return lead < 0xC2 ? kNoCharacter : ((lead & 0x1FU) << 6) | second;
  const std::uint32_t third = data[at + 2] & 0x3FU;
  if (lead < 0xF0) {
    const std::uint32_t value = ((lead & 0x0FU) << 12) | (second << 6) | third;
    return value < 0x800 || (value >> 11) == 0x1B ? kNoCharacter : value;
  }
  const std::size_t size = sequence_size(data[at]);
  const auto following = static_cast<std::size_t>(std::countr_one(continuation >> (at + 1)));
  return size == 0 || following + 1 < size ? kNoCharacter : decode_sequence(data + at, size);
}

// Leads that LeadBits marks, each with the continuation bytes that decode_at wants: decodes them one by one.
template <TextDepth kDepth>
HWY_INLINE void look_closer(const std::uint8_t* data, std::uint64_t leads, std::uint64_t continuation,
                            const CharacterTable& table, Block& block) {
  for (; leads != 0; leads &= leads - 1) {
    const auto at = static_cast<std::size_t>(std::countr_zero(leads));
    const std::uint32_t character = decode_at(data, at, continuation);
    if (character == kNoCharacter) continue;
    block.characters |= std::uint64_t{1} << at;
    if constexpr (kDepth == TextDepth::Characters) continue;
    const std::uint64_t kind = table.kind(character).packed;
    block.words |= (kind & 1U) << at;
    block.separators |= ((kind >> 1U) & 1U) << at;
    block.narrow |= ((kind >> 2U) & 1U) << at;
    block.wide |= ((kind >> 3U) & 1U) << at;
  }
}

// Bytes before the sequence that the end of the block cuts, if any. `continuation` is not all ones in its
// last bytes but for such a sequence or garbage.
HWY_INLINE std::size_t size_before_cut(const std::uint8_t* data, std::uint64_t continuation) {
  const auto trailing = static_cast<std::size_t>(std::countl_one(continuation));
  if (trailing >= kSequenceSizeMax) return kBlock;
  const std::size_t lead = kBlock - 1 - trailing;
  return sequence_size(data[lead]) > trailing + 1 ? lead : kBlock;
}

// In the depth Characters all that matters is whether a sequence is valid.
alignas(16) constexpr std::uint8_t kDoubtfulLeads[16] = {
    0x01 | 0x04 | 0x08, 0x01 | 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x04 | 0x08,        0x08,        0x08};

template <TextDepth kDepth>
HWY_INLINE void add_long_characters(const std::uint8_t* data, std::uint64_t high, const CharacterTable& table,
                                    Block& block) {
  const std::uint64_t continuation = block_bits(data, SignedBelow{static_cast<std::int8_t>(0xC0 - 0x100)});
  const std::uint64_t leads = high & ~continuation;
  const std::uint64_t two = leads & block_bits(data, SignedBelow{static_cast<std::int8_t>(0xE0 - 0x100)});
  const std::uint64_t one_follows = continuation >> 1;
  const std::uint64_t two_follow = one_follows & (continuation >> 2);
  const std::uint64_t complete = (two & one_follows) | (leads & ~two & two_follow);

  const std::uint8_t* lead_bits = kDepth == TextDepth::Characters ? kDoubtfulLeads : table.lead_bits.data();
  const std::uint64_t doubtful = leads & block_bits(data, LeadBits{lead_bits, 0});
  const std::uint64_t uniform = complete & ~doubtful;
  block.characters |= uniform;
  if constexpr (kDepth != TextDepth::Characters) block.words |= uniform;
  if constexpr (kDepth == TextDepth::LongestLine) {
    const std::uint64_t wide = block_bits(data, LeadBits{lead_bits, 4});
    block.narrow |= uniform & ~wide;
    block.wide |= uniform & wide;
  }
  look_closer<kDepth>(data, doubtful & complete, continuation, table, block);
  block.size = size_before_cut(data, continuation);
}

HWY_INLINE void count_words(const Block& block, TextState& state) {
  const std::uint64_t words = block.words;
  if (state.first == CharacterClass::Neutral) {
    const std::uint64_t either = words | block.separators;
    if (either != 0) {
      const bool word_first = (words & (either & (~either + 1))) != 0;
      state.first = word_first ? CharacterClass::Word : CharacterClass::Separator;
    }
  }
  const std::uint64_t after_word = (words << 1) | (state.in_word ? 1U : 0U);
  const std::uint64_t neutral = ~(words | block.separators);
  const std::uint64_t entered = after_word & neutral;
  const std::uint64_t carried = entered + neutral;
  const bool overflow = carried < neutral;
  state.words += ones(words & ~(after_word | (carried ^ neutral)));
  state.in_word = (words >> 63) != 0 || overflow;
}

HWY_INLINE std::uint64_t columns(const Block& block, std::uint64_t among) {
  return ones(block.narrow & among) + 2 * ones(block.wide & among);
}

HWY_INLINE void measure_lines(const Block& block, std::uint64_t ends, std::uint64_t tabs, TextState& state) {
  std::uint64_t left = ~std::uint64_t{0};
  for (std::uint64_t events = ends | tabs; events != 0; events &= events - 1) {
    const std::uint64_t event = events & (~events + 1);
    state.position += columns(block, left & (event - 1));
    left &= ~(event | (event - 1));
    if ((event & tabs) != 0) {
      state.tab();
    } else {
      state.end_line();
    }
  }
  state.position += columns(block, left);
}

// Scans one block, of which the bytes in `valid` count and the others are zero; `high` are the bytes from
// 0x80 on. Returns how many bytes are done.
template <TextDepth kDepth>
HWY_INLINE std::size_t scan_block(const std::uint8_t* data, std::uint64_t valid, std::uint64_t high,
                                  const CharacterTable& table, TextState& state) {
  Block block;
  const std::uint64_t newlines = block_bits(data, Equals{'\n'});
  std::uint64_t controls = 0;  // those that separate words
  block.characters = ~high & valid;
  if constexpr (kDepth != TextDepth::Characters) {
    const std::uint64_t spaces = block_bits(data, Equals{' '});
    controls = block_bits(data, Between{'\t', '\r'});
    block.words = block_bits(data, Between{'!', '~'});
    block.separators = spaces | controls;
    block.narrow = block.words | spaces;
  }
  if (high != 0) add_long_characters<kDepth>(data, high, table, block);

  state.lines += ones(newlines);
  state.characters += ones(block.characters);
  if constexpr (kDepth != TextDepth::Characters) count_words(block, state);
  if constexpr (kDepth == TextDepth::LongestLine) {
    std::uint64_t ends = newlines;
    std::uint64_t tabs = 0;
    if (controls != newlines) {
      tabs = block_bits(data, Equals{'\t'});
      ends |= block_bits(data, Between{'\f', '\r'});
    }
    measure_lines(block, ends, tabs, state);
  }
  return block.size;
}

HWY_INLINE std::uint64_t high_bits(const std::uint8_t* data) {
  return block_bits(data, SignedBelow{0});
}

// Scans whole blocks up to the first that is not pure ASCII; returns the bytes done.
// PERF: a loop of its own, so that the compiler keeps its constants in registers.
template <TextDepth kDepth>
HWY_INLINE std::size_t scan_ascii_blocks(const std::uint8_t* text, std::size_t size,
                                         const CharacterTable& table, TextState& state) {
  std::size_t at = 0;
  for (; size - at >= kBlock && high_bits(text + at) == 0; at += kBlock) {
    prefetch_ahead(text + at, kBlock);
    scan_block<kDepth>(text + at, ~std::uint64_t{0}, 0, table, state);
  }
  return at;
}

template <TextDepth kDepth>
void scan_blocks(const std::uint8_t* text, std::size_t size, const CharacterTable& table, TextState& state) {
  TextState local = state;
  std::size_t at = scan_ascii_blocks<kDepth>(text, size, table, local);
  while (size - at >= kBlock) {
    prefetch_ahead(text + at, kBlock);
    at += scan_block<kDepth>(text + at, ~std::uint64_t{0}, high_bits(text + at), table, local);
    at += scan_ascii_blocks<kDepth>(text + at, size - at, table, local);
  }
  if (const std::size_t rest = size - at; rest != 0) {
    alignas(kBlock) std::uint8_t last[kBlock] = {};
    for (std::size_t i = 0; i < rest; ++i) last[i] = text[at + i];
    scan_block<kDepth>(last, (std::uint64_t{1} << rest) - 1, high_bits(last), table, local);
  }
  state = local;
}

void scan_text_kernel(const std::uint8_t* text, std::size_t size, const CharacterTable& table,
                      TextDepth depth, TextState& state) {
  switch (depth) {
    case TextDepth::Characters:
      return scan_blocks<TextDepth::Characters>(text, size, table, state);
    case TextDepth::Words:
      return scan_blocks<TextDepth::Words>(text, size, table, state);
    case TextDepth::LongestLine:
      return scan_blocks<TextDepth::LongestLine>(text, size, table, state);
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

FOLIO_EXPORT(scan_text_kernel);

void scan_text(ByteView text, const CharacterTable& table, TextDepth depth, TextState& state) {
  // SAFETY: std::uint8_t may alias any object.
  FOLIO_DISPATCH(scan_text_kernel)
  (reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), table, depth, state);
}

}  // namespace folio::simd
#endif
