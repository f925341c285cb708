// SPDX-License-Identifier: Apache-2.0
// Calls RE2.
#include "pattern/re2_matcher.h"

#include <re2/re2.h>

#include <utility>

namespace folio::pattern {
namespace {

// RE2 tells an unset group by a null pointer, so that the text must not be one.
re2::StringPiece piece_of(ByteView text) {
  const std::string_view view = to_text(text);
  return view.data() == nullptr ? re2::StringPiece{"", 0} : re2::StringPiece{view.data(), view.size()};
}

Span span_of(const re2::StringPiece& text, const re2::StringPiece& part) {
  if (part.data() == nullptr) return {};
  const auto begin = static_cast<std::size_t>(part.data() - text.data());
  return {begin, begin + part.size()};
}

}  // namespace

Re2Matcher::Re2Matcher(std::unique_ptr<re2::RE2> re2) : re2_{std::move(re2)} {}

Re2Matcher::~Re2Matcher() = default;

bool Re2Matcher::is_match(ByteView text) {
  const auto piece = piece_of(text);
  return re2_->Match(piece, 0, piece.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::optional<Span> Re2Matcher::find(ByteView text, std::size_t from) {
  const auto piece = piece_of(text);
  re2::StringPiece match;
  if (!re2_->Match(piece, from, piece.size(), re2::RE2::UNANCHORED, &match, 1)) return std::nullopt;
  return span_of(piece, match);
}

bool Re2Matcher::captures(ByteView text, std::size_t from, std::span<Span> groups) {
  const auto piece = piece_of(text);
  std::vector<re2::StringPiece> parts(groups.size());
  const int count = static_cast<int>(parts.size());
  if (!re2_->Match(piece, from, piece.size(), re2::RE2::UNANCHORED, parts.data(), count)) return false;
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = span_of(piece, parts[i]);
  return true;
}

Re2Recipe::Re2Recipe(std::string text, Encoding encoding, const RegexOptions& options)
    : text_{std::move(text)}, encoding_{encoding}, options_{options} {}

Re2Recipe::~Re2Recipe() = default;

std::unique_ptr<re2::RE2> Re2Recipe::compile() const {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(options_.max_memory);
  options.set_encoding(encoding_ == Encoding::Bytes ? re2::RE2::Options::EncodingLatin1
                                                    : re2::RE2::Options::EncodingUTF8);
  return std::make_unique<re2::RE2>(text_, options);
}

Re2Recipe::Check Re2Recipe::check() {
  auto re2 = compile();
  if (re2->error_code() == re2::RE2::ErrorPatternTooLarge) return Check::TooLarge;
  if (!re2->ok()) return Check::Refused;
  const std::lock_guard lock{mutex_};
  spare_ = std::move(re2);
  return Check::Good;
}

std::unique_ptr<Re2Matcher> Re2Recipe::make() const {
  std::unique_ptr<re2::RE2> re2;
  {
    const std::lock_guard lock{mutex_};
    re2 = std::move(spare_);
  }
  return std::make_unique<Re2Matcher>(re2 ? std::move(re2) : compile());
}

}  // namespace folio::pattern
