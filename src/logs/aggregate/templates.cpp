// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/templates.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace folio::logs {

namespace {

// What a byte can be a part of.
enum Kind : std::uint8_t { kDigit = 1, kHexLetter = 2, kWord = 4, kPathEnd = 8, kOpens = 16 };

constexpr bool within(unsigned byte, char first, char last) {
  return byte >= static_cast<unsigned char>(first) && byte <= static_cast<unsigned char>(last);
}

constexpr std::uint8_t kind_of(unsigned byte) {
  const auto is_one_of = [&](std::string_view bytes) {
    return std::any_of(bytes.begin(), bytes.end(),
                       [&](char one) { return static_cast<unsigned char>(one) == byte; });
  };
  unsigned kind = 0;
  if (within(byte, '0', '9')) kind |= kDigit | kWord;
  if (within(byte, 'a', 'f') || within(byte, 'A', 'F')) kind |= kHexLetter;
  if (within(byte, 'a', 'z') || within(byte, 'A', 'Z') || byte == '_' || byte >= 0x80) kind |= kWord;
  if (byte <= ' ' || is_one_of(",;()[]{}<>\"'|")) kind |= kPathEnd;
  if (byte <= ' ' || is_one_of("=:([{<,;\"'|")) kind |= kOpens;
  return static_cast<std::uint8_t>(kind);
}

constexpr std::array<std::uint8_t, 256> make_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  for (unsigned byte = 0; byte < 256; ++byte) kinds[byte] = kind_of(byte);
  return kinds;
}

constexpr std::array<std::uint8_t, 256> kKinds = make_kinds();

bool is(char byte, unsigned kinds) {
  return (kKinds[static_cast<unsigned char>(byte)] & kinds) != 0;
}

std::size_t run_length(std::string_view text, unsigned kinds) {
  std::size_t at = 0;
  while (at < text.size() && is(text[at], kinds)) ++at;
  return at;
}

bool has(std::string_view text, unsigned kinds) {
  return std::any_of(text.begin(), text.end(), [&](char byte) { return is(byte, kinds); });
}

bool goes_on(std::string_view text, std::size_t at) {
  return at < text.size() && is(text[at], kWord);
}

// Length of four numbers with dots between at the beginning; 0: there are none.
std::size_t ip4_length(std::string_view text) {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    const bool has_dot = at < text.size() && text[at] == '.';
    if (part > 0 && !has_dot) return 0;
    at += part > 0 ? 1U : 0U;
    const std::size_t digits = run_length(text.substr(at), kDigit);
    if (digits == 0 || digits > 3) return 0;
    at += digits;
  }
  const bool is_version = at + 1 < text.size() && text[at] == '.' && is(text[at + 1], kDigit);
  return goes_on(text, at) || is_version ? 0 : at;
}

// Hexadecimal groups with at least two colons side by side, or seven.
std::size_t ip6_length(std::string_view text) {
  std::size_t at = 0;
  std::size_t colons = 0;
  bool is_short = false;
  bool has_digit = false;
  constexpr std::size_t kLongest = 39;
  text = text.substr(0, kLongest + 1);
  for (; at < text.size() && (text[at] == ':' || is(text[at], kDigit | kHexLetter)); ++at) {
    has_digit = has_digit || is(text[at], kDigit);
    colons += text[at] == ':' ? 1U : 0U;
    is_short = is_short || (text[at] == ':' && at > 0 && text[at - 1] == ':');
  }
  const bool is_address = at <= kLongest && has_digit && (is_short || colons == 7);
  if (!is_address || goes_on(text, at)) return 0;
  return text[at - 1] == ':' && !text.substr(0, at).ends_with("::") ? at - 1 : at;
}

std::size_t uuid_length(std::string_view text) {
  constexpr std::size_t kLength = 36;
  if (text.size() < kLength || goes_on(text, kLength)) return 0;
  for (std::size_t at = 0; at < kLength; ++at) {
    const bool is_dash = at == 8 || at == 13 || at == 18 || at == 23;
    if (is_dash ? text[at] != '-' : !is(text[at], kDigit | kHexLetter)) return 0;
  }
  return kLength;
}

