// SPDX-License-Identifier: Apache-2.0
// Compiling a glob: alternatives in braces are multiplied out, then each one becomes tokens.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/try.h"
#include "walk/glob.h"

namespace folio::walk_detail {

namespace {

constexpr std::size_t kAlternativesMax = 4096;
constexpr std::size_t kBracesMax = 64;
constexpr std::size_t kPatternSizeMax = 16384;
constexpr std::size_t kSetsMax = 65535;

std::unexpected<Error> bad_glob(std::string_view pattern, std::string_view why) {
  Error error;
  error.detail = "the glob '" + std::string(pattern) + "' " + std::string(why);
  return std::unexpected(std::move(error));
}

// Index behind the class that begins at `at`, or `at + 1` where it has no end.
std::size_t skip_class(std::string_view pattern, std::size_t at) {
  std::size_t next = at + 1;
  if (next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^')) ++next;
  if (next < pattern.size() && pattern[next] == ']') ++next;
  while (next < pattern.size() && pattern[next] != ']') {
    if (pattern[next] == '\\') ++next;
    if (pattern.substr(next).starts_with("[:")) {
      const std::size_t end = pattern.find(":]", next + 2);
      if (end != std::string_view::npos) next = end + 1;
    }
    ++next;
  }
  return next < pattern.size() ? next + 1 : at + 1;
}

// Index behind the escape, class or byte at `at`.
std::size_t skip_unit(std::string_view pattern, std::size_t at) {
  if (pattern[at] == '\\') return std::min(at + 2, pattern.size());
  return pattern[at] == '[' ? skip_class(pattern, at) : at + 1;
}

struct BraceGroup {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::string_view> options;
};

// The first group; an unclosed one ends at npos.
std::optional<BraceGroup> first_group(std::string_view pattern) {
  std::size_t at = 0;
  while (at < pattern.size() && pattern[at] != '{') at = skip_unit(pattern, at);
  if (at >= pattern.size()) return std::nullopt;
  BraceGroup group{.begin = at, .end = std::string_view::npos, .options = {}};
  std::size_t option = ++at;
  int depth = 1;
  for (; at < pattern.size(); at = skip_unit(pattern, at)) {
    if (pattern[at] == '{') ++depth;
    if (pattern[at] == '}') --depth;
    if (depth == 0 || (depth == 1 && pattern[at] == ',')) {
      group.options.push_back(pattern.substr(option, at - option));
      option = at + 1;
    }
    if (depth == 0) {
      group.end = at + 1;
      break;
    }
  }
  return group;
}

Result<void> expand(const std::string& pattern, std::string_view whole, std::vector<std::string>& expanded) {
  const auto group = first_group(pattern);
  if (!group) {
    if (expanded.size() == kAlternativesMax) return bad_glob(whole, "has too many alternatives");
    expanded.push_back(pattern);
    return {};
  }
  if (group->end == std::string::npos)
    return bad_glob(whole, "has a '{' without '}'; write [{] for the character");
  for (const std::string_view option : group->options) {
    std::string one = pattern.substr(0, group->begin);
    one.append(option).append(pattern, group->end);
    FOLIO_TRY(expand(one, whole, expanded));
  }
  return {};
}

struct NamedClass {
  std::string_view name;
  int (*contains)(int);
};

constexpr std::array kNamedClasses = {
    NamedClass{"alnum", std::isalnum}, NamedClass{"alpha", std::isalpha}, NamedClass{"blank", std::isblank},
    NamedClass{"cntrl", std::iscntrl}, NamedClass{"digit", std::isdigit}, NamedClass{"graph", std::isgraph},
    NamedClass{"lower", std::islower}, NamedClass{"print", std::isprint}, NamedClass{"punct", std::ispunct},
    NamedClass{"space", std::isspace}, NamedClass{"upper", std::isupper}, NamedClass{"xdigit", std::isxdigit},
};

using ByteSet = std::bitset<256>;

bool add_named_class(std::string_view name, ByteSet& set) {
  const auto found = std::ranges::find(kNamedClasses, name, &NamedClass::name);
  if (found == kNamedClasses.end()) return false;
  for (int byte = 0; byte < 128; ++byte) {
    if (found->contains(byte) != 0) set.set(static_cast<std::size_t>(byte));
  }
  return true;
}

void fold_set(ByteSet& set) {
  for (std::size_t upper = 'A'; upper <= 'Z'; ++upper) {
    const std::size_t lower = upper + ('a' - 'A');
    if (set[upper] || set[lower]) set.set(upper).set(lower);
  }
}

}  // namespace

/// Tokens of a pattern without alternatives.
class GlobParser {
 public:
  GlobParser(std::string_view pattern, GlobDialect dialect, NameCase name_case)
      : pattern_(pattern), dialect_(dialect), name_case_(name_case), glob_(name_case) {}

