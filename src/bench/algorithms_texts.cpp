// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms_texts.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <string_view>

#include "folio/bytes.h"

namespace folio::bench {

namespace {

// The distributions of the standard library differ between implementations; the engine does not.
using Random = std::mt19937_64;

constexpr std::array<std::string_view, 64> kWords{
    "the",     "of",      "and",    "to",      "in",      "a",      "is",     "that",    "for",   "it",
    "was",     "on",      "are",    "as",      "with",    "his",    "they",   "at",      "be",    "this",
    "have",    "from",    "or",     "had",     "by",      "word",   "but",    "what",    "some",  "we",
    "can",     "out",     "other",  "were",    "all",     "there",  "when",   "up",      "use",   "your",
    "how",     "said",    "each",   "she",     "which",   "their",  "time",   "people",  "water", "through",
    "because", "between", "small",  "large",   "another", "number", "always", "picture", "again", "change",
    "animal",  "mother",  "answer", "question"};

constexpr std::array<std::string_view, 8> kPaths{
    "/",      "/index.html",   "/images/logo.png", "/api/v1/items",
    "/login", "/static/a.css", "/search?q=",       "/favicon.ico"};

/// The first words are the frequent ones.
std::string_view next_word(Random& random) {
  const std::uint64_t bits = random();
  return kWords[std::min(bits % kWords.size(), (bits >> 32U) % kWords.size())];
}

void append_number(std::string& text, std::uint64_t number) {
  text += std::to_string(number);
}

void append_sentence(std::string& text, Random& random) {
  const std::uint64_t words = 6 + random() % 12;
  const std::size_t begin = text.size();
  for (std::uint64_t i = 0; i < words; ++i) {
    if (i > 0) text += ' ';
    text += next_word(random);
  }
  text[begin] = static_cast<char>(text[begin] - 'a' + 'A');
  text += ".\n";
}

void append_log_line(std::string& text, Random& random) {
  const std::uint64_t bits = random();
  append_number(text, bits % 223 + 1);
  for (const unsigned shift : {8U, 16U, 24U}) {
    text += '.';
    append_number(text, (bits >> shift) & 255U);
  }
  text += " - - [01/Jan/2025:00:00:";
  append_number(text, 10 + (bits >> 32U) % 50);
  text += " +0000] \"GET ";
  text += kPaths[(bits >> 40U) % kPaths.size()];
  text += next_word(random);
  text += (bits >> 48U) % 20 == 0 ? " HTTP/1.1\" 404 " : " HTTP/1.1\" 200 ";
  append_number(text, (bits >> 44U) % 100'000);
  text += " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n";
}

template <class Append>
std::string grow(std::size_t size, std::uint64_t seed, Append append) {
  Random random(seed);
  std::string text;
  text.reserve(size + 512);
  while (text.size() < size) append(text, random);
  text.resize(size);
  return text;
}

/// Letters of an alphabet whose size is a power of two.
template <std::size_t kLetters>
std::string random_letters(std::size_t size, std::uint64_t seed, const std::array<char, kLetters>& alphabet) {
  return grow(size, seed, [&](std::string& text, Random& random) {
    std::uint64_t bits = random();
    for (int i = 0; i < 32; ++i, bits >>= 2U) text += alphabet[bits % kLetters];
  });
}

std::string random_bytes(std::size_t size, std::uint64_t seed) {
  return grow(size, seed, [](std::string& text, Random& random) {
    std::uint64_t bits = random();
    for (int i = 0; i < 8; ++i, bits >>= 8U) text += static_cast<char>(bits & 255U);
  });
}

}  // namespace

std::string make_text(TextKind kind, std::size_t size, std::uint64_t seed) {
  switch (kind) {
    case TextKind::TwoLetters:
      return random_letters(size, seed, std::array{'a', 'b'});
    case TextKind::Dna:
      return random_letters(size, seed, std::array{'A', 'C', 'G', 'T'});
    case TextKind::English:
      return grow(size, seed, append_sentence);
    case TextKind::Log:
      return grow(size, seed, append_log_line);
    case TextKind::Random:
      break;
  }
  return random_bytes(size, seed);
}

std::string repeat(const std::string& unit, std::size_t size) {
  std::string text;
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  text.resize(size);
  return text;
}

std::string fibonacci_word(std::size_t size) {
  std::string before = "a";
  std::string word = "ab";
  while (word.size() < size) {
    std::string next = word;
    next += before;
    before = std::move(word);
    word = std::move(next);
  }
  word.resize(size);
  return word;
}

void plant(std::string& text, const std::string& needle, std::size_t distance) {
  if (needle.size() > text.size()) return;
  distance = std::max(needle.size(), std::min(distance, text.size()));
  for (std::size_t at = (distance - needle.size()) / 2; at + needle.size() <= text.size(); at += distance) {
    std::copy(needle.begin(), needle.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

std::string foreign_cut(const std::string& haystack, TextKind kind, std::size_t size) {
  constexpr std::size_t kTries = 64;
  constexpr std::size_t kForwardTries = 16;
  constexpr std::uint64_t kOtherSeed = 4711;
  const std::string other = make_text(kind, kTries * size, kOtherSeed);
  std::string best;
  std::size_t best_place = 0;
  for (std::size_t i = 0; i < kTries; ++i) {
    std::string candidate = other.substr(i * size, size);
    // Backwards it has the same bytes, and is no word of the text.
    if (i >= kForwardTries) std::ranges::reverse(candidate);
    // The later its first occurrence, the rarer it is likely to be.
    const void* const found = ::memmem(haystack.data(), haystack.size(), candidate.data(), candidate.size());
    if (found == nullptr) return candidate;
    const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - haystack.data());
    if (place < best_place && !best.empty()) continue;
    best_place = place;
    best = std::move(candidate);
  }
  return best;
}

}  // namespace folio::bench
