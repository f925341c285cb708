// SPDX-License-Identifier: Apache-2.0
// A worker's means to search for a pattern: leads to the next record that matches, and to the matches in it.
//
// Ownership: the pattern must outlive it. Threads: one. Errors: take_failure() tells why a search was given
// up.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "folio/bytes.h"
#include "folio/pattern.h"
#include "pattern/engine.h"
#include "pattern/finder.h"

namespace folio::pattern {

class Matcher {
 public:
  explicit Matcher(const Pattern& pattern);

  /// The first record that begins at or after `from`, a record's begin, and matches; with its terminator.
  [[nodiscard]] std::optional<ByteRange> next_record(ByteView records, std::size_t from);
  [[nodiscard]] std::uint64_t count_records(ByteView records);

  /// `text` is one record without its end, or all of the input where matches reach across records.
  [[nodiscard]] std::optional<Span> find(ByteView text, std::size_t from);
  [[nodiscard]] bool captures(ByteView text, std::size_t from, std::span<Span> groups);

  /// A record without its terminator, and without a '\r' that belongs to it.
  [[nodiscard]] ByteView content(ByteView record) const;
  [[nodiscard]] std::byte terminator() const { return terminator_; }
  [[nodiscard]] const PatternOptions& options() const;
  [[nodiscard]] std::optional<Error> take_failure();

 private:
  [[nodiscard]] std::optional<ByteRange> next_candidate(ByteView records, std::size_t from);
  void note_miss(std::uint64_t advanced);

  [[nodiscard]] Engine* engine();

  const Pattern::State& state_;
  std::byte terminator_;
  Finds finds_;
  std::unique_ptr<Finder> finder_;  // null: every record is a candidate
  std::unique_ptr<Engine> engine_;  // made when it is first asked
  std::uint64_t misses_ = 0;
  std::uint64_t missed_bytes_ = 0;
};

/// Matchers that wait for the next search: an engine takes longer to make than a small file to search.
/// Threads: any.
class MatcherPool {
 public:
  [[nodiscard]] std::unique_ptr<Matcher> take(const Pattern& pattern);
  void give_back(std::unique_ptr<Matcher> matcher);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Matcher>> idle_;
};

/// The record around `inside`, with its terminator. REQUIRES: `from` is the begin of a record at or before
/// it, and inside < records.size().
[[nodiscard]] ByteRange record_around(ByteView records, std::size_t from, std::size_t inside,
                                      std::byte terminator);

}  // namespace folio::pattern
