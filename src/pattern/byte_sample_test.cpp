// SPDX-License-Identifier: Apache-2.0
// Sampling of a file and the choice of probe bytes.
#include "pattern/byte_sample.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>

namespace folio::pattern {
namespace {

ByteSample sample_of(std::string_view text) {
  ByteSample sample;
  sample.bytes.assign(to_bytes(text).begin(), to_bytes(text).end());
  sample.histogram.add(sample.bytes);
  return sample;
}

simd::PairProbes choose(std::string_view needle, const ByteSample* sample,
                        CaseFolding folding = CaseFolding::None) {
  return choose_probe_offsets(to_bytes(needle), folding, sample);
}

std::string repeated(std::string_view unit, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += unit;
  return text;
}

TEST(ByteSample, SpreadsItsBlocksOverTheFile) {
  std::vector<std::uint64_t> offsets;
  const auto read_at = [&](std::uint64_t offset, MutableByteView buffer) {
    offsets.push_back(offset);
    std::ranges::fill(buffer, std::byte{'x'});
    return buffer.size();
  };
  const ByteSample sample = take_sample(std::uint64_t{1} << 40, read_at);
  EXPECT_EQ(sample.bytes.size(), kSampleBlock * kMaxSampleBlocks);
  EXPECT_EQ(sample.histogram.count(std::byte{'x'}), sample.bytes.size());
  ASSERT_EQ(offsets.size(), kMaxSampleBlocks);
  for (std::size_t i = 0; i < offsets.size(); ++i) EXPECT_EQ(offsets[i], i << 36U);
}

TEST(ByteSample, StaysInsideTheFile) {
  for (const std::uint64_t size : {0ULL, 1ULL, 4096ULL, 100000ULL, 3ULL << 20U, (5ULL << 20U) + 77}) {
    const ByteSample sample = take_sample(size, [&](std::uint64_t offset, MutableByteView buffer) {
      EXPECT_LE(offset, size);
      return static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - offset));
    });
    EXPECT_EQ(sample.histogram.total(), sample.bytes.size());
    EXPECT_LE(sample.bytes.size(), size);
    EXPECT_EQ(sample.bytes.empty(), size == 0);
  }
}

TEST(ByteSample, ShortAndFailedReadsAreNotCounted) {
  int calls = 0;
  const ByteSample sample = take_sample(
      std::uint64_t{16} << 20U, [&](std::uint64_t, MutableByteView) { return ++calls % 2 == 0 ? 0UZ : 7UZ; });
  EXPECT_EQ(sample.bytes.size(), 8U * 7U);
}

TEST(ByteHistogram, SharesTellUnseenBytesApart) {
  ByteHistogram histogram;
  EXPECT_GT(histogram.share(std::byte{'e'}, CaseFolding::None),
            histogram.share(std::byte{'q'}, CaseFolding::None));
  histogram.add(to_bytes(std::string(10000, 'q')));
  EXPECT_LT(histogram.share(std::byte{'e'}, CaseFolding::None),
            histogram.share(std::byte{'q'}, CaseFolding::None));
  EXPECT_GT(histogram.share(std::byte{'e'}, CaseFolding::None),
            histogram.share(std::byte{'Z'}, CaseFolding::None));
  EXPECT_GT(histogram.share(std::byte{'Q'}, CaseFolding::Ascii), 0.9);
  EXPECT_EQ(histogram.share(std::byte{'['}, CaseFolding::Ascii),
            histogram.share(std::byte{'['}, CaseFolding::None));
}

TEST(ProbeChoice, TakesTheRarestBytesOfCommonText) {
  const auto [first, second] = choose("see the zebra {", nullptr);
  EXPECT_EQ(first, 8U);    // z
  EXPECT_EQ(second, 14U);  // {
}

TEST(ProbeChoice, TrustsTheSample) {
  const ByteSample sample = sample_of(repeated("zebra{", 5000));
  const auto [first, second] = choose("zebra{ uv", &sample);
  EXPECT_GE(first, 6U);
  EXPECT_GE(second, 7U);
}

// Each byte of `" 4` is common, and so are `" ` and ` 4`; only `"` two before `4` is rare.
TEST(ProbeChoice, CountsPairsNotBytes) {
  const ByteSample sample = sample_of(repeated("HTTP/1.1\" 200 44 \"-\" \"x\"\n", 1000));
  const auto [first, second] = choose("HTTP/1.1\" 404", &sample);
  const std::string_view needle = "HTTP/1.1\" 404";
  const simd::PairNeedle pair{to_bytes(needle), {}, {first, second}};
  EXPECT_EQ(simd::count_pair_candidates(sample.bytes, pair), 0U);
}

TEST(ProbeChoice, PrefersBytesWithoutCase) {
  const ByteSample sample = sample_of(repeated("QQQQQQQQQQQQ-q", 1000));
  const auto [first, second] = choose("q-uaeio", &sample, CaseFolding::Ascii);
  EXPECT_NE(first, 0U);
  EXPECT_NE(second, 0U);
}

TEST(ProbeChoice, OffsetsAreInsideTheNeedleAndDistinct) {
  const bool holds = rc::check([](const std::string& needle, const std::string& text) {
    RC_PRE(!needle.empty());
    const ByteSample sample = sample_of(text);
    for (const ByteSample* source : {&sample, static_cast<const ByteSample*>(nullptr)}) {
      for (const CaseFolding folding : {CaseFolding::None, CaseFolding::Ascii}) {
        const auto [first, second] = choose(needle, source, folding);
        RC_ASSERT(second < needle.size());
        RC_ASSERT((needle.size() == 1 ? first == second : first < second));
      }
    }
  });
  EXPECT_TRUE(holds);
}

TEST(ProbeChoice, LongNeedlesKeepSmallOffsets) {
  const std::string needle = std::string(5000, 'e') + "zq";
  const auto [first, second] = choose(needle, nullptr);
  EXPECT_EQ(first, 0U);
  EXPECT_EQ(second, 254U);
}

}  // namespace
}  // namespace folio::pattern
