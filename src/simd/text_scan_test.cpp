// SPDX-License-Identifier: Apache-2.0
// The text kernel against its scalar twin, with a small made-up character table.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "simd/for_test.h"
#include "simd/scalar_text.h"
#include "simd/text_scan.h"

namespace folio::simd {
namespace {

// Blocks: everything neutral; ASCII as wc sees it; all words of width 1; of width 2; one mixed block.
class TestTable {
 public:
  TestTable() {
    kinds_.resize(5 * std::size_t{CharacterTable::kBlockSize});
    for (std::uint32_t i = 0; i < CharacterTable::kBlockSize; ++i) {
      const auto word = [](unsigned width) { return CharacterKind::of(CharacterClass::Word, width); };
      CharacterKind& ascii = kinds_[CharacterTable::kBlockSize + i];
      if (i > ' ' && i < 0x7F) ascii = word(1);
      if (i >= '\t' && i <= '\r') ascii = CharacterKind::of(CharacterClass::Separator, 0);
      if (i == ' ') ascii = CharacterKind::of(CharacterClass::Separator, 1);
      kinds_[2 * CharacterTable::kBlockSize + i] = word(1);
      kinds_[3 * CharacterTable::kBlockSize + i] = word(2);
      kinds_[4 * CharacterTable::kBlockSize + i] = CharacterKind::of(CharacterClass(i % 3), i / 3 % 3);
    }
    table_.kinds = kinds_;
    table_.block_of[0] = 1;
    table_.block_of[1] = 4;                                                           // U+0080: leads C2, C3
    for (std::size_t block = 2; block < 16; ++block) table_.block_of[block] = 2;      // leads C4 to DF
    for (std::size_t block = 16; block < 0x1E0; ++block) table_.block_of[block] = 3;  // leads E0 to EE
    for (std::size_t block = 0x1E0; block < 0x240; ++block) table_.block_of[block] = 4;
    for (unsigned lead = 0xC0; lead <= 0xFF; ++lead) {
      const bool narrow = lead >= 0xC4 && lead <= 0xDF;
      const bool wide = lead >= 0xE1 && lead <= 0xEE && lead != 0xED;
      const unsigned row = (lead - 0xC0) / 16;
      auto& column = table_.lead_bits[lead % 16];
      if (!narrow && !wide) column = static_cast<std::uint8_t>(column | (1U << row));
      if (wide) column = static_cast<std::uint8_t>(column | (16U << row));
    }
  }
  TestTable(const TestTable&) = delete;
  TestTable& operator=(const TestTable&) = delete;

  [[nodiscard]] const CharacterTable& get() const { return table_; }

 private:
  std::vector<CharacterKind> kinds_;
  CharacterTable table_;
};

const CharacterTable& table() {
  static const TestTable table;
  return table.get();
}

TextState scalar_state(ByteView text) {
  TextState state;
  scalar::scan_text(text, table(), state);
  return state;
}

TextState kernel_state(ByteView text, TextDepth depth) {
  TextState state;
  scan_text(text, table(), depth, state);
  return state;
}

void expect_same_as_scalar(ByteView text) {
  const TextState want = scalar_state(text);
  EXPECT_EQ(kernel_state(text, TextDepth::LongestLine), want);
  const TextState words = kernel_state(text, TextDepth::Words);
  EXPECT_EQ(words.lines, want.lines);
  EXPECT_EQ(words.characters, want.characters);
  EXPECT_EQ(words.words, want.words);
  EXPECT_EQ(words.first, want.first);
  EXPECT_EQ(words.in_word, want.in_word);
  const TextState characters = kernel_state(text, TextDepth::Characters);
  EXPECT_EQ(characters.lines, want.lines);
  EXPECT_EQ(characters.characters, want.characters);
}

// Bytes drawn from `alphabet`; a short one gives many valid sequences and many runs.
std::string draw(std::size_t size, std::string_view alphabet, unsigned seed) {
  std::mt19937 random{seed};
  std::string text(size, ' ');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

class TextScan : public OnEveryTarget {};

constexpr std::string_view kAlphabets[] = {
    "ab \n",
    "a \t\n\r\f\v\x01\x7f",
    "\xc4\x80\x90",
    "a\xc3\x80\xbf \xe1",
    "\xe0\xe1\xed\x80\x9f\xa0\xbf",
    "\xf0\xf1\xf4\xf5\x80\x8f\x90\xbf",
    "\xf8\xfc\xfd\xfe\xff\x80\x84\x88",
    "\x01",
    "w",
};

TEST_P(TextScan, EverySizeAtTheEndOfAPage) {
  GuardedBytes guarded{4096};
  for (const std::string_view alphabet : kAlphabets) {
    for (std::size_t size = 0; size <= 300; ++size) {
      expect_same_as_scalar(guarded.at_end(to_bytes(draw(size, alphabet, static_cast<unsigned>(size)))));
    }
  }
}

TEST_P(TextScan, AnyBytes) {
  std::mt19937 random{1};
  std::string text(5000, ' ');
  for (int round = 0; round < 40; ++round) {
    for (char& c : text) c = static_cast<char>(random() & 0xFF);
    expect_same_as_scalar(to_bytes(text));
  }
}

// All long sequences at all distances from the end of a block.
TEST_P(TextScan, SequencesAcrossBlocks) {
  for (const std::string_view sequence :
       {"\xc4\x80", "\xe1\x80\x80", "\xe0\x80\x80", "\xf1\x80\x80\x80", "\xf8\x88\x80\x80\x80",
        "\xfc\x84\x80\x80\x80\x80", "\xed\xa0\x80", "\xff\x80\x80\x80\x80\x80\x80"}) {
    for (std::size_t before = 50; before < 70; ++before) {
      for (const char filler : {' ', 'x', '\x01', '\x80'}) {
        std::string text(before, filler);
        for (int i = 0; i < 30; ++i) text += sequence;
        expect_same_as_scalar(to_bytes(text));
        text += 'x';
        expect_same_as_scalar(to_bytes(text));
      }
    }
  }
}

TEST_P(TextScan, PiecesWithOneStateAreTheWhole) {
  std::mt19937 random{2};
  for (unsigned seed = 0; seed < 200; ++seed) {
    const std::string text = draw(400, "ab \t\n\r\x01", seed);
    for (const TextDepth depth : {TextDepth::Characters, TextDepth::Words, TextDepth::LongestLine}) {
      const std::size_t cut = random() % text.size();
      TextState state;
      scan_text(to_bytes(text).first(cut), table(), depth, state);
      scan_text(to_bytes(text).subspan(cut), table(), depth, state);
      const TextState want = scalar_state(to_bytes(text));
      EXPECT_EQ(state.lines, want.lines);
      EXPECT_EQ(state.characters, want.characters);
      if (depth != TextDepth::Characters) {
        EXPECT_EQ(state.words, want.words);
      }
      if (depth == TextDepth::LongestLine) {
        EXPECT_EQ(state, want);
      }
    }
  }
}

FOLIO_ON_EVERY_TARGET(TextScan);

}  // namespace
}  // namespace folio::simd
