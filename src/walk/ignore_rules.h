// SPDX-License-Identifier: Apache-2.0
// The rules of one ignore file, in git's format.
#pragma once

#include <string_view>

#include "folio/walk.h"
#include "walk/rule_list.h"

namespace folio::walk_detail {

/// Lines that are no valid rule are left out, as git does. Paths are relative to the folder of the file.
[[nodiscard]] RuleList parse_ignore_rules(std::string_view text, NameCase name_case);

/// One rule, of an ignore file or of -g, as git splits it.
struct RuleLine {
  std::string_view glob;  ///< Without marks. Empty: no rule.
  bool is_negated = false;
  bool is_anchored = false;  ///< Matched against the path, and not at any depth.
  AppliesTo applies_to = AppliesTo::Everything;
};

[[nodiscard]] RuleLine parse_rule_line(std::string_view line);

/// Adds the globs of a rule. Nothing is added where one of them is bad.
[[nodiscard]] Result<void> add_rule(RuleList& list, const RuleLine& line, GlobDialect dialect,
                                    NameCase name_case, Verdict verdict);

}  // namespace folio::walk_detail
