// SPDX-License-Identifier: Apache-2.0
#include "logs/record.h"

#include <gtest/gtest.h>

namespace folio::logs {
namespace {

TEST(Field, EveryNameIsParsedAsItself) {
  for (std::size_t number = 0; number < kFields; ++number) {
    const auto field = static_cast<Field>(number);
    EXPECT_EQ(parse_field(field_name(field)), field) << field_name(field);
  }
}

TEST(Field, KnowsTheUsualOtherNames) {
  EXPECT_EQ(parse_field("ip"), Field::Host);
  EXPECT_EQ(parse_field("url"), Field::Target);
  EXPECT_EQ(parse_field("nothing"), std::nullopt);
}

TEST(Record, HasWhatWasSet) {
  Record record;
  record.set(Field::Host, "192.0.2.1");
  record.set(Field::Status, 404);
  EXPECT_TRUE(record.has(Field::Host));
  EXPECT_EQ(record.number(Field::Status), 404);
  EXPECT_FALSE(record.has(Field::Bytes));
}

}  // namespace
}  // namespace folio::logs
