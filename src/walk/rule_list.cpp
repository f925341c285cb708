// SPDX-License-Identifier: Apache-2.0
#include "walk/rule_list.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace folio::walk_detail {

namespace {

// PERF: below this, comparing with each rule is cheaper than folding and hashing the name.
constexpr std::size_t kIndexFrom = 12;
constexpr std::size_t kNameSizeMax = 256;

std::string lower(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(), ascii_lower);
  return folded;
}

std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// From the last dot on; empty where there is none.
std::string_view extension(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : text.substr(dot);
}

}  // namespace

void RuleList::add(Glob glob, AppliesTo applies_to, Verdict verdict) {
  needs_path_ = needs_path_ || !glob.is_any_depth();
  rules_.push_back({.glob = std::move(glob), .applies_to = applies_to, .verdict = verdict});
}

void RuleList::finish() {
  is_indexed_ = rules_.size() >= kIndexFrom;
  if (!is_indexed_) return;
  for (std::uint32_t index = 0; index < rules_.size(); ++index) {
    const Glob& glob = rules_[index].glob;
    const std::string_view tail = glob.tail();
    const bool has_whole_name = glob.is_literal() || tail.contains('/');
    if (has_whole_name) {
      by_name_[lower(last_component(tail))].push_back(index);
    } else if (tail.contains('.')) {
      by_extension_[lower(extension(tail))].push_back(index);
    } else {
      others_.push_back(index);
    }
  }
}

bool RuleList::applies(const Rule& rule, const Candidate& candidate) const {
  if (rule.applies_to == AppliesTo::Directories && candidate.type == EntryType::File) return false;
  return rule.glob.matches(rule.glob.is_any_depth() ? candidate.name : candidate.path);
}

// Rules are numbered from 1 here, so that 0 is none.
std::size_t RuleList::last_of(const std::vector<std::uint32_t>& indexes, const Candidate& candidate,
                              std::size_t at_least) const {
  for (const std::uint32_t index : indexes | std::views::reverse) {
    if (index < at_least) break;
    if (applies(rules_[index], candidate)) return index + 1;
  }
  return at_least;
}

std::size_t RuleList::last_indexed(const Candidate& candidate) const {
  std::array<char, kNameSizeMax> folded;
  std::ranges::transform(candidate.name, folded.begin(), ascii_lower);
  const std::string_view name(folded.data(), candidate.name.size());
  std::size_t last = 0;
  if (const auto found = by_name_.find(name); found != by_name_.end()) {
    last = last_of(found->second, candidate, last);
  }
  if (const std::string_view end = extension(name); !end.empty() && !by_extension_.empty()) {
    const auto found = by_extension_.find(end);
    if (found != by_extension_.end()) last = last_of(found->second, candidate, last);
  }
  return last_of(others_, candidate, last);
}

Verdict RuleList::decide(const Candidate& candidate) const {
  if (is_indexed_ && candidate.name.size() <= kNameSizeMax) {
    const std::size_t last = last_indexed(candidate);
    return last == 0 ? Verdict::None : rules_[last - 1].verdict;
  }
  for (const Rule& rule : rules_ | std::views::reverse) {
    if (applies(rule, candidate)) return rule.verdict;
  }
  return Verdict::None;
}

}  // namespace folio::walk_detail
