// SPDX-License-Identifier: Apache-2.0
// What leads a search quickly to the records that match, or that may match.
//
// Ownership: a Finder refers to its FinderSource, which must outlive it. Threads: a source is shared, a
// finder belongs to one worker and learns from what it has seen. Errors: none.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "folio/bytes.h"
#include "pattern/engine.h"

namespace folio::pattern {

class Finder {
 public:
  Finder() = default;
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;
  virtual ~Finder() = default;

  /// The first place at or after `from`: a match, or a part of the record that may match.
  [[nodiscard]] virtual std::optional<Span> find(ByteView bytes, std::size_t from) = 0;
  /// Number of records, each ended by `terminator` or by the end of the view, in which a place begins.
  [[nodiscard]] virtual std::uint64_t count_records(ByteView records, std::byte terminator) = 0;
};

/// What the places are that a finder finds.
enum class Finds : std::uint8_t {
  Matches,     ///< The leftmost match, as the pattern means it.
  Records,     ///< A place in the next record that matches; not always where the match is.
  Candidates,  ///< A place in the next record that may match.
};

class FinderSource {
 public:
  FinderSource() = default;
  FinderSource(const FinderSource&) = delete;
  FinderSource& operator=(const FinderSource&) = delete;
  virtual ~FinderSource() = default;

  [[nodiscard]] virtual std::unique_ptr<Finder> make() const = 0;
  /// One sentence.
  [[nodiscard]] virtual std::string explain() const = 0;
};

}  // namespace folio::pattern
