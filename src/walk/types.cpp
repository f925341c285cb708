// SPDX-License-Identifier: Apache-2.0
#include "walk/types.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

#include "core/try.h"
#include "walk/type_table.h"

namespace folio {

namespace walk_detail {

namespace {

using Definitions = std::map<std::string, std::vector<std::string>, std::less<>>;

constexpr std::string_view kEveryType = "all";

std::unexpected<Error> type_error(std::string detail) {
  Error error;
  error.detail = std::move(detail);
  return std::unexpected(std::move(error));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (const auto part : text | std::views::split(separator)) parts.emplace_back(part.begin(), part.end());
  return parts;
}

std::unexpected<Error> unknown_type(std::string_view name) {
  return type_error("the file type '" + std::string(name) + "' is unknown; --type-list shows all");
}

bool is_type_name(std::string_view name) {
  const auto is_allowed = [](char byte) {
    const char folded = ascii_lower(byte);
    return (folded >= 'a' && folded <= 'z') || (byte >= '0' && byte <= '9') || (byte & '\x80') != 0;
  };
  return !name.empty() && name != kEveryType && std::ranges::all_of(name, is_allowed);
}

Result<void> include_types(Definitions& types, const std::string& name, std::string_view others) {
  std::vector<std::string> added;
  for (const std::string& other : split(others, ',')) {
    const auto found = types.find(other);
    if (found == types.end()) return unknown_type(other);
    added.insert(added.end(), found->second.begin(), found->second.end());
  }
  auto& globs = types[name];
  globs.insert(globs.end(), added.begin(), added.end());
  return {};
}

Result<void> add_type(Definitions& types, const std::string& text) {
  constexpr std::string_view kInclude = "include:";
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string name = text.substr(0, colon);
  const std::string_view rest = std::string_view(text).substr(std::min(colon + 1, text.size()));
  if (rest.starts_with(kInclude) && is_type_name(name)) {
    return include_types(types, name, rest.substr(kInclude.size()));
  }
  if (rest.empty() || rest.contains(':') || !is_type_name(name)) {
    return type_error("'" + text +
                      "' defines no file type; write name:glob (html:*.html) or name:include:other");
  }
  types[name].emplace_back(rest);
  return {};
}

Result<Definitions> define(std::span<const TypeChange> changes) {
  Definitions types;
  for (const KnownType& known : kKnownTypes) types.emplace(known.name, split(known.globs, ' '));
  for (const TypeChange& change : changes) {
    if (change.kind == TypeChange::Kind::Clear) {
      types.erase(change.text);
    } else {
      FOLIO_TRY(add_type(types, change.text));
    }
  }
  return types;
}

Result<void> add_globs(RuleList& rules, const std::vector<std::string>& texts, Verdict verdict) {
  for (const std::string& text : texts) {
    for (Glob& glob : FOLIO_TRY(Glob::compile(text, GlobDialect::CommandLine, NameCase::Sensitive))) {
      glob.float_if_simple();
      // Only names are looked at, in which there is no slash.
      if (glob.is_any_depth()) rules.add(std::move(glob), AppliesTo::Everything, verdict);
    }
  }
  return {};
}

Result<void> add_choice(RuleList& rules, const Definitions& types, const TypeChoice& choice) {
  const Verdict verdict = choice.kind == TypeChoice::Kind::Only ? Verdict::Include : Verdict::Ignore;
  if (choice.name == kEveryType) {
    for (const auto& type : types) FOLIO_TRY(add_globs(rules, type.second, verdict));
    return {};
  }
  const auto found = types.find(choice.name);
  if (found == types.end()) return unknown_type(choice.name);
  return add_globs(rules, found->second, verdict);
}

}  // namespace

Result<TypeFilter> TypeFilter::compile(std::span<const TypeChange> changes,
                                       std::span<const TypeChoice> choices) {
  TypeFilter filter;
  if (changes.empty() && choices.empty()) return filter;
  const Definitions types = FOLIO_TRY(define(changes));
  for (const TypeChoice& choice : choices) {
    filter.restricts_ = filter.restricts_ || choice.kind == TypeChoice::Kind::Only;
    FOLIO_TRY(add_choice(filter.rules_, types, choice));
  }
  filter.rules_.finish();
  return filter;
}

Verdict TypeFilter::decide(const Candidate& candidate) const {
  if (candidate.type == EntryType::Directory) return Verdict::None;
  const Verdict verdict = rules_.decide(candidate);
  return verdict == Verdict::None && restricts_ ? Verdict::Ignore : verdict;
}

}  // namespace walk_detail

Result<std::vector<FileType>> file_types(std::span<const TypeChange> changes) {
  const auto types = FOLIO_TRY(walk_detail::define(changes));
  std::vector<FileType> listed;
  listed.reserve(types.size());
  for (const auto& [name, globs] : types) {
    FileType type{.name = name, .globs = globs};
    std::ranges::sort(type.globs);
    const auto repeated = std::ranges::unique(type.globs);
    type.globs.erase(repeated.begin(), repeated.end());
    listed.push_back(std::move(type));
  }
  return listed;
}

}  // namespace folio
