// SPDX-License-Identifier: Apache-2.0
// A regular expression for the short texts of fields, many millions of them.
//
// The means of the pattern room are made for whole files: finders take long to begin, and learn that a
// pattern is better searched in another way. Here a text is a few dozen bytes, and each is decided by itself.
// Ownership: a matcher refers to its pattern. Threads: a pattern is immutable, a matcher belongs to one.
// Errors: Errc::InvalidArgument with one sentence that names the position.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "folio/pattern.h"
#include "pattern/engine.h"
#include "pattern/finder.h"
#include "pattern/requirement.h"

namespace folio::logs {

/// What every match contains, as the pattern room knows it; of no use where the expression is not valid.
[[nodiscard]] pattern::Requirement requirement_of(std::string_view regex);

class FieldPattern {
 public:
  [[nodiscard]] static Result<FieldPattern> compile(const std::string& regex);

 private:
  friend class FieldMatcher;
  explicit FieldPattern(Pattern pattern) : pattern_(std::move(pattern)) {}

  Pattern pattern_;
  bool matches_empty_ = false;
  std::vector<std::string> literals_;  // not empty: a text matches if it contains one of these
};

class FieldMatcher {
 public:
  explicit FieldMatcher(const FieldPattern& pattern);

  /// Whether the expression matches anywhere in the text, which holds no line end.
  [[nodiscard]] bool matches(std::string_view text);

 private:
  const FieldPattern* pattern_;
  pattern::Finds finds_;
  std::unique_ptr<pattern::Finder> finder_;
  std::unique_ptr<pattern::Engine> engine_;
};

}  // namespace folio::logs
