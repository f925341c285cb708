// SPDX-License-Identifier: Apache-2.0
// Search for one literal needle by the algorithm that was asked for, or that suits the needle.
//
// Ownership: the searcher copies the needle. Threads: const and shared; each worker brings its own
// SearchState. Errors: none. Time: linear, but for Algorithm::Naive.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "folio/bytes.h"
#include "pattern/boyer_moore.h"
#include "pattern/byte_sample.h"
#include "pattern/case_folding.h"
#include "pattern/naive.h"
#include "pattern/packed_pair_searcher.h"
#include "pattern/search_state.h"
#include "pattern/two_way.h"

namespace folio::pattern {

enum class Algorithm : std::uint8_t {
  Auto,        ///< Packed pair; what an empty needle needs, which is nothing.
  BoyerMoore,  ///< The textbook.
  Naive,       ///< The obvious loop.
  TwoWay,      ///< Fallback of the packed pair; by itself for tests.
  PackedPair,  ///< Same as Auto.
};

class LiteralSearcher {
 public:
  /// `sample` of the data to be searched improves the choice of probes; may be null; it is not kept.
  [[nodiscard]] static LiteralSearcher make(ByteView needle, Algorithm algorithm = Algorithm::Auto,
                                            CaseFolding folding = CaseFolding::None,
                                            const ByteSample* sample = nullptr);

  /// First match at or after `from`, or kNotFound. An empty needle matches at `from`, also at the end.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from, SearchState& state) const;

  /// Number of records, each ended by `terminator` or by the end of the view, in which a match begins.
  [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator, SearchState& state) const;

  [[nodiscard]] std::size_t needle_size() const { return needle_size_; }
  [[nodiscard]] std::string_view algorithm_name() const;
  /// One sentence: the algorithm, and why it looks where it looks.
  [[nodiscard]] std::string explain() const;

 private:
  struct Empty {
    [[nodiscard]] static std::size_t find(ByteView haystack, std::size_t from) {
      return from <= haystack.size() ? from : kNotFound;
    }
  };
  using Engine = std::variant<Empty, PackedPairSearcher, TwoWay, BoyerMoore, Naive>;

  LiteralSearcher(Engine engine, std::size_t needle_size)
      : engine_{std::move(engine)}, needle_size_{needle_size} {}

  Engine engine_;
  std::size_t needle_size_;
};

}  // namespace folio::pattern
