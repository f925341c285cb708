// SPDX-License-Identifier: Apache-2.0
// Search for any of several literals by the algorithm that suits them.
//
// Ownership: the searcher copies the literals; copies of it share them. Threads: const and shared; each
// worker brings its own SearchState. Errors: none. Time: linear in the data searched; find() may look beyond
// its match by the size of the longest literal.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "folio/bytes.h"
#include "pattern/byte_sample.h"
#include "pattern/case_folding.h"
#include "pattern/literal_match.h"
#include "pattern/search_state.h"

namespace folio::pattern {

class MultiLiteralSearcher {
 public:
  /// `sample` of the data to be searched improves the choice of what is looked at; may be null; is not kept.
  /// Literals may be empty, equal, prefixes of each other, and hold any bytes.
  [[nodiscard]] static MultiLiteralSearcher make(std::span<const ByteView> literals,
                                                 CaseFolding folding = CaseFolding::None,
                                                 const ByteSample* sample = nullptr);

  /// The leftmost match at or after `from`; of the literals that match there the one given first.
  [[nodiscard]] std::optional<LiteralMatch> find(ByteView haystack, std::size_t from,
                                                 SearchState& state) const;

  /// Number of records, each ended by `terminator` or by the end of the view, that hold a literal.
  [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator, SearchState& state) const;

  [[nodiscard]] std::size_t literal_count() const;
  [[nodiscard]] std::string_view algorithm_name() const;
  /// One sentence: the algorithm, and why it looks where it looks.
  [[nodiscard]] std::string explain() const;

 private:
  class Engine;
  explicit MultiLiteralSearcher(std::shared_ptr<const Engine> engine) : engine_{std::move(engine)} {}

  std::shared_ptr<const Engine> engine_;
};

}  // namespace folio::pattern