  Result<Glob> parse() {
    while (at_ < pattern_.size()) {
      if (pattern_[at_] == '*') {
        add_stars();
      } else if (pattern_[at_] == '[') {
        FOLIO_TRY(add_class());
      } else {
        FOLIO_TRY(add_single());
      }
    }
    glob_.finish();
    return std::move(glob_);
  }

 private:
  void add(Glob::Kind kind) { glob_.tokens_.push_back({.kind = kind, .byte = 0, .set = 0}); }

  // Two stars or more between slashes or the ends are any number of directories; all others are one star.
  void add_stars() {
    const bool is_bounded = at_ == 0 || pattern_[at_ - 1] == '/';
    const std::size_t begin = at_;
    at_ = std::min(pattern_.find_first_not_of('*', at_), pattern_.size());
    if (at_ - begin < 2 || !is_bounded) return add(Glob::Kind::Star);
    if (at_ == pattern_.size()) return add(Glob::Kind::Everything);
    if (pattern_[at_] != '/') return add(Glob::Kind::Star);
    ++at_;
    add(Glob::Kind::Directories);
  }

  Result<void> add_single() {
    if (pattern_[at_] == '?') {
      ++at_;
      add(Glob::Kind::Any);
      return {};
    }
    const char byte = FOLIO_TRY(unescaped());
    glob_.tokens_.push_back({.kind = Glob::Kind::Byte, .byte = glob_.fold(byte), .set = 0});
    return {};
  }

  Result<char> unescaped() {
    if (pattern_[at_] == '\\') ++at_;
    if (at_ == pattern_.size()) return bad_glob(pattern_, "ends in a lone '\\'");
    return pattern_[at_++];
  }

  Result<void> add_class() {
    ++at_;
    const bool is_negated = at_ < pattern_.size() && (pattern_[at_] == '!' || pattern_[at_] == '^');
    if (is_negated) ++at_;
    ByteSet set;
    bool is_first = true;
    for (; at_ < pattern_.size() && (is_first || pattern_[at_] != ']'); is_first = false) {
      FOLIO_TRY(add_class_item(set));
    }
    if (at_ == pattern_.size())
      return bad_glob(pattern_, "has a '[' without ']'; write \\[ for the character");
    ++at_;
    if (name_case_ == NameCase::Insensitive) fold_set(set);
    if (is_negated) set.flip();
    set.reset('/');
    if (glob_.sets_.size() == kSetsMax) return bad_glob(pattern_, "is too long");
    glob_.tokens_.push_back(
        {.kind = Glob::Kind::Class, .byte = 0, .set = static_cast<std::uint16_t>(glob_.sets_.size())});
    glob_.sets_.push_back(set);
    return {};
  }

  Result<void> add_class_item(ByteSet& set) {
    const std::string_view rest = pattern_.substr(at_);
    if (rest.starts_with("[:")) {
      const std::size_t end = rest.find(']', 2);
      if (end == std::string_view::npos) return bad_glob(pattern_, "has a '[' without ']'");
      if (end > 2 && rest[end - 1] == ':') {
        at_ += end + 1;
        if (add_named_class(rest.substr(2, end - 3), set)) return {};
        return bad_glob(pattern_, "names an unknown class");
      }
    }
    const auto first = static_cast<unsigned char>(FOLIO_TRY(unescaped()));
    set.set(first);
    if (at_ + 1 >= pattern_.size() || pattern_[at_] != '-' || pattern_[at_ + 1] == ']') return {};
    ++at_;
    const auto last = static_cast<unsigned char>(FOLIO_TRY(unescaped()));
    if (last < first && dialect_ == GlobDialect::CommandLine)
      return bad_glob(pattern_, "has a range that runs backwards");
    for (unsigned byte = first; byte <= last; ++byte) set.set(byte);
    return {};
  }

  std::string_view pattern_;
  GlobDialect dialect_;
  NameCase name_case_;
  Glob glob_;
  std::size_t at_ = 0;
};

Result<std::vector<Glob>> Glob::compile(std::string_view pattern, GlobDialect dialect, NameCase name_case) {
  std::vector<std::string> expanded;
  if (dialect == GlobDialect::IgnoreFile) {
    expanded.emplace_back(pattern);
  } else {
    if (pattern.size() > kPatternSizeMax) return bad_glob(pattern.substr(0, 40), "is too long");
    if (std::ranges::count(pattern, '{') > static_cast<std::ptrdiff_t>(kBracesMax)) {
      return bad_glob(pattern, "has too many braces");
    }
    FOLIO_TRY(expand(std::string(pattern), pattern, expanded));
  }
  std::vector<Glob> globs;
  globs.reserve(expanded.size());
  for (const std::string& one : expanded) {
    globs.push_back(FOLIO_TRY(GlobParser(one, dialect, name_case).parse()));
  }
  return globs;
}

}  // namespace folio::walk_detail
