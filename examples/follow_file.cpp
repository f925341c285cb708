// SPDX-License-Identifier: Apache-2.0
// Prints the first COUNT lines of a log that match a regular expression, and waits for those that are still
// to be written, across rotation of the log: follow_file FILE PATTERN COUNT
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "folio/follow.h"
#include "folio/search.h"

int main(int argc, char** argv) {
  if (argc != 4) return std::cerr << "usage: follow_file FILE PATTERN COUNT\n", 2;
  const std::vector<std::string> patterns{argv[2]};
  const auto pattern = folio::Pattern::compile(patterns, {.syntax = folio::PatternSyntax::Regex});
  if (!pattern) return std::cerr << pattern.error().message() << '\n', 2;
  folio::FollowOptions from_begin;
  from_begin.from = folio::FollowOptions::From::Begin;
  const auto stream = folio::follow(argv[1], from_begin);
  if (!stream) return std::cerr << stream.error().message() << '\n', 2;

  folio::SearchOptions options;
  options.line_count_max = std::strtoull(argv[3], nullptr, 10);
  options.scan.threads = 1;
  const auto render = [](std::string& out, const folio::LineMatch& match) {
    out.append(folio::to_text(match.line)).append("\n");
  };
  const auto print = [](std::string_view text) {
    return std::cout << text << std::flush, folio::Flow::Continue;
  };
  const auto found = folio::search_lines(**stream, *pattern, options, render, print);
  if (!found) return std::cerr << found.error().message() << '\n', 2;
  if (!found->report.problem) return 0;
  return std::cerr << found->report.problem->message() << '\n', 3;
}
