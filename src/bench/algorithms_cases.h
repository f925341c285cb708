// SPDX-License-Identifier: Apache-2.0
// The situations in which `folio bench algorithms` compares searchers, in one table.
//
// Ownership: plain values. Threads: any. Errors: none.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace folio::bench {

enum class AlgorithmGroup : std::uint8_t { NeedleSize, Alphabet, Density, Pathological };

/// "needle-size"
[[nodiscard]] std::string_view group_name(AlgorithmGroup group);
/// What its cases have in common, for people.
[[nodiscard]] std::string_view group_text(AlgorithmGroup group);

struct SearchInput {
  std::string haystack;
  std::string needle;
};

struct AlgorithmCase {
  AlgorithmGroup group = AlgorithmGroup::NeedleSize;
  std::string name;
  /// The text has this size, but may be longer where the needle would not fit.
  std::function<SearchInput(std::size_t size)> make;
};

/// Searchers with a quadratic worst case get this part of a pathological haystack, so that they end.
inline constexpr std::size_t kShortened = 64;

[[nodiscard]] std::vector<AlgorithmCase> algorithm_cases();

}  // namespace folio::bench
