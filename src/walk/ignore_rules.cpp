// SPDX-License-Identifier: Apache-2.0
#include "walk/ignore_rules.h"

#include <algorithm>
#include <utility>

#include "core/try.h"

namespace folio::walk_detail {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Spaces at the end do not count but where a backslash stands before them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
      end = std::min(at + 1, line.size());
    } else if (line[at] != ' ') {
      end = at + 1;
    }
  }
  return line.substr(0, end);
}

}  // namespace

RuleLine parse_rule_line(std::string_view line) {
  RuleLine rule;
  if (line.starts_with('#')) return rule;
  rule.glob = without_trailing_spaces(line);
  rule.is_negated = rule.glob.starts_with('!');
  if (rule.is_negated) rule.glob.remove_prefix(1);
  if (rule.glob.ends_with('/')) {
    rule.applies_to = AppliesTo::Directories;
    rule.glob.remove_suffix(1);
  }
  rule.is_anchored = rule.glob.contains('/');
  if (rule.glob.starts_with('/')) rule.glob.remove_prefix(1);
  return rule;
}

Result<void> add_rule(RuleList& list, const RuleLine& line, GlobDialect dialect, NameCase name_case,
                      Verdict verdict) {
  std::vector<Glob> globs = FOLIO_TRY(Glob::compile(line.glob, dialect, name_case));
  for (Glob& glob : globs) {
    if (!line.is_anchored || line.glob.starts_with("**/")) glob.float_if_simple();
    list.add(std::move(glob), line.applies_to, verdict);
  }
  return {};
}

RuleList parse_ignore_rules(std::string_view text, NameCase name_case) {
  RuleList list;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const RuleLine rule = parse_rule_line(line);
    if (rule.glob.empty()) continue;
    const Verdict verdict = rule.is_negated ? Verdict::Include : Verdict::Ignore;
    // A bad glob matches nothing.
    static_cast<void>(add_rule(list, rule, GlobDialect::IgnoreFile, name_case, verdict));
  }
  list.finish();
  return list;
}

}  // namespace folio::walk_detail
