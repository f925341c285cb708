// SPDX-License-Identifier: Apache-2.0
// All literal searchers against the obvious one: two bytes choose the needle's size and the folding, the
// needle and the data follow.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "search/literal_searcher.h"

namespace {

using folio::ByteView;
using folio::search::Algorithm;
using folio::search::LiteralSearcher;

// Offsets of all matches, overlapping ones too.
std::vector<std::size_t> all_matches(const LiteralSearcher& searcher, ByteView data) {
  std::vector<std::size_t> matches;
  folio::search::SearchState state;
  for (auto at = searcher.find(data, 0, state); at < data.size(); at = searcher.find(data, at + 1, state)) {
    matches.push_back(at);
  }
  return matches;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView input = std::as_bytes(std::span{data, size}).subspan(2);
  const ByteView needle = input.first(data[0] % (input.size() + 1));
  const ByteView haystack = input.subspan(needle.size());
  const auto folding =
      data[1] % 2 == 0 ? folio::search::CaseFolding::None : folio::search::CaseFolding::Ascii;

  const auto expected = all_matches(LiteralSearcher::make(needle, Algorithm::Naive, folding), haystack);
  for (const auto algorithm : {Algorithm::Auto, Algorithm::BoyerMoore, Algorithm::TwoWay}) {
    if (all_matches(LiteralSearcher::make(needle, algorithm, folding), haystack) != expected) std::abort();
  }
  return 0;
}