// 0x1f, or eight and more digits of which some are letters.
bool is_hex(std::string_view run) {
  if (run.size() > 2 && run[0] == '0' && (run[1] == 'x' || run[1] == 'X')) {
    return run_length(run.substr(2), kDigit | kHexLetter) == run.size() - 2;
  }
  return run.size() >= 8 && run_length(run, kDigit | kHexLetter) == run.size() && has(run, kHexLetter);
}

// 12, 12.5 and 1.2.3.
std::size_t number_length(std::string_view text) {
  std::size_t at = run_length(text, kDigit);
  while (at + 1 < text.size() && text[at] == '.' && is(text[at + 1], kDigit)) {
    at += 1 + run_length(text.substr(at + 1), kDigit);
  }
  return at;
}

}  // namespace

TemplateText::TemplateText(std::string_view message) : message_(message.substr(0, kMessageMax)) {
  while (at_ < message_.size()) {
    const char byte = message_[at_];
    if (is(byte, kWord)) {
      word();
    } else if ((byte == '"' || byte == '\'') && quoted()) {
      continue;
    } else if (byte == '/' && path()) {
      continue;
    } else if (byte == ':' && is(before(), kOpens) && ip6_length(rest()) > 0) {
      mask(ip6_length(rest()), "<ip>");
    } else {
      put(message_.substr(at_, 1));
      ++at_;
    }
  }
}

void TemplateText::put(std::string_view text) {
  if (text.empty()) return;
  std::memcpy(out_.data() + size_, text.data(), text.size());
  size_ += text.size();
}

void TemplateText::mask(std::size_t length, std::string_view placeholder) {
  put(placeholder);
  at_ += length;
}

void TemplateText::word() {
  const std::string_view run = rest().substr(0, run_length(rest(), kWord));
  const bool may_be_address =
      at_ + run.size() < message_.size() && message_[at_ + run.size()] == ':' && run.size() <= 4;
  if (may_be_address) {
    if (const std::size_t length = ip6_length(rest()); length > 0) return mask(length, "<ip>");
  }
  if (run.size() == 8) {
    if (const std::size_t length = uuid_length(rest()); length > 0) return mask(length, "<uuid>");
  }
  if (!has(run, kDigit)) {
    put(run);
    at_ += run.size();
    return;
  }
  if (is_hex(run)) return mask(run.size(), "<hex>");
  number_or_mixed(run);
}

// Each number of the run for itself: "12ms" is "<n>ms", "worker3" is "worker<n>".
void TemplateText::number_or_mixed(std::string_view run) {
  if (is(run[0], kDigit)) {
    if (const std::size_t length = ip4_length(rest()); length > 0) return mask(length, "<ip>");
    const bool is_negative = at_ > 0 && before() == '-' && (at_ == 1 || is(message_[at_ - 2], kOpens));
    if (is_negative) --size_;
  }
  const std::size_t end = at_ + run.size();
  while (at_ < end) {
    const std::size_t digits = run_length(message_.substr(at_, end - at_), kDigit);
    if (digits == 0) {
      put(message_.substr(at_, 1));
      ++at_;
    } else {
      // A fraction belongs to the number where nothing of the run follows.
      mask(at_ + digits == end ? number_length(rest()) : digits, "<n>");
    }
  }
}

// A quotation mark at the beginning of a word opens a text if there is one that closes it.
bool TemplateText::quoted() {
  if (!is(before(), kOpens)) return false;
  const std::size_t end = message_.find(message_[at_], at_ + 1);
  if (end == std::string_view::npos || goes_on(message_, end + 1)) return false;
  mask(end + 1 - at_, "<str>");
  return true;
}

bool TemplateText::path() {
  const bool is_url = at_ + 1 < message_.size() && message_[at_ + 1] == '/' && before() == ':';
  if (!is_url && !is(before(), kOpens)) return false;
  std::string_view text = rest();
  std::size_t length = 0;
  while (length < text.size() && !is(text[length], kPathEnd)) ++length;
  while (length > 1 && (text[length - 1] == ':' || text[length - 1] == '.' || text[length - 1] == '!'))
    --length;
  if (length < 2) return false;
  if (is_url) put("//");
  mask(length, "<path>");
  return true;
}

}  // namespace folio::logs
