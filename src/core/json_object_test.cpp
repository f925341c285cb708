// SPDX-License-Identifier: Apache-2.0
#include "core/json_object.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace folio {
namespace {

// "name=value;" for each member; "wrong" where the text is not an object.
std::string shown(std::string_view text) {
  const auto members = json_members(text);
  if (!members) return "wrong";
  std::string all;
  for (const JsonMember& member : *members) {
    all.append(member.name).append("=").append(member.value).append(";");
  }
  return all;
}

TEST(JsonMembers, AreFoundWithTheirValuesAsTheyStand) {
  EXPECT_EQ(shown("{}"), "");
  EXPECT_EQ(shown(" { } \n"), "");
  EXPECT_EQ(shown(R"({"a":1})"), "a=1;");
  EXPECT_EQ(shown(R"( {"a" : [1, {"b":2}] , "c":"}"} )"), R"(a=[1, {"b":2}];c="}";)");
  EXPECT_EQ(shown(R"({"a":true,"b":false,"c":null,"a":""})"), R"(a=true;b=false;c=null;a="";)");
  EXPECT_EQ(shown(R"({"\u00e9\"":"\\"})"), R"(\u00e9\"="\\";)");
}

TEST(JsonMembers, NumbersFollowTheGrammar) {
  for (const char* const number :
       {"0", "-0", "10", "-1.50", "1e9", "1E+9", "0.1e-7", "123456789012345678901"}) {
    EXPECT_EQ(shown(std::string{R"({"n":)"} + number + "}"), std::string{"n="} + number + ";");
  }
  for (const char* const wrong : {"01", "+1", ".5", "1.", "1e", "--1", "0x1", "NaN", "Infinity", "-", ""}) {
    EXPECT_EQ(shown(std::string{R"({"n":)"} + wrong + "}"), "wrong") << wrong;
  }
}

TEST(JsonMembers, EverythingElseIsWrong) {
  for (const char* const wrong : {"",
                                  " ",
                                  "{",
                                  "}",
                                  "[]",
                                  "1",
                                  "\"a\"",
                                  "null",
                                  "{} {}",
                                  "{}x",
                                  R"({"a"})",
                                  R"({"a":})",
                                  R"({"a":1,})",
                                  R"({,"a":1})",
                                  R"({a:1})",
                                  R"({'a':1})",
                                  R"({"a":1 "b":2})",
                                  R"({"a":[1,]})",
                                  R"({"a":[)",
                                  R"({"a":"b})",
                                  R"({"a":"\x"})",
                                  R"({"a":"\u12g4"})",
                                  R"({"a":"\)",
                                  R"({"a":"\u12)",
                                  "{\"a\":\"\n\"}",
                                  R"({"a":tru})"}) {
    EXPECT_EQ(shown(wrong), "wrong") << wrong;
  }
}

TEST(JsonMembers, AZeroByteIsNoEnd) {
  EXPECT_EQ(shown(std::string_view("{}\0", 3)), "wrong");
  EXPECT_EQ(shown(std::string_view("{\"a\":\0}", 7)), "wrong");
}

TEST(JsonMembers, DepthIsLimited) {
  const auto nested = [](int depth) {
    const auto arrays = static_cast<std::size_t>(depth - 1);
    return std::string{R"({"a":)"}.append(arrays, '[').append(arrays, ']').append("}");
  };
  EXPECT_NE(shown(nested(kJsonDepthMax)), "wrong");
  EXPECT_EQ(shown(nested(kJsonDepthMax + 1)), "wrong");
  EXPECT_EQ(shown(nested(1'000'000)), "wrong");
}

// Every cut of a good object is wrong, and views never leave the text.
RC_GTEST_PROP(JsonMembers, CutsAreWrong, ()) {
  const std::string whole = R"({"s":"a\u1234\n","n":-1.5e+3,"o":{"x":[true,null]},"e":[]})";
  const auto size = *rc::gen::inRange<std::size_t>(0, whole.size());
  RC_ASSERT(!json_members(std::string_view{whole}.substr(0, size)));
}

RC_GTEST_PROP(JsonMembers, AnyBytesAreSafe, (const std::string& bytes)) {
  static_cast<void>(json_members(bytes));
  static_cast<void>(json_members(std::string{R"({"a":)"}.append(bytes)));
}

}  // namespace
}  // namespace folio
