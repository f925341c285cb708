// SPDX-License-Identifier: Apache-2.0
// The kinds that are not made of lines: random, zeros, binary.
#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "generate/block_source.h"
#include "generate/piece.h"
#include "generate/prng.h"
#include "generate/words.h"

namespace folio::generate {

namespace {

template <class Integer>
Integer to_little_endian(Integer value) {
  if constexpr (std::endian::native == std::endian::big) return std::byteswap(value);
  return value;
}

template <class Integer>
char* put_integer(char* out, Integer value) {
  const Integer little = to_little_endian(value);
  std::memcpy(out, &little, sizeof little);
  return out + sizeof little;
}

/// Hides the needles and keeps the block independent of the next one: since no needle has a newline, neither
/// an occurrence nor a line goes on behind it.
void add_needles(char* block, std::size_t size, const Needle& needle, Prng& prng) {
  overlay_needles(block, size, needle, prng);
  if (size == kBlockSize) block[size - 1] = '\n';
}

class RandomSource final : public BlockSource {
 public:
  explicit RandomSource(const Recipe& recipe) : seed_(recipe.seed), needle_(recipe.needle) {}

  std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const override {
    Prng prng(seed_, index);
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) put_integer(block + at, prng.next());
    Prng needle_prng(~seed_, index);  // apart, so that the place of needles does not depend on the size
    if (needle_.exists()) add_needles(block, size, needle_, needle_prng);
    return count_newlines({block, size});
  }

 private:
  std::uint64_t seed_;
  Needle needle_;
};

class ZerosSource final : public BlockSource {
 public:
  explicit ZerosSource(const Recipe& recipe) : seed_(recipe.seed), needle_(recipe.needle) {}

  std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const override {
    std::memset(block, 0, size);
    Prng prng(seed_, index);
    if (needle_.exists()) overlay_needles(block, size, needle_, prng);
    return 0;
  }

 private:
  std::uint64_t seed_;
  Needle needle_;
};

// Record: magic u32, type u16, name size u16, id u64, time in ns u64, value u32, flags u32; the name, padded
// with NULs to a multiple of 8; 0 to 7 samples of u64, most of them small.
class BinarySource final : public BlockSource {
 public:
  explicit BinarySource(const Recipe& recipe)
      : seed_(recipe.seed), needle_(recipe.needle), words_(word_pool()) {}

  std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const override {
    Prng prng(seed_, index);
    char* out = block;
    char* const end = block + size;
    for (std::uint64_t number = 0; end - out >= kRecordSizeMax; ++number) {
      out = put_record(out, (index << 16) + number, prng);
    }
    std::fill(out, end, '\0');
    Prng needle_prng(~seed_, index);
    if (needle_.exists()) add_needles(block, size, needle_, needle_prng);
    return count_newlines({block, size});
  }

 private:
  static constexpr std::ptrdiff_t kRecordSizeMax = 32 + 16 + 56;
  static constexpr std::uint32_t kMagic = 0x31434552;  // "REC1"
  static constexpr std::uint64_t kFirstTime = 1'735'689'600'000'000'000;

  char* put_record(char* out, std::uint64_t id, Prng& prng) const {
    const std::uint64_t bits = prng.next();
    const WordPiece& name = words_.pieces[words_.slots[bits % WordPool::kSlots]];
    const auto name_size = static_cast<std::uint16_t>(name.size - 1);  // without the space behind the word
    out = put_integer(out, kMagic);
    out = put_integer(out, static_cast<std::uint16_t>((bits >> 12) & 7));
    out = put_integer(out, name_size);
    out = put_integer(out, id);
    out = put_integer(out, kFirstTime + id * 1'000'000 + ((bits >> 16) & 0xfffff));
    out = put_integer(out, static_cast<std::uint32_t>(bits >> 36));
    out = put_integer(out, static_cast<std::uint32_t>((bits >> 15) & 1));
    std::memset(out, 0, 16);
    std::memcpy(out, name.bytes.data(), name_size);
    out += name_size <= 8 ? 8 : 16;
    const std::uint64_t samples = bits >> 61;
    const std::uint64_t values = prng.next();
    for (std::uint64_t i = 0; i < samples; ++i) out = put_integer(out, (values >> (8 * i)) & 0xff);
    return out;
  }

  std::uint64_t seed_;
  Needle needle_;
  const WordPool& words_;
};

}  // namespace

std::unique_ptr<BlockSource> make_random_source(const Recipe& recipe) {
  return std::make_unique<RandomSource>(recipe);
}
std::unique_ptr<BlockSource> make_zeros_source(const Recipe& recipe) {
  return std::make_unique<ZerosSource>(recipe);
}
std::unique_ptr<BlockSource> make_binary_source(const Recipe& recipe) {
  return std::make_unique<BinarySource>(recipe);
}

}  // namespace folio::generate
