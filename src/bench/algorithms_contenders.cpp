// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms_contenders.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include "bench/algorithms_horspool.h"
#include "pattern/byte_sample.h"
#include "pattern/literal_searcher.h"

namespace folio::bench {

namespace {

using pattern::Algorithm;

/// `find(from)` gives a position, or one behind the last where a match could begin.
template <class Find>
std::uint64_t count_with(std::size_t haystack_size, std::size_t needle_size, Find find) {
  std::uint64_t count = 0;
  for (std::size_t from = 0; from < haystack_size; ++count) {
    const std::size_t match = find(from);
    if (match >= haystack_size) break;
    from = match + needle_size;
  }
  return count;
}

std::uint64_t count_by(const pattern::LiteralSearcher& searcher, ByteView haystack) {
  pattern::SearchState state;
  return count_with(haystack.size(), searcher.needle_size(),
                    [&](std::size_t from) { return searcher.find(haystack, from, state); });
}

template <Algorithm kAlgorithm>
std::uint64_t count_own(ByteView haystack, ByteView needle) {
  return count_by(pattern::LiteralSearcher::make(needle, kAlgorithm), haystack);
}

/// As `folio search` does it: the probes are chosen by a sample.
std::uint64_t count_packed_pair(ByteView haystack, ByteView needle) {
  const auto read_at = [haystack](std::uint64_t offset, MutableByteView buffer) {
    const ByteView rest = haystack.subspan(std::min<std::size_t>(offset, haystack.size()));
    const std::size_t size = std::min(rest.size(), buffer.size());
    std::copy_n(rest.begin(), size, buffer.begin());
    return size;
  };
  const pattern::ByteSample sample = pattern::take_sample(haystack.size(), read_at);
  return count_by(
      pattern::LiteralSearcher::make(needle, Algorithm::PackedPair, pattern::CaseFolding::None, &sample),
      haystack);
}

std::uint64_t count_horspool(ByteView haystack, ByteView needle) {
  const Horspool searcher(needle);
  return count_with(haystack.size(), needle.size(),
                    [&](std::size_t from) { return searcher.find(haystack, from); });
}

std::uint64_t count_memmem(ByteView haystack, ByteView needle) {
  return count_with(haystack.size(), needle.size(), [&](std::size_t from) {
    const void* const found =
        ::memmem(haystack.data() + from, haystack.size() - from, needle.data(), needle.size());
    return found == nullptr
               ? haystack.size()
               : static_cast<std::size_t>(static_cast<const std::byte*>(found) - haystack.data());
  });
}

/// A searcher of the standard library over characters, which it has fast tables for.
template <class Searcher>
std::uint64_t count_standard(ByteView haystack, ByteView needle) {
  const std::string_view text = to_text(haystack);
  const std::string_view wanted = to_text(needle);
  const Searcher searcher(wanted.data(), wanted.data() + wanted.size());
  return count_with(text.size(), wanted.size(), [&](std::size_t from) {
    const char* const begin = text.data();
    return static_cast<std::size_t>(std::search(begin + from, begin + text.size(), searcher) - begin);
  });
}

constexpr std::array kSearchers{
    Searcher{"packed-pair", Origin::Used, WorstCase::Linear, count_packed_pair},
    Searcher{"two-way", Origin::Folio, WorstCase::Linear, count_own<Algorithm::TwoWay>},
    Searcher{"boyer-moore", Origin::Folio, WorstCase::Linear, count_own<Algorithm::BoyerMoore>},
    Searcher{"horspool", Origin::Foreign, WorstCase::Quadratic, count_horspool},
    Searcher{"memmem", Origin::Foreign, WorstCase::Linear, count_memmem},
    Searcher{"std::bm", Origin::Foreign, WorstCase::Linear,
             count_standard<std::boyer_moore_searcher<const char*>>},
    Searcher{"std::search", Origin::Foreign, WorstCase::Quadratic,
             count_standard<std::default_searcher<const char*>>},
    Searcher{"naive", Origin::Folio, WorstCase::Quadratic, count_own<Algorithm::Naive>},
};

}  // namespace

std::span<const Searcher> searchers() {
  return kSearchers;
}

const Searcher& naive_searcher() {
  return kSearchers.back();
}

}  // namespace folio::bench
