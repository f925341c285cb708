// SPDX-License-Identifier: Apache-2.0
#include "core/checked.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folio {
namespace {

TEST(CheckedAdd, ReportsOverflow) {
  EXPECT_EQ(checked_add(1, 2), 3U);
  EXPECT_EQ(checked_add(UINT64_MAX, 0), UINT64_MAX);
  EXPECT_FALSE(checked_add(UINT64_MAX, 1));
}

TEST(RangeFits, DoesNotWrap) {
  EXPECT_TRUE(range_fits(0, 0, 0));
  EXPECT_TRUE(range_fits(10, 0, 10));
  EXPECT_TRUE(range_fits(3, 7, 10));
  EXPECT_FALSE(range_fits(3, 8, 10));
  EXPECT_FALSE(range_fits(11, 0, 10));
  EXPECT_FALSE(range_fits(UINT64_MAX, 2, 10));
  EXPECT_FALSE(range_fits(2, UINT64_MAX, 10));
}

RC_GTEST_PROP(Rounding, IsTheNearestMultiple, (std::uint32_t value)) {
  const std::uint64_t unit = 1ULL << *rc::gen::inRange(0, 22);
  RC_ASSERT(round_down(value, unit) % unit == 0U);
  RC_ASSERT(round_up(value, unit) % unit == 0U);
  RC_ASSERT(round_down(value, unit) <= value && value - round_down(value, unit) < unit);
  RC_ASSERT(round_up(value, unit) >= value && round_up(value, unit) - value < unit);
}

}  // namespace
}  // namespace folio
