// SPDX-License-Identifier: Apache-2.0
#include "walk/overrides.h"

#include "core/try.h"
#include "walk/ignore_rules.h"

namespace folio::walk_detail {

Result<Overrides> Overrides::compile(std::span<const GlobOption> globs) {
  Overrides overrides;
  for (const GlobOption& option : globs) {
    const RuleLine line = parse_rule_line(option.glob);
    if (line.glob.empty() && !line.is_negated && line.applies_to == AppliesTo::Everything) continue;
    if (line.glob.empty()) {
      Error error;
      error.detail = "the glob '" + option.glob + "' names nothing";
      return std::unexpected(std::move(error));
    }
    const Verdict verdict = line.is_negated ? Verdict::Ignore : Verdict::Include;
    overrides.restricts_ = overrides.restricts_ || !line.is_negated;
    FOLIO_TRY(add_rule(overrides.rules_, line, GlobDialect::CommandLine, option.name_case, verdict));
  }
  overrides.rules_.finish();
  return overrides;
}

Verdict Overrides::decide(const Candidate& candidate) const {
  const Verdict verdict = rules_.decide(candidate);
  if (verdict != Verdict::None || !restricts_ || candidate.type == EntryType::Directory) return verdict;
  return Verdict::Ignore;
}

}  // namespace folio::walk_detail
