// SPDX-License-Identifier: Apache-2.0
#include "bench/compare_cases.h"

#include <algorithm>
#include <array>
#include <utility>

namespace folio::bench {

namespace {

using Words = std::vector<std::string>;

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

enum class Cores : std::uint8_t { All, One };

/// A search that all four programs understand in the same words.
struct SearchRow {
  std::string name;
  Words words;
  std::optional<double> goal = std::nullopt;
  CompareInput input = CompareInput::Log;
  CompareStates states = CompareStates::Large;
  Answer answer = Answer::Counts;
};

CompareCase search_case(const SearchRow& row, Cores cores) {
  const bool one = cores == Cores::One;
  const bool tree = row.input == CompareInput::SmallTree || row.input == CompareInput::MiddlingTree;
  const Words threads = one ? Words{"--threads", "1"} : Words{};
  const Words recurse = tree ? Words{"-r"} : Words{};
  CompareCase made{.name = one ? row.name + ", 1 thread" : row.name,
                   .input = row.input,
                   .states = row.states,
                   .answer = row.answer,
                   .ours = {"folio", joined(joined({"search"}, threads), row.words)},
                   .peers = {},
                   .goal = one ? std::optional(1.1) : row.goal};
  made.peers.push_back({"rg", joined(joined({"--no-config"}, threads), row.words)});
  // Of the four, only grep has to be told that a pattern is an extended expression.
  const bool fixed = std::ranges::find(row.words, "-F") != row.words.end();
  made.peers.push_back({"grep", joined(joined(fixed ? Words{} : Words{"-E"}, recurse), row.words)});
  made.peers.push_back({"ugrep", joined(joined(one ? Words{"-J1"} : Words{}, recurse), row.words)});
  return made;
}

void add_counts(std::vector<CompareCase>& cases) {
  const auto add = [&](const char* name, const Words& flags, CompareStates states,
                       std::optional<double> goal) {
    cases.push_back({.name = name,
                     .input = CompareInput::Log,
                     .states = states,
                     .answer = Answer::Lines,
                     .ours = {"folio", joined({"count"}, flags)},
                     .peers = {{"wc", flags}},
                     .goal = goal});
  };
  add("count -l", {"-l"}, CompareStates::Both, 0.40);
  add("count", {}, CompareStates::Both, 0.10);
  add("count -w", {"-w"}, CompareStates::Large, 0.10);
  add("count -m", {"-m"}, CompareStates::Large, 0.10);
  add("count -L", {"-L"}, CompareStates::Large, 0.10);
}

void add_searches(std::vector<CompareCase>& cases) {
  const std::string rare(kRareText);
  const std::string several = "YandexBot/9|SemrushBot/9|" + rare + "|PetalBot/9|/wp-login-x";
  const std::array rows{
      SearchRow{.name = "rare text", .words = {"-c", rare}, .goal = 0.60, .states = CompareStates::Both},
      SearchRow{.name = "rare text, -n", .words = {"-n", rare}, .goal = 0.60, .answer = Answer::Lines},
      SearchRow{.name = "text -i", .words = {"-c", "-i", "xyzzyNEEDLE"}, .goal = 0.40},
      SearchRow{.name = "text -i with k and s", .words = {"-c", "-i", "ask statistics"}, .goal = 0.40},
      SearchRow{.name = "5 texts", .words = {"-c", several}, .goal = 0.45},
      SearchRow{.name = "5 texts -i", .words = {"-c", "-i", several}, .goal = 0.45},
      SearchRow{.name = "1,000 texts from a file", .words = {"-c", "-F", "-f", "{list}"}, .goal = 0.50},
      SearchRow{.name = "[A-Z][a-z]+ [0-9]{4}", .words = {"-c", "[A-Z][a-z]+ [0-9]{4}"}, .goal = 0.60},
      SearchRow{.name = R"(\w+\s+\w+\s+needle)", .words = {"-c", R"(\w+\s+\w+\s+needle)"}, .goal = 0.60},
      SearchRow{.name = R"([0-9]{3}\.[0-9]{3}\.[0-9]{3}\.9)",
                .words = {"-c", R"([0-9]{3}\.[0-9]{3}\.[0-9]{3}\.9)"},
                .goal = 0.60},
      SearchRow{.name = R"(\w{3,}\s+\w{30}, no text in it)", .words = {"-c", R"(\w{3,}\s+\w{30})"}},
      SearchRow{.name = "1 line in 25",
                .words = {"-c", "HTTP/1.1\" 404"},
                .goal = 0.45,
                .states = CompareStates::Both},
      SearchRow{.name = "1 line in 25, lines to a pipe",
                .words = {"HTTP/1.1\" 404"},
                .goal = 0.60,
                .states = CompareStates::Both,
                .answer = Answer::Lines},
  };
  for (const SearchRow& row : rows) {
    cases.push_back(search_case(row, Cores::All));
    cases.push_back(search_case(row, Cores::One));
  }
}

struct TreeRow {
  CompareInput input;
  const char* name;
  double goal;
  const char* frequent;
};

void add_trees(std::vector<CompareCase>& cases) {
  constexpr std::array kTrees{
      TreeRow{CompareInput::SmallTree, "small files", 1.0, "the"},
      TreeRow{CompareInput::MiddlingTree, "200 middling files", 0.9, "HTTP/1.1\" 404"}};
  for (const TreeRow& tree : kTrees) {
    const auto add = [&](const char* kind, Words words, Answer answer) {
      SearchRow row{.name = tree.name, .words = std::move(words), .goal = tree.goal};
      row.name.append(", ").append(kind);
      row.input = tree.input;
      row.answer = answer;
      cases.push_back(search_case(row, Cores::All));
    };
    add("rare text", {"-c", std::string(kRareText)}, Answer::Counts);
    add("expression", {"-c", "[A-Z][a-z]+ [0-9]{4}"}, Answer::Counts);
    add("frequent text, lines", {"-n", tree.frequent}, Answer::Lines);
  }
}

void add_starts(std::vector<CompareCase>& cases) {
  cases.push_back({.name = "start: count -l",
                   .input = CompareInput::Tiny,
                   .answer = Answer::Lines,
                   .ours = {"folio", {"count", "-l"}},
                   .peers = {{"wc", {"-l"}}},
                   .goal = 3.0});
  for (const auto& [name, pattern] :
       {std::pair{"start: text", "one"}, std::pair{"start: expression", "o\\w+"}}) {
    cases.push_back(search_case(
        {.name = name, .words = {pattern}, .goal = 1.5, .input = CompareInput::Tiny, .answer = Answer::Lines},
        Cores::All));
  }
}

constexpr std::array kTools{CompareTool{"wc", "counting"},      CompareTool{"rg", "searching"},
                            CompareTool{"grep", "searching"},   CompareTool{"ugrep", "searching"},
                            CompareTool{"lz4", "compressing"},  CompareTool{"jdupes", "finding duplicates"},
                            CompareTool{"goaccess", "web logs"}};

}  // namespace

std::vector<CompareCase> compare_cases() {
  std::vector<CompareCase> cases;
  add_counts(cases);
  add_searches(cases);
  add_trees(cases);
  add_starts(cases);
  return cases;
}

std::span<const CompareTool> compare_tools() {
  return kTools;
}

}  // namespace folio::bench
