// SPDX-License-Identifier: Apache-2.0
// Transcoding: UTF-16 against a slow decoder, tables, labels, byte-order marks, pieces of all sizes.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "decode/for_test.h"

namespace folio::decode {
namespace {

using namespace std::string_literals;

Decoded transcoded(const std::string& bytes, std::string_view label, std::size_t in = SIZE_MAX,
                   std::size_t out = 1U << 16) {
  const auto encoding = Encoding::parse(label);
  EXPECT_TRUE(encoding) << label;
  auto stream = transcode(std::make_unique<MemoryStream>(bytes, in), *encoding);
  EXPECT_TRUE(stream) << label;
  return read_all(**stream, out);
}

std::string utf8_of(char32_t character) {
  std::string text;
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xc0 + character / 64);
    put(0x80 + character % 64);
  } else if (character < 0x10000) {
    put(0xe0 + character / 4096);
    put(0x80 + character / 64 % 64);
    put(0x80 + character % 64);
  } else {
    put(0xf0 + character / 262144);
    put(0x80 + character / 4096 % 64);
    put(0x80 + character / 64 % 64);
    put(0x80 + character % 64);
  }
  return text;
}

// Unit by unit.
std::string utf8_of_units(const std::vector<char16_t>& units) {
  std::string text;
  for (std::size_t at = 0; at < units.size(); ++at) {
    const char32_t unit = units[at];
    const bool high = unit >= 0xd800 && unit <= 0xdbff;
    const bool low = unit >= 0xdc00 && unit <= 0xdfff;
    if (high && at + 1 < units.size() && units[at + 1] >= 0xdc00 && units[at + 1] <= 0xdfff) {
      text += utf8_of(0x10000 + (unit - 0xd800) * 0x400 + (units[++at] - 0xdc00U));
    } else {
      text += utf8_of(high || low ? 0xfffd : unit);
    }
  }
  return text;
}

