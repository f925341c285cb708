// SPDX-License-Identifier: Apache-2.0
// The byte kernels against their scalar twins: every target, size, alignment, and both ends of a guarded
// page.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <vector>

#include "simd/count_byte.h"
#include "simd/find_byte.h"
#include "simd/for_test.h"
#include "simd/scalar.h"
#include "simd/sum_bytes.h"

namespace folio::simd {
namespace {

constexpr std::byte kWanted{'\n'};

// Bytes of which one in `rarity` is kWanted.
std::vector<std::byte> sample(std::size_t size, unsigned rarity, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<std::byte> bytes(size);
  for (std::byte& byte : bytes) {
    byte = random() % rarity == 0 ? kWanted : std::byte(random() & 0xFF);
  }
  return bytes;
}

void expect_same_as_scalar(ByteView bytes) {
  EXPECT_EQ(count_byte(bytes, kWanted), scalar::count_byte(bytes, kWanted));
  EXPECT_EQ(find_byte(bytes, kWanted), scalar::find_byte(bytes, kWanted));
  EXPECT_EQ(find_last_byte(bytes, kWanted), scalar::find_last_byte(bytes, kWanted));
  EXPECT_EQ(has_byte(bytes, kWanted), scalar::count_byte(bytes, kWanted) != 0);
  EXPECT_EQ(sum_bytes(bytes), scalar::sum_bytes(bytes));
}

class ByteKernels : public OnEveryTarget {};

TEST_P(ByteKernels, EverySizeAtBothEndsOfAPage) {
  GuardedBytes guarded{4096};
  for (std::size_t size = 0; size <= 600; ++size) {
    for (const unsigned rarity : {1U, 3U, 200U}) {
      const auto bytes = sample(size, rarity, static_cast<unsigned>(size));
      expect_same_as_scalar(guarded.at_end(bytes));
      expect_same_as_scalar(guarded.at_begin(bytes));
    }
  }
}

TEST_P(ByteKernels, EveryAlignment) {
  const auto bytes = sample(1024, 40, 7);
  for (std::size_t skip = 0; skip < 128; ++skip) {
    for (const std::size_t size : {0UZ, 1UZ, 63UZ, 64UZ, 65UZ, 300UZ, 700UZ}) {
      expect_same_as_scalar(ByteView{bytes}.subspan(skip, size));
    }
  }
}

TEST_P(ByteKernels, OneByteAtEveryPlace) {
  std::vector<std::byte> bytes(513, std::byte{'x'});
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    bytes[place] = kWanted;
    EXPECT_EQ(find_byte(bytes, kWanted), place);
    EXPECT_EQ(find_last_byte(bytes, kWanted), place);
    EXPECT_EQ(count_byte(bytes, kWanted), 1U);
    bytes[place] = std::byte{'x'};
  }
}

// Counters of eight bits must be emptied before they overflow.
TEST_P(ByteKernels, LongRunsOfTheByte) {
  const std::vector<std::byte> bytes(1 << 18, std::byte{0xFF});
  EXPECT_EQ(count_byte(bytes, std::byte{0xFF}), bytes.size());
  EXPECT_EQ(sum_bytes(bytes), bytes.size() * 255);
}

TEST_P(ByteKernels, AnyBytes) {
  const bool holds = rc::check(
      "kernels equal their scalar twins", [](const std::vector<std::uint8_t>& values, std::uint8_t wanted) {
        const ByteView bytes = std::as_bytes(std::span{values});
        const std::byte byte{wanted};
        RC_ASSERT(count_byte(bytes, byte) == scalar::count_byte(bytes, byte));
        RC_ASSERT(find_byte(bytes, byte) == scalar::find_byte(bytes, byte));
        RC_ASSERT(find_last_byte(bytes, byte) == scalar::find_last_byte(bytes, byte));
        RC_ASSERT(sum_bytes(bytes) == scalar::sum_bytes(bytes));
      });
  EXPECT_TRUE(holds);
}

FOLIO_ON_EVERY_TARGET(ByteKernels);

TEST(Dispatch, UnknownTargetChangesNothing) {
  const auto before = active_target_name();
  EXPECT_FALSE(force_target("no-such-target"));
  EXPECT_EQ(active_target_name(), before);
}

TEST(Dispatch, ScalarIsAlwaysThereAndLast) {
  ASSERT_FALSE(supported_targets().empty());
  EXPECT_EQ(supported_targets().back(), "scalar");
}

}  // namespace
}  // namespace folio::simd
