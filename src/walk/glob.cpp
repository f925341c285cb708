// SPDX-License-Identifier: Apache-2.0
// Matching a compiled glob: by comparing literals where that is all of it, else with two restart points.
#include "walk/glob.h"

#include <algorithm>
#include <cstddef>

namespace folio::walk_detail {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

}  // namespace

unsigned char Glob::fold(char byte) const {
  return static_cast<unsigned char>(folds_ ? ascii_lower(byte) : byte);
}

bool Glob::equals(std::string_view text, std::string_view literal) const {
  if (text.size() != literal.size()) return false;
  if (!folds_) return text == literal;
  return std::ranges::equal(text, literal, {}, ascii_lower);
}

bool Glob::accepts(const Token& token, char byte) const {
  switch (token.kind) {
    case Kind::Byte:
      return fold(byte) == token.byte;
    case Kind::Any:
      return byte != '/';
    case Kind::Class:
      return sets_[token.set][static_cast<unsigned char>(byte)];
    case Kind::Star:
    case Kind::Directories:
    case Kind::Everything:
      break;
  }
  return false;
}

bool Glob::matches(std::string_view text) const {
  if (text.size() < head_.size() || text.size() < tail_.size()) return false;
  if (!equals(text.substr(text.size() - tail_.size()), tail_)) return false;
  switch (shape_) {
    case Shape::Literal:
      return text.size() == tail_.size();
    case Shape::Suffix:
      return text.substr(0, text.size() - tail_.size()).find('/') == std::string_view::npos;
    case Shape::Prefix:
      return equals(text.substr(0, head_.size()), head_) &&
             text.find('/', head_.size()) == std::string_view::npos;
    case Shape::General:
      break;
  }
  return equals(text.substr(0, head_.size()), head_) && matches_generally(text);
}

// The last star and the last directories wildcard are all that can be worth another try: a star before a
// slash that matched can't move that slash, and whatever an earlier directories wildcard could take, the last
// one can.
bool Glob::matches_generally(std::string_view text) const {
  std::size_t token = 0;
  std::size_t at = 0;
  std::size_t star_token = kNone;
  std::size_t star_at = 0;
  std::size_t deep_token = kNone;
  std::size_t deep_at = 0;
  for (;;) {
    if (token == tokens_.size()) {
      if (at == text.size()) return true;
    } else if (const Token& now = tokens_[token]; now.kind == Kind::Everything) {
      return true;
    } else if (now.kind == Kind::Star) {
      star_token = ++token;
      star_at = at;
      continue;
    } else if (now.kind == Kind::Directories) {
      deep_token = ++token;
      deep_at = at;
      star_token = kNone;
      continue;
    } else if (at < text.size() && accepts(now, text[at])) {
      if (text[at] == '/') star_token = kNone;
      ++token;
      ++at;
      continue;
    }
    if (star_token != kNone && star_at < text.size() && text[star_at] != '/') {
      at = ++star_at;
      token = star_token;
      continue;
    }
    star_token = kNone;
    if (deep_token == kNone) return false;
    const std::size_t slash = text.find('/', deep_at);
    if (slash == std::string_view::npos) return false;
    at = deep_at = slash + 1;
    token = deep_token;
  }
}

bool Glob::naive(std::size_t at, std::string_view text) const {
  if (at == tokens_.size()) return text.empty();
  const Token& token = tokens_[at];
  switch (token.kind) {
    case Kind::Everything:
      return true;
    case Kind::Star:
      return naive(at + 1, text) || (!text.empty() && text[0] != '/' && naive(at, text.substr(1)));
    case Kind::Directories:
      if (naive(at + 1, text)) return true;
      for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
           slash = text.find('/', slash + 1)) {
        if (naive(at + 1, text.substr(slash + 1))) return true;
      }
      return false;
    case Kind::Byte:
    case Kind::Any:
    case Kind::Class:
      break;
  }
  return !text.empty() && accepts(token, text[0]) && naive(at + 1, text.substr(1));
}

void Glob::float_if_simple() {
  const auto is_deep = [](const Token& token) {
    return token.kind == Kind::Directories || (token.kind == Kind::Byte && token.byte == '/');
  };
  const bool is_led = !tokens_.empty() && tokens_.front().kind == Kind::Directories;
  if (std::any_of(tokens_.begin() + (is_led ? 1 : 0), tokens_.end(), is_deep)) return;
  if (tokens_.size() > (is_led ? 2U : 1U) && tokens_.back().kind == Kind::Everything) return;
  if (is_led) tokens_.erase(tokens_.begin());
  is_any_depth_ = true;
  finish();
}

void Glob::finish() {
  const auto is_byte = [](const Token& token) { return token.kind == Kind::Byte; };
  const auto byte_of = [](const Token& token) { return static_cast<char>(token.byte); };
  const auto head_end = std::find_if_not(tokens_.begin(), tokens_.end(), is_byte);
  const auto tail_begin = std::find_if_not(tokens_.rbegin(), tokens_.rend(), is_byte).base();
  head_.clear();
  tail_.clear();
  std::transform(tokens_.begin(), head_end, std::back_inserter(head_), byte_of);
  std::transform(tail_begin, tokens_.end(), std::back_inserter(tail_), byte_of);
  shape_ = Shape::General;
  if (head_.size() == tokens_.size()) {
    shape_ = Shape::Literal;
  } else if (tokens_[head_.size()].kind == Kind::Star && head_.size() + tail_.size() + 1 == tokens_.size()) {
    if (head_.empty()) shape_ = Shape::Suffix;
    if (tail_.empty()) shape_ = Shape::Prefix;
  }
}

}  // namespace folio::walk_detail
