// SPDX-License-Identifier: Apache-2.0
// Looks up classes by name; names of Unicode are matched loosely, as its annex 44 says.
#include "pattern/unicode_class.h"

#include <algorithm>
#include <array>
#include <string>

#include "pattern/code_set.h"
#include "pattern/unicode_tables.h"

namespace folio::pattern {
namespace {

std::string loose(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
  }
  return out;
}

// The code points whose value's index `chosen` accepts.
template <class Chosen>
CodeSet collect(const PropertyPartition& partition, Chosen chosen) {
  std::vector<CodeRange> ranges;
  for (std::size_t i = 0; i < partition.runs.size(); ++i) {
    if (!chosen(partition.names[partition.runs[i] & 0xFF])) continue;
    const char32_t end = i + 1 < partition.runs.size() ? partition.runs[i + 1] >> 8 : kCodePointMax + 1;
    ranges.push_back({partition.runs[i] >> 8, end - 1});
  }
  return canonical(std::move(ranges));
}

std::optional<CodeSet> by_value(const PropertyPartition& partition, std::string_view name) {
  const auto is_named = [&](const PropertyName& value) { return value.brief == name || value.full == name; };
  if (std::ranges::none_of(partition.names, is_named)) return std::nullopt;
  return collect(partition, is_named);
}

struct CategoryGroup {
  PropertyName name;
  std::string_view members;  // each of two letters
};

constexpr CategoryGroup kCategoryGroups[] = {
    {{"l", "letter"}, "lullltlmlo"}, {{"lc", "casedletter"}, "lulllt"},        {{"m", "mark"}, "mnmcme"},
    {{"n", "number"}, "ndnlno"},     {{"p", "punctuation"}, "pcpdpspepipfpo"}, {{"s", "symbol"}, "smscskso"},
    {{"z", "separator"}, "zszlzp"},  {{"c", "other"}, "cccfcscocn"},
};

constexpr std::array<std::array<std::string_view, 2>, 5> kOtherCategoryNames{
    {{"digit", "nd"}, {"cntrl", "cc"}, {"punct", "p"}, {"combiningmark", "m"}, {"l&", "lc"}}};

bool holds_pair(std::string_view pairs, std::string_view pair) {
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    if (pairs.substr(i, 2) == pair) return true;
  }
  return false;
}

CodeSet range_set(char32_t first, char32_t last) {
  return canonical({{first, last}});
}

std::optional<CodeSet> category(std::string_view name) {
  for (const auto& [other, brief] : kOtherCategoryNames) {
    if (name == other) name = brief;
  }
  if (name == "any") return range_set(0, kCodePointMax);
  if (name == "assigned") return negated(*category("cn"), Universe::Unicode);
  if (name == "ascii") return range_set(0, 0x7F);
  for (const CategoryGroup& group : kCategoryGroups) {
    if (name != group.name.brief && name != group.name.full) continue;
    return collect(category_partition(),
                   [&](const PropertyName& value) { return holds_pair(group.members, value.brief); });
  }
  return by_value(category_partition(), name);
}

std::optional<CodeSet> script(std::string_view name) {
  if (name == "qaac") name = "copt";
  if (name == "qaai") name = "zinh";
  return by_value(script_partition(), name);
}

std::optional<CodeSet> binary_property(std::string_view name) {
  constexpr std::array<std::array<std::string_view, 2>, 10> short_names{{{"alpha", "alphabetic"},
                                                                         {"lower", "lowercase"},
                                                                         {"upper", "uppercase"},
                                                                         {"space", "whitespace"},
                                                                         {"wspace", "whitespace"},
                                                                         {"hex", "hexdigit"},
                                                                         {"ideo", "ideographic"},
                                                                         {"extpict", "extendedpictographic"},
                                                                         {"xids", "xidstart"},
                                                                         {"xidc", "xidcontinue"}}};
  for (const auto& [brief, full] : short_names) {
    if (name == brief) name = full;
  }
  for (const BinaryProperty& property : binary_properties()) {
    if (property.name == name) return CodeSet{property.ranges.begin(), property.ranges.end()};
  }
  return std::nullopt;
}

std::optional<CodeSet> named(std::string_view name) {
  if (auto set = binary_property(name)) return set;
  if (auto set = category(name)) return set;
  if (auto set = script(name)) return set;
  // "isGreek", as in some other dialects
  if (name.size() > 2 && name.starts_with("is")) return named(name.substr(2));
  return std::nullopt;
}

}  // namespace

CodeSet unicode_perl_class(PerlClass perl_class) {
  if (perl_class == PerlClass::Digit) return *category("nd");
  const auto ranges = perl_class == PerlClass::Word ? word_ranges() : white_space_ranges();
  return {ranges.begin(), ranges.end()};
}

CodeSet ascii_perl_class(PerlClass perl_class) {
  if (perl_class == PerlClass::Digit) return {{'0', '9'}};
  if (perl_class == PerlClass::Space) return {{'\t', '\r'}, {' ', ' '}};
  return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
}

std::optional<CodeSet> unicode_property(std::string_view query) {
  const std::size_t split = query.find_first_of("=:");
  if (split == std::string_view::npos) return named(loose(query));
  const bool differs = split > 0 && query[split] == '=' && query[split - 1] == '!';
  const std::string property = loose(query.substr(0, differs ? split - 1 : split));
  const std::string value = loose(query.substr(split + 1));
  std::optional<CodeSet> set;
  if (property == "gc" || property == "generalcategory") set = category(value);
  if (property == "sc" || property == "script") set = script(value);
  if (set && differs) return negated(*set, Universe::Unicode);
  return set;
}

std::optional<CodeSet> posix_class(std::string_view name) {
  if (name == "alnum") return CodeSet{{'0', '9'}, {'A', 'Z'}, {'a', 'z'}};
  if (name == "alpha") return CodeSet{{'A', 'Z'}, {'a', 'z'}};
  if (name == "ascii") return CodeSet{{0, 0x7F}};
  if (name == "blank") return CodeSet{{'\t', '\t'}, {' ', ' '}};
  if (name == "cntrl") return CodeSet{{0, 0x1F}, {0x7F, 0x7F}};
  if (name == "digit") return CodeSet{{'0', '9'}};
  if (name == "graph") return CodeSet{{'!', '~'}};
  if (name == "lower") return CodeSet{{'a', 'z'}};
  if (name == "print") return CodeSet{{' ', '~'}};
  if (name == "punct") return CodeSet{{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}};
  if (name == "space") return CodeSet{{'\t', '\r'}, {' ', ' '}};
  if (name == "upper") return CodeSet{{'A', 'Z'}};
  if (name == "word") return ascii_perl_class(PerlClass::Word);
  if (name == "xdigit") return CodeSet{{'0', '9'}, {'A', 'F'}, {'a', 'f'}};
  return std::nullopt;
}

}  // namespace folio::pattern
