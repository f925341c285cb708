// SPDX-License-Identifier: Apache-2.0
#include "folio/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folio {
namespace {

TEST(ByteRange, SizeAndEmptiness) {
  EXPECT_EQ((ByteRange{3, 10}.size()), 7U);
  EXPECT_TRUE((ByteRange{3, 3}.empty()));
  EXPECT_FALSE((ByteRange{3, 4}.empty()));
}

TEST(Intersect, DisjointRangesGiveAnEmptyOneAtTheNearerBound) {
  EXPECT_EQ(intersect({0, 5}, {10, 20}), (ByteRange{10, 10}));
  EXPECT_EQ(intersect({30, 50}, {10, 20}), (ByteRange{20, 20}));
}

RC_GTEST_PROP(Intersect, HoldsExactlyTheSharedBytes,
              (std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)) {
  const ByteRange range{std::min(a, b), std::max(a, b)};
  const ByteRange bounds{std::min(c, d), std::max(c, d)};
  const ByteRange shared = intersect(range, bounds);
  RC_ASSERT(shared.begin <= shared.end);
  for (std::uint64_t offset = 0; offset < 256; ++offset) {
    const auto inside = [offset](ByteRange in) { return in.begin <= offset && offset < in.end; };
    RC_ASSERT(inside(shared) == (inside(range) && inside(bounds)));
  }
}

TEST(Views, TextAndBytesAreTheSameMemory) {
  const std::string_view text = "folio";
  EXPECT_EQ(to_text(to_bytes(text)), text);
  EXPECT_EQ(to_text(to_bytes(text)).data(), text.data());
  EXPECT_TRUE(to_text({}).empty());
}

}  // namespace
}  // namespace folio
