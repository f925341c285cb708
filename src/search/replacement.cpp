// SPDX-License-Identifier: Apache-2.0
#include "search/replacement.h"

#include <algorithm>
#include <charconv>
#include <span>

namespace folio::search {

namespace {

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

Replacement::Replacement(std::string_view text, const std::vector<std::string>& names) {
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    add_text(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (!text.empty()) text = add_reference(text, names);
  }
}

void Replacement::add_text(std::string_view text) {
  if (text.empty()) return;
  if (pieces_.empty() || !std::holds_alternative<std::string>(pieces_.back())) pieces_.emplace_back("");
  std::get<std::string>(pieces_.back()) += text;
}

// `text` begins with a dollar sign. Returns what follows the reference; a lone dollar sign is itself.
std::string_view Replacement::add_reference(std::string_view text, const std::vector<std::string>& names) {
  if (text.starts_with("$$")) {
    add_text("$");
    return text.substr(2);
  }
  const bool braced = text.starts_with("${");
  const std::size_t begin = braced ? 2 : 1;
  const std::size_t end =
      braced ? text.find('}')
             : static_cast<std::size_t>(std::find_if_not(text.begin() + 1, text.end(), is_name_character) -
                                        text.begin());
  if (end == std::string_view::npos || end == begin) {
    add_text("$");
    return text.substr(1);
  }
  add_group(text.substr(begin, end - begin), names);
  return text.substr(braced ? end + 1 : end);
}

void Replacement::add_group(std::string_view name, const std::vector<std::string>& names) {
  std::size_t index = 0;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  if (error != std::errc{} || rest != name.data() + name.size()) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return;
    index = static_cast<std::size_t>(found - names.begin()) + 1;
  }
  if (index > names.size()) return;
  pieces_.emplace_back(index);
  group_count_ = std::max(group_count_, index + 1);
}

void Replacement::expand(std::string& out, ByteView text, std::span<const pattern::Span> groups) const {
  for (const Piece& piece : pieces_) {
    if (const auto* literal = std::get_if<std::string>(&piece)) {
      out += *literal;
      continue;
    }
    const pattern::Span group = groups[std::get<std::size_t>(piece)];
    if (group.begin != pattern::kUnset) out += to_text(text.subspan(group.begin, group.end - group.begin));
  }
}

}  // namespace folio::search
