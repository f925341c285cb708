// SPDX-License-Identifier: Apache-2.0
// The kind text: one sentence a line.
#include <algorithm>

#include "generate/block_source.h"
#include "generate/piece.h"
#include "generate/prng.h"
#include "generate/words.h"

namespace folio::generate {

namespace {

constexpr std::uint32_t kSlotMask = WordPool::kSlots - 1;
constexpr unsigned kSlotBits = 12;
constexpr unsigned kPicksPerDraw = 5;

// A line ends with the word that reaches its target length: at most 14 more bytes, less what the full stop
// replaces.
constexpr std::uint32_t kTargetMin = 21;
constexpr std::uint32_t kTargetRange = 86;
constexpr std::size_t kLineMax = 121;  // with its newline

constexpr std::size_t kTailLine = 70;
constexpr std::size_t kTailLineMin = 40;

class TextSource final : public BlockSource {
 public:
  explicit TextSource(const Recipe& recipe)
      : seed_(recipe.seed), needle_(recipe.needle), words_(word_pool()) {}

  std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const override {
    Prng prng(seed_, index);
    std::uint64_t lines = 0;
    char* out = block;
    char* const end = block + size;
    const auto tail = static_cast<std::ptrdiff_t>(2 * kLineMax + needle_.text.size() + 1);
    for (; end - out > tail; ++lines) out = put_line(out, prng);
    for (; out != end; ++lines) out = put_tail_line(out, static_cast<std::size_t>(end - out), prng);
    return lines;
  }

 private:
  /// Words and a separator behind each, until `target` is reached or passed. PERF: five words a random
  /// number, each copied with one 16-byte store; only the position depends on the word before.
  char* put_words(char* out, const char* target, Prng& prng) const {
    const WordPiece* const pieces = words_.pieces.data();
    const std::uint16_t* const slots = words_.slots.data();
    while (true) {
      std::uint64_t bits = prng.next();
      for (unsigned i = 0; i < kPicksPerDraw; ++i, bits >>= kSlotBits) {
        if (out >= target) return out;
        // SAFETY: the mask keeps the index inside the table; its entries are indices of pieces.
        out = put(out, pieces[slots[bits & kSlotMask]]);
      }
    }
  }

  /// A line of any length. REQUIRES: kLineMax + needle size + 1 + slack writable bytes.
  char* put_line(char* out, Prng& prng) const {
    const std::uint64_t bits = prng.next();
    char* const start = out;
    const std::uint32_t target = kTargetMin + Prng::scale(bits >> 32, kTargetRange);
    out = put(out, words_.pieces[words_.capital_slots[bits & kSlotMask]]);
    if (needle_.draw(prng)) {
      const std::uint64_t words_before = (((bits >> kSlotBits) & 0xfffff) * target) >> 20;
      out = put_words(out, start + words_before, prng);
      out = put(out, needle_.text);
      *out++ = ' ';
      out = put_words(out, out + 1, prng);  // whatever ends the needle stays as it is
      out = put_words(out, start + target + needle_.text.size() + 1, prng);
    } else {
      out = put_words(out, start + target, prng);
    }
    --out;
    if (out[-1] == ',') --out;
    *out++ = '.';
    *out++ = '\n';
    return out;
  }

  /// One of the last lines of a block, which must end exactly `room` bytes from here.
  char* put_tail_line(char* out, std::size_t room, Prng& prng) const {
    const bool has_needle = needle_.draw(prng) && needle_.text.size() < room;
    std::size_t size = std::min(room, kTailLine + (has_needle ? needle_.text.size() + 1 : 0));
    if (room - size < kTailLineMin) size = room;
    char* const end = out + size - 1;
    if (has_needle) out = put(out, needle_.text);
    if (has_needle && out != end) {
      *out = end - out == 1 ? '.' : ' ';
      ++out;
    }
    out = put_words_exactly(out, end, prng);
    *out++ = '\n';
    return out;
  }

  char* put_words_exactly(char* out, const char* end, Prng& prng) const {
    while (end - out > static_cast<std::ptrdiff_t>(kExactWordMax)) {
      out = put(out, words_.pieces[words_.slots[prng.next() & kSlotMask]]);
    }
    return out == end ? out : put(out, exact_word(static_cast<std::size_t>(end - out)));
  }

  std::uint64_t seed_;
  Needle needle_;
  const WordPool& words_;
};

}  // namespace

std::unique_ptr<BlockSource> make_text_source(const Recipe& recipe) {
  return std::make_unique<TextSource>(recipe);
}

}  // namespace folio::generate
