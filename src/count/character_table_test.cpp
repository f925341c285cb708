// SPDX-License-Identifier: Apache-2.0
// The character table against the C library that it was made from.
#include "count/character_table.h"

#include <gnu/libc-version.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "count/count_oracle.h"

namespace folio::count_detail {
namespace {

using simd::CharacterClass;
using simd::CharacterKind;

CharacterKind kind_by_libc(std::uint32_t code_point) {
  if (code_point >= '\t' && code_point <= '\r') return CharacterKind::of(CharacterClass::Separator, 0);
  const auto character = static_cast<std::wint_t>(code_point);
  if (std::iswprint(character) == 0) return CharacterKind::of(CharacterClass::Neutral, 0);
  const auto wide = static_cast<wchar_t>(code_point);
  const bool separates = std::iswspace(character) != 0 || is_no_break_space(wide);
  return CharacterKind::of(separates ? CharacterClass::Separator : CharacterClass::Word,
                           static_cast<unsigned>(std::max(wcwidth(wide), 0)));
}

TEST(CharacterTable, EqualsTheLibraryForEveryCodePoint) {
  const Utf8Locale locale;
  if (!locale.ok()) GTEST_SKIP() << "this machine has no C.UTF-8 locale";
  if (std::string_view{gnu_get_libc_version()} != character_table_libc_version()) {
    GTEST_SKIP() << "made from glibc " << character_table_libc_version() << ", not from this one";
  }
  for (std::uint32_t code_point = 0; code_point < simd::CharacterTable::kCodePoints; ++code_point) {
    ASSERT_EQ(character_table().kind(code_point).packed, kind_by_libc(code_point).packed) << code_point;
  }
}

TEST(CharacterTable, AboveUnicodeEverythingIsNeutral) {
  EXPECT_EQ(character_table().kind(0x110000), CharacterKind{});
  EXPECT_EQ(character_table().kind(0x7FFFFFFF), CharacterKind{});
}

bool is_uniform(unsigned lead) {
  return (character_table().lead_bits[lead % 16] & (1U << ((lead - 0xC0) / 16))) == 0;
}

bool is_wide(unsigned lead) {
  return (character_table().lead_bits[lead % 16] & (16U << ((lead - 0xC0) / 16))) != 0;
}

TEST(CharacterTable, UniformLeads) {
  EXPECT_TRUE(is_uniform(0xD0));  // Cyrillic
  EXPECT_FALSE(is_wide(0xD0));
  EXPECT_TRUE(is_uniform(0xE5));  // Chinese
  EXPECT_TRUE(is_wide(0xE5));
  for (const unsigned lead : {0xC0U, 0xC1U, 0xC2U, 0xE0U, 0xE2U, 0xEDU, 0xF0U, 0xF4U, 0xFFU}) {
    EXPECT_FALSE(is_uniform(lead)) << lead;
    EXPECT_FALSE(is_wide(lead)) << lead;
  }
}

}  // namespace
}  // namespace folio::count_detail
