// SPDX-License-Identifier: Apache-2.0
// The search for many literals, on all targets, against the obvious one: all matches in turn and the number
// of records. The first byte chooses the folding, the second how many literals follow, each with a byte of
// its size; the rest is the data.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "pattern/multi_literal.h"
#include "pattern/multi_literal_oracle.h"
#include "simd/dispatch.h"

namespace {

using folio::ByteView;
using folio::pattern::ByteSample;
using folio::pattern::LiteralMatch;
using folio::pattern::MultiLiteralOracle;
using folio::pattern::MultiLiteralSearcher;
using folio::pattern::SearchState;

struct Answer {
  std::vector<LiteralMatch> matches;
  std::uint64_t records = 0;
  friend bool operator==(const Answer&, const Answer&) = default;
};

template <class Find>
std::vector<LiteralMatch> all_matches(Find find) {
  std::vector<LiteralMatch> matches;
  std::size_t from = 0;
  while (const std::optional<LiteralMatch> match = find(from)) {
    matches.push_back(*match);
    from = match->position + 1;
  }
  return matches;
}

Answer answer_of(const MultiLiteralSearcher& searcher, ByteView data, SearchState state) {
  Answer answer;
  answer.matches = all_matches([&](std::size_t from) { return searcher.find(data, from, state); });
  answer.records = searcher.count_records(data, std::byte{'\n'}, state);
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  ByteView input = std::as_bytes(std::span{data, size}).subspan(2);
  MultiLiteralOracle oracle;
  oracle.folding = data[0] % 2 == 0 ? folio::pattern::CaseFolding::None : folio::pattern::CaseFolding::Ascii;
  // Up to 127 literals, so that all ways of searching are taken.
  for (unsigned count = data[1] % 128U; count > 0 && !input.empty(); --count) {
    const std::size_t wanted = std::to_integer<std::size_t>(input[0]) % 24;
    const ByteView literal = input.subspan(1, std::min(wanted, input.size() - 1));
    oracle.literals.emplace_back(folio::to_text(literal));
    input = input.subspan(1 + literal.size());
  }
  // The oracle is quadratic.
  const ByteView haystack = input.first(std::min<std::size_t>(input.size(), 2000));
  const std::string_view text = folio::to_text(haystack);
  Answer expected;
  expected.matches = all_matches(
      [&](std::size_t from) { return from > text.size() ? std::nullopt : oracle.find(text, from); });
  expected.records = oracle.count_records(text, '\n');

  std::vector<ByteView> literals;
  for (const std::string& literal : oracle.literals) literals.push_back(folio::to_bytes(literal));
  ByteSample sample;
  sample.bytes.assign(haystack.begin(), haystack.end());
  sample.histogram.add(haystack);
  SearchState linear;
  linear.linear_bytes_left = 100;
  for (const auto target : folio::simd::supported_targets()) {
    if (!folio::simd::force_target(target)) std::abort();
    for (const ByteSample* known :
         {static_cast<const ByteSample*>(nullptr), static_cast<const ByteSample*>(&sample)}) {
      const auto searcher = MultiLiteralSearcher::make(literals, oracle.folding, known);
      if (answer_of(searcher, haystack, {}) != expected) std::abort();
      if (answer_of(searcher, haystack, linear) != expected) std::abort();
    }
  }
  return 0;
}
