// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms_cases.h"

#include <array>
#include <utility>

#include "bench/algorithms_texts.h"

namespace folio::bench {

namespace {

constexpr std::size_t kKib = 1024;
constexpr std::size_t kMib = kKib * kKib;
constexpr std::size_t kPathologicalNeedle = 256;

struct NamedText {
  TextKind kind;
  std::string_view name;
};

constexpr std::array kAlphabets{NamedText{TextKind::TwoLetters, "two letters"},
                                NamedText{TextKind::Dna, "DNA"}, NamedText{TextKind::English, "English-like"},
                                NamedText{TextKind::Log, "log lines"},
                                NamedText{TextKind::Random, "random bytes"}};

/// Text with one match per `distance`; 0 plants none. Shorter needles than 4 bytes would occur by chance.
SearchInput planted(TextKind kind, std::size_t size, std::size_t needle_size, std::size_t distance) {
  constexpr std::string_view kShortNeedle = "#7";
  SearchInput input{.haystack = make_text(kind, size, 1), .needle = {}};
  input.needle = needle_size <= kShortNeedle.size() ? std::string(kShortNeedle.substr(0, needle_size))
                                                    : foreign_cut(input.haystack, kind, needle_size);
  if (distance > 0) plant(input.haystack, input.needle, distance);
  return input;
}

void add_needle_sizes(std::vector<AlgorithmCase>& cases) {
  for (const std::size_t needle : {1U, 2U, 4U, 8U, 16U, 64U, 256U, 1024U}) {
    cases.push_back(
        {.group = AlgorithmGroup::NeedleSize,
         .name = std::to_string(needle) + (needle == 1 ? " byte" : " bytes"),
         .make = [needle](std::size_t size) { return planted(TextKind::English, size, needle, kMib); }});
  }
}

void add_alphabets(std::vector<AlgorithmCase>& cases) {
  for (const NamedText& text : kAlphabets) {
    for (const std::size_t needle : {8U, 64U}) {
      cases.push_back({.group = AlgorithmGroup::Alphabet,
                       .name = std::string(text.name) + ", " + std::to_string(needle) + " bytes",
                       .make = [kind = text.kind, needle](std::size_t size) {
                         return planted(kind, size, needle, kMib);
                       }});
    }
  }
}

void add_densities(std::vector<AlgorithmCase>& cases) {
  constexpr std::size_t kNeedle = 8;
  constexpr std::array<std::pair<std::string_view, std::size_t>, 4> kDistances{
      {{"none", 0}, {"one per MiB", kMib}, {"one per 64 KiB", 64 * kKib}, {"one per KiB", kKib}}};
  for (const auto& entry : kDistances) {
    cases.push_back({.group = AlgorithmGroup::Density,
                     .name = std::string(entry.first),
                     .make = [distance = entry.second](std::size_t size) {
                       return planted(TextKind::English, size, kNeedle, distance);
                     }});
  }
  cases.push_back({.group = AlgorithmGroup::Density, .name = "every byte", .make = [](std::size_t size) {
                     return SearchInput{std::string(size, 'a'), "a"};
                   }});
}

SearchInput almost_periodic(std::size_t size) {
  const std::string unit = "abcdefgh";
  SearchInput input{repeat(unit, size), repeat(unit, kPathologicalNeedle)};
  input.needle.back() = 'x';
  return input;
}

SearchInput almost_fibonacci(std::size_t size) {
  SearchInput input{fibonacci_word(size), fibonacci_word(kPathologicalNeedle)};
  input.needle.back() = input.needle.back() == 'a' ? 'b' : 'a';
  return input;
}

/// Copies of the needle with another wrong byte each time: any two probe bytes are found together in most of
/// them, and no copy matches.
SearchInput rare_bytes_everywhere(std::size_t size) {
  SearchInput input{.haystack = {}, .needle = "#Qz%Xj~7"};
  std::string unit;
  for (std::size_t wrong = 0; wrong < input.needle.size(); ++wrong) {
    unit += input.needle;
    unit[unit.size() - input.needle.size() + wrong] = ' ';
  }
  input.haystack = repeat(unit, size);
  return input;
}

void add_pathological(std::vector<AlgorithmCase>& cases) {
  const auto add = [&](std::string name, std::function<SearchInput(std::size_t)> make) {
    cases.push_back(
        {.group = AlgorithmGroup::Pathological, .name = std::move(name), .make = std::move(make)});
  };
  const std::string row(kPathologicalNeedle - 1, 'a');
  add("a^255 b in a^n",
      [row](std::size_t size) { return SearchInput{std::string(size, 'a'), std::string(row).append("b")}; });
  add("b a^255 in a^n",
      [row](std::size_t size) { return SearchInput{std::string(size, 'a'), std::string("b").append(row)}; });
  add("a^256 in a^n",
      [row](std::size_t size) { return SearchInput{std::string(size, 'a'), std::string(row).append("a")}; });
  add("almost periodic", almost_periodic);
  add("almost Fibonacci", almost_fibonacci);
  add("rare bytes everywhere", rare_bytes_everywhere);
}

}  // namespace

std::string_view group_name(AlgorithmGroup group) {
  constexpr std::array<std::string_view, 4> kNames{"needle-size", "alphabet", "density", "pathological"};
  return kNames[static_cast<std::size_t>(group)];
}

std::string_view group_text(AlgorithmGroup group) {
  constexpr std::array<std::string_view, 4> kTexts{
      "Needle length: English-like text, one match per MiB",
      "Alphabet: one match per MiB, or what chance gives",
      "Match density: English-like text, 8 bytes (every byte: a in a^n)",
      "Pathological: 256 bytes (rare bytes: 8)"};
  return kTexts[static_cast<std::size_t>(group)];
}

std::vector<AlgorithmCase> algorithm_cases() {
  std::vector<AlgorithmCase> cases;
  add_needle_sizes(cases);
  add_alphabets(cases);
  add_densities(cases);
  add_pathological(cases);
  return cases;
}

}  // namespace folio::bench
