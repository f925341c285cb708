// SPDX-License-Identifier: Apache-2.0
// Aho-Corasick: all literals in one pass, at the same speed whatever the data. Memory linear in the size of
// the literals: about 17 bytes a state, and full rows for the shallow states, where the search mostly is.
//
// Ownership: keeps the table that it was made from alive only if the caller does. Threads: const and shared.
// Errors: none. Time: linear; find() looks on for a longer match at most by the size of the longest literal.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "folio/bytes.h"
#include "pattern/literal_match.h"
#include "pattern/literal_table.h"

namespace folio::pattern {

class AhoCorasick {
 public:
  /// Empty literals are left out. `table` must outlive the automaton.
  explicit AhoCorasick(const LiteralTable& table);

  struct Stretch {
    std::optional<LiteralMatch> match;
    std::size_t end = 0;  ///< Without a match: none begins before it.
  };
  /// The leftmost match that begins in [from, stop), of those that begin there the literal given first.
  [[nodiscard]] Stretch find(ByteView haystack, std::size_t from, std::size_t stop) const;

  /// The match that ends first of those that begin in [from, stop) and hold no terminator.
  [[nodiscard]] Stretch find_in_record(ByteView records, std::size_t from, std::size_t stop,
                                       std::byte terminator) const;

  /// The literal given first of those that stand at `at`.
  [[nodiscard]] std::optional<LiteralMatch> match_at(ByteView haystack, std::size_t at) const;

  [[nodiscard]] std::size_t state_count() const { return fail_.size(); }
  [[nodiscard]] std::size_t memory() const;

 private:
  using State = std::uint32_t;
  static constexpr State kRoot = 0;
  static constexpr State kNoState = std::numeric_limits<State>::max();
  static constexpr std::uint32_t kNoLiteral = std::numeric_limits<std::uint32_t>::max();

  struct Range;
  struct Builder;

  void choose_classes();
  void expand(State parent, const Range& range, Builder& builder);
  void add_child(State parent, std::uint8_t label, const Range& range, Builder& builder);
  void fill_rows();
  [[nodiscard]] State child(State state, std::uint8_t label) const;
  [[nodiscard]] State step(State state, std::byte byte) const;
  /// The longest literal that ends in this state, as a match whose last byte is at `last`.
  [[nodiscard]] LiteralMatch match_of(State state, std::size_t last) const;

  const LiteralTable* table_;
  // Class 0 is that of the bytes which occur in no literal; both cases of a letter are one where case is
  // ignored.
  std::array<std::uint8_t, 256> class_of_{};
  std::size_t class_count_ = 1;
  // States are numbered breadth first, so that the children of one state follow each other, and those of the
  // next state follow them.
  std::vector<std::uint8_t> label_;
  std::vector<State> first_child_;  // one more than there are states
  std::vector<State> fail_;
  std::vector<std::uint32_t> depth_;
  std::vector<std::uint32_t> output_;
  std::vector<State> rows_;  // class_count_ each, for the first dense_count_ states
  std::size_t dense_count_ = 0;
};

}  // namespace folio::pattern
