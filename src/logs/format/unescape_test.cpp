// SPDX-License-Identifier: Apache-2.0
#include "logs/format/unescape.h"

#include <gtest/gtest.h>

#include <string>

namespace folio::logs {
namespace {

TEST(Unescape, UndoesWhatServersWrite) {
  EXPECT_EQ(unescape(""), "");
  EXPECT_EQ(unescape("plain"), "plain");
  EXPECT_EQ(unescape(R"(a\"b\\c\'d\/e)"), R"(a"b\c'd/e)");
  EXPECT_EQ(unescape(R"(\b\f\n\r\t\v)"), "\b\f\n\r\t\v");
  EXPECT_EQ(unescape(R"(\x22\x5C\xc3\xA9)"), "\"\\\xc3\xa9");
  EXPECT_EQ(unescape(R"(\x00)"), std::string(1, '\0'));
}

TEST(Unescape, KeepsWhatIsNoEscape) {
  for (const char* text : {R"(\)", R"(a\)", R"(\x)", R"(\x2)", R"(\xg0)", R"(\x2g)", R"(\q)", R"(\0)"}) {
    EXPECT_EQ(unescape(text), text);
  }
  EXPECT_EQ(unescape(R"(\\x22)"), R"(\x22)");
  EXPECT_EQ(unescape(std::string_view("\\\0", 2)), std::string("\\\0", 2));
}

}  // namespace
}  // namespace folio::logs
