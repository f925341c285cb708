// SPDX-License-Identifier: Apache-2.0
// What LetterCase::Smart means for given patterns.
#pragma once

#include <span>
#include <string>

#include "folio/pattern.h"

namespace folio::pattern {

/// Exact or Ignore. Smart is Ignore where the patterns hold a literal character and no literal one in upper
/// case; what escapes such as \W or \pL stand for does not count.
[[nodiscard]] LetterCase settled_case(std::span<const std::string> patterns, const PatternOptions& options);

}  // namespace folio::pattern
