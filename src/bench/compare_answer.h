// SPDX-License-Identifier: Apache-2.0
// What a program printed, small enough to keep: whether two of them are the same, and where they begin.
//
// Ownership: plain values. Threads: one at a time. Errors: none.
#pragma once

#include <cstdint>
#include <string>

#include "bench/compare_cases.h"
#include "folio/bytes.h"

namespace folio::bench {

/// Takes output as it comes. Compares as the set of lines that the output is, each with its number.
class AnswerDigest {
 public:
  explicit AnswerDigest(Answer kind) : kind_(kind) {}

  void add(ByteView bytes);
  /// Ends a last line without a line end.
  void finish();

  /// The first line that counts, cut short; for messages.
  [[nodiscard]] const std::string& front() const { return front_; }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

  friend bool operator==(const AnswerDigest& a, const AnswerDigest& b) {
    return a.lines_ == b.lines_ && a.sum_ == b.sum_;
  }

 private:
  void add_line(std::string_view line);

  Answer kind_;
  std::string rest_;  // of a line whose end has not come yet
  std::string front_;
  std::uint64_t lines_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace folio::bench
