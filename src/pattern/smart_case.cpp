// SPDX-License-Identifier: Apache-2.0
#include "pattern/smart_case.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "pattern/code_set.h"
#include "pattern/unicode_class.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {

namespace {

struct Letters {
  bool literal = false;
  bool upper = false;
};

// Size of the escape that `text`, a backslash and more, begins with. What stands for a class or an assertion
// holds no literal; an escaped sign is one that has no case.
std::size_t escape_size(std::string_view text) {
  if (text.size() < 2) return 1;
  const char kind = text[1];
  const bool has_more =
      kind == 'p' || kind == 'P' || kind == 'b' || kind == 'x' || kind == 'u' || kind == 'U';
  if (has_more && text.size() > 2 && text[2] == '{') {
    const std::size_t end = text.find('}');
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  constexpr std::string_view kKinds = "pPxuU";
  constexpr std::array<std::size_t, kKinds.size()> kSizes{3, 3, 4, 6, 10};
  const std::size_t found = kKinds.find(kind);
  return found == std::string_view::npos ? 2 : std::min(kSizes[found], text.size());
}

// The character that an escape by number stands for; 0 for all other escapes.
char32_t numbered_code(std::string_view escape) {
  constexpr std::string_view kKinds = "xuU";
  if (escape.size() < 3 || kKinds.find(escape[1]) == std::string_view::npos) return 0;
  std::string_view digits = escape.substr(2);
  if (digits.front() == '{') digits = digits.substr(1, digits.size() - 2);
  std::uint32_t code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  return code;
}

// Size of "(?P<name>", "(?<name>", "(?flags:" or "(?flags)", which `text` begins with.
std::size_t group_head_size(std::string_view text) {
  const bool is_named = text.starts_with("(?P<") || text.starts_with("(?<");
  const std::size_t end = text.find_first_of(is_named ? ">" : ":)");
  return end == std::string_view::npos ? text.size() : end + 1;
}

void look_at(std::string_view text, PatternSyntax syntax, const CodeSet& upper, Letters& letters) {
  constexpr std::string_view kSigns = "^$.|?*+()[]{}";
  while (!text.empty()) {
    if (syntax != PatternSyntax::Literal && text.front() == '\\') {
      const std::string_view escape = text.substr(0, escape_size(text));
      const char32_t code = numbered_code(escape);
      if (code != 0) letters.literal = true;
      if (contains(upper, code)) letters.upper = true;
      text.remove_prefix(escape.size());
      continue;
    }
    if (syntax != PatternSyntax::Literal && text.starts_with("(?")) {
      text.remove_prefix(group_head_size(text));
      continue;
    }
    const std::size_t named_end = text.starts_with("[:") ? text.find(":]") : std::string_view::npos;
    if (syntax != PatternSyntax::Literal && named_end != std::string_view::npos) {
      text.remove_prefix(named_end + 2);
      continue;
    }
    const DecodedCode decoded = decode_at(to_bytes(text), 0);
    const bool is_sign =
        syntax != PatternSyntax::Literal && kSigns.find(text.front()) != std::string_view::npos;
    if (!is_sign) letters.literal = true;
    if (decoded.size > 0 && contains(upper, decoded.code)) letters.upper = true;
    text.remove_prefix(std::max<std::size_t>(decoded.size, 1));
  }
}

}  // namespace

LetterCase settled_case(std::span<const std::string> patterns, const PatternOptions& options) {
  if (options.letter_case == LetterCase::Exact) return LetterCase::Exact;
  if (options.letter_case != LetterCase::Smart) return LetterCase::Ignore;
  Letters letters;
  const CodeSet upper = unicode_property("Uppercase").value_or(CodeSet{});
  for (const std::string& pattern : patterns) look_at(pattern, options.syntax, upper, letters);
  return letters.literal && !letters.upper ? LetterCase::Ignore : LetterCase::Exact;
}

}  // namespace folio::pattern
