// SPDX-License-Identifier: Apache-2.0
// A pattern prepared for searching.
//
// Ownership: a Pattern copies what it was made from; copies of it share one immutable state. Threads: any
// number of threads may use one Pattern. Errors: Result<T>.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"

namespace folio {

enum class LetterCase : std::uint8_t {
  Exact,
  IgnoreAscii,  ///< A to Z match a to z; bytes above 0x7F match only themselves.
};

enum class SearchAlgorithm : std::uint8_t {
  Auto,        ///< SIMD packed pair with a linear-time fallback.
  BoyerMoore,  ///< The textbook algorithm with both shift rules and Galil's rule.
  Naive,       ///< The obvious loop, quadratic in the worst case; for comparison.
};

struct PatternOptions {
  LetterCase letter_case = LetterCase::Exact;
  SearchAlgorithm algorithm = SearchAlgorithm::Auto;
};

/// A literal prepared for searching.
class Pattern {
 public:
  /// Any bytes. A pattern that holds '\n' is refused: no line contains one.
  [[nodiscard]] static Result<Pattern> literal(ByteView needle, const PatternOptions& options = {});
  /// The same, with probe bytes chosen by the byte frequencies of `sample`, the file to be searched.
  [[nodiscard]] static Result<Pattern> literal_for(const File& sample, ByteView needle,
                                                   const PatternOptions& options = {});

  /// Offset of the first match at or after `from`; nothing where there is none.
  [[nodiscard]] std::optional<std::size_t> find(ByteView bytes, std::size_t from = 0) const;
  [[nodiscard]] std::size_t size() const;
  /// One sentence: the algorithm and why it looks where it looks.
  [[nodiscard]] std::string explain() const;

  struct State;
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  explicit Pattern(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace folio
