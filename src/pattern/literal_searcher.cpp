// SPDX-License-Identifier: Apache-2.0
#include "pattern/literal_searcher.h"

#include <type_traits>
#include <utility>

#include "pattern/record_end.h"

namespace folio::pattern {

LiteralSearcher LiteralSearcher::make(ByteView needle, Algorithm algorithm, CaseFolding folding,
                                      const ByteSample* sample) {
  const auto engine = [&]() -> Engine {
    if (needle.empty()) return Empty{};
    switch (algorithm) {
      case Algorithm::BoyerMoore:
        return BoyerMoore{needle, folding};
      case Algorithm::Naive:
        return Naive{needle, folding};
      case Algorithm::TwoWay:
        return TwoWay{needle, folding};
      case Algorithm::Auto:
      case Algorithm::PackedPair:
        break;
    }
    return PackedPairSearcher{needle, folding, sample};
  };
  return {engine(), needle.size()};
}

std::size_t LiteralSearcher::find(ByteView haystack, std::size_t from, SearchState& state) const {
  return std::visit(
      [&](const auto& engine) {
        if constexpr (requires { engine.find(haystack, from, state); }) {
          return engine.find(haystack, from, state);
        } else {
          return engine.find(haystack, from);
        }
      },
      engine_);
}

std::uint64_t LiteralSearcher::count_records(ByteView records, std::byte terminator,
                                             SearchState& state) const {
  if (const auto* pair = std::get_if<PackedPairSearcher>(&engine_)) {
    return pair->count_records(records, terminator, state);
  }
  std::uint64_t count = 0;
  for (std::size_t from = 0; from < records.size();) {
    const std::size_t match = find(records, from, state);
    if (match >= records.size()) break;
    ++count;
    from = behind_terminator(records, match, terminator);
  }
  return count;
}

std::string_view LiteralSearcher::algorithm_name() const {
  constexpr std::array<std::string_view, std::variant_size_v<Engine>> kNames{
      "empty", "packed-pair", "two-way", "boyer-moore", "naive"};
  return kNames[engine_.index()];
}

std::string LiteralSearcher::explain() const {
  struct Explain {
    std::string operator()(const Empty&) const { return "the empty pattern matches everywhere"; }
    std::string operator()(const PackedPairSearcher& pair) const { return pair.explain(); }
    std::string operator()(const TwoWay&) const { return "Two-Way: linear time, constant memory"; }
    std::string operator()(const BoyerMoore&) const {
      return "Boyer-Moore: bad-character and good-suffix shifts, as asked for";
    }
    std::string operator()(const Naive&) const { return "naive: compares at every position, as asked for"; }
  };
  return std::visit(Explain{}, engine_);
}

}  // namespace folio::pattern
