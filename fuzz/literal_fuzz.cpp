// SPDX-License-Identifier: Apache-2.0
// All literal searches, on all targets, against the obvious one: positions of all matches and the number of
// lines. Two bytes choose the needle's size and the folding; the needle and the data follow.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "pattern/literal_searcher.h"
#include "simd/dispatch.h"

namespace {

using folio::ByteView;
using folio::pattern::Algorithm;
using folio::pattern::CaseFolding;
using folio::pattern::LiteralSearcher;

struct Answer {
  std::vector<std::size_t> matches;  // overlapping ones too
  std::uint64_t lines = 0;
  friend bool operator==(const Answer&, const Answer&) = default;
};

// The state is kept from call to call, as a worker does.
Answer answer_of(const LiteralSearcher& searcher, ByteView data, folio::pattern::SearchState& state) {
  Answer answer;
  for (auto at = searcher.find(data, 0, state); at < data.size(); at = searcher.find(data, at + 1, state)) {
    answer.matches.push_back(at);
  }
  answer.lines = searcher.count_records(data, std::byte{'\n'}, state);
  return answer;
}

void expect(const LiteralSearcher& searcher, ByteView data, const Answer& expected) {
  folio::pattern::SearchState state;
  for (int round = 0; round < 2; ++round) {
    if (answer_of(searcher, data, state) != expected) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView input = std::as_bytes(std::span{data, size}).subspan(2);
  const ByteView needle = input.first(data[0] % (input.size() + 1));
  const ByteView haystack = input.subspan(needle.size());
  const auto folding = data[1] % 2 == 0 ? CaseFolding::None : CaseFolding::Ascii;

  folio::pattern::SearchState state;
  const Answer expected =
      answer_of(LiteralSearcher::make(needle, Algorithm::Naive, folding), haystack, state);
  expect(LiteralSearcher::make(needle, Algorithm::BoyerMoore, folding), haystack, expected);
  expect(LiteralSearcher::make(needle, Algorithm::TwoWay, folding), haystack, expected);

  folio::pattern::ByteSample sample;
  sample.bytes.assign(haystack.begin(), haystack.end());
  sample.histogram.add(haystack);
  for (const auto target : folio::simd::supported_targets()) {
    if (!folio::simd::force_target(target)) std::abort();
    expect(LiteralSearcher::make(needle, Algorithm::Auto, folding), haystack, expected);
    expect(LiteralSearcher::make(needle, Algorithm::Auto, folding, &sample), haystack, expected);
  }
  const std::uint64_t overlapping = folio::pattern::BoyerMoore{needle, folding}.count_overlapping(haystack);
  if (!needle.empty() && overlapping != expected.matches.size()) std::abort();
  return 0;
}