std::string bytes_of_units(const std::vector<char16_t>& units, bool big) {
  std::string bytes;
  for (const unsigned unit : units) {
    const auto low = static_cast<char>(unit & 0xff);
    const auto high = static_cast<char>(unit >> 8);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

RC_GTEST_PROP(Utf16, IsWhatTheSlowDecoderSays, ()) {
  auto units = *rc::gen::container<std::vector<char16_t>>(
      rc::gen::oneOf(rc::gen::inRange<char16_t>(0x20, 0x7f), rc::gen::inRange<char16_t>(0, 0xffff),
                     rc::gen::inRange<char16_t>(0xd7f0, 0xe010)));
  if (!units.empty() && (units[0] == 0xfeff || units[0] == 0xfffe || units[0] == 0xbbef)) units[0] = 'x';
  const bool big = *rc::gen::arbitrary<bool>();
  const bool odd = *rc::gen::arbitrary<bool>();
  const std::string expected = utf8_of_units(units) + (odd ? utf8_of(0xfffd) : "");
  const std::string bytes = bytes_of_units(units, big) + (odd ? "x" : "");
  const auto in = *rc::gen::element<std::size_t>(1, 2, 3, 1000);
  const auto out = *rc::gen::element<std::size_t>(1, 5, 31, 32, 1000);
  const Decoded result = transcoded(bytes, big ? "utf-16be" : "UTF-16LE", in, out);
  RC_ASSERT(!result.error);
  RC_ASSERT(result.text == expected);
}

TEST(Utf16, KeepsSurrogatesTogetherAcrossBuffers) {
  std::vector<char16_t> units(300001, u'a');
  for (std::size_t at = 1; at + 1 < units.size(); at += 2) {
    units[at] = 0xd83d;
    units[at + 1] = 0xde00;
  }
  EXPECT_TRUE(transcoded(bytes_of_units(units, false), "utf-16le").text == utf8_of_units(units));
}

TEST(ByteOrderMark, OutweighsWhatWasAskedFor) {
  const std::string wide = "h\0i\0"s;
  for (const std::string_view label : {"auto", "utf-8", "utf-16", "utf-16be", "latin1"}) {
    for (const std::size_t piece : {1U, 100U}) {
      EXPECT_EQ(transcoded("\xff\xfe"s + wide, label, piece).text, "hi") << label;
      EXPECT_EQ(transcoded("\xfe\xff\0h\0i"s, label, piece).text, "hi") << label;
      EXPECT_EQ(transcoded("\xef\xbb\xbfhi", label, piece).text, "hi") << label;
    }
  }
  EXPECT_EQ(transcoded("\xff\xfe"s + wide, "none").text, "\xff\xfe"s + wide);
  EXPECT_EQ(transcoded("\xff\xfe", "auto").text, "");
}

TEST(Auto, LeavesEverythingElseAlone) {
  for (const std::string& text :
       {""s, "\xff"s, "\xfe"s, "\xef"s, "\xef\xbb"s, "\xef\xbb!"s, "\xff\xff\0"s, "abc"s}) {
    for (const std::size_t piece : {1U, 100U}) {
      const Decoded result = transcoded(text, "auto", piece);
      EXPECT_FALSE(result.error);
      EXPECT_EQ(result.text, text);
    }
  }
}

TEST(SingleByte, GoesByItsTable) {
  EXPECT_EQ(transcoded("a\xe9\x80\x81", "latin1").text,
            "a"s + utf8_of(0xe9) + utf8_of(0x20ac) + utf8_of(0x81));
  EXPECT_EQ(transcoded("\xd0\xd2", "KOI8-R").text, utf8_of(0x43f) + utf8_of(0x440));
  EXPECT_EQ(transcoded("\xa4", "iso-8859-15").text, utf8_of(0x20ac));
  EXPECT_EQ(transcoded("\xa1", "iso-8859-6").text, utf8_of(0xfffd));
  EXPECT_EQ(transcoded("\xcf\xf0", "windows-1251", 1, 1).text, utf8_of(0x41f) + utf8_of(0x440));
}

TEST(System, ConvertsWhatTheCLibraryHas) {
  if (!Encoding::parse("shift_jis")) GTEST_SKIP() << "this machine's C library has no converters";
  EXPECT_EQ(transcoded("\x93\xfa\x96{", "shift_jis", 1, 1).text, utf8_of(0x65e5) + utf8_of(0x672c));
  EXPECT_EQ(transcoded("\xc4\xe3\xba\xc3", "gbk").text, utf8_of(0x4f60) + utf8_of(0x597d));
  EXPECT_EQ(transcoded("a\x93", "sjis").text, "a"s + utf8_of(0xfffd)) << "cut off";
  EXPECT_EQ(transcoded("\xff"
                       "a",
                       "euc-jp")
                .text,
            utf8_of(0xfffd) + "a")
      << "invalid";
  EXPECT_EQ(transcoded("\x1b$BF|K\\\x1b(B!", "iso-2022-jp", 1).text, utf8_of(0x65e5) + utf8_of(0x672c) + "!");
}

TEST(Label, IsKnownInAnyCaseOrRefused) {
  EXPECT_EQ(Encoding::parse("AUTO")->kind(), Encoding::Kind::Auto);
  EXPECT_EQ(Encoding::parse("None")->kind(), Encoding::Kind::None);
  EXPECT_EQ(Encoding::parse("UTF8")->kind(), Encoding::Kind::Utf8);
  EXPECT_EQ(Encoding::parse("Windows-1252")->name(), "windows-1252");
  EXPECT_EQ(Encoding::parse("iso-8859-1")->name(), "windows-1252");
  for (const std::string_view label : {"", "utf-7", "zzz", "utf-32"}) {
    const auto refused = Encoding::parse(label);
    ASSERT_FALSE(refused) << label;
    EXPECT_EQ(refused.error().code, Errc::InvalidArgument);
  }
}

TEST(NeedsDecoding, LooksAtMarksAndMagic) {
  const auto needs = [](const std::string& bytes, Decompression decompression, std::string_view label) {
    return needs_decoding(to_bytes(bytes),
                          {.decompression = decompression, .encoding = *Encoding::parse(label)});
  };
  const std::string packed = gzip("x");
  EXPECT_TRUE(needs(packed, Decompression::BySniffing, "none"));
  EXPECT_FALSE(needs(packed, Decompression::Off, "auto"));
  EXPECT_FALSE(needs("plain", Decompression::BySniffing, "auto"));
  EXPECT_TRUE(needs("\xff\xfe", Decompression::Off, "auto"));
  EXPECT_FALSE(needs("\xff\xfe", Decompression::Off, "none"));
  EXPECT_TRUE(needs("\xef\xbb\xbf", Decompression::Off, "utf-8"));
  EXPECT_TRUE(needs("plain", Decompression::Off, "latin1"));
}

TEST(Decoded, DecompressesAndThenTranscodes) {
  const auto stream = decoded(std::make_unique<MemoryStream>(gzip("\xff\xfeh\0i\0"s)),
                              {.decompression = Decompression::BySniffing, .encoding = {}});
  ASSERT_TRUE(stream);
  EXPECT_EQ(read_all(**stream).text, "hi");
}

}  // namespace
}  // namespace folio::decode
