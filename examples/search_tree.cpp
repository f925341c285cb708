// SPDX-License-Identifier: Apache-2.0
// Prints the lines below a directory that match a regular expression, in the order of their files' paths:
// search_tree DIRECTORY PATTERN
#include <iostream>
#include <string>
#include <vector>

#include "folio/search.h"
#include "folio/walk.h"

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: search_tree DIRECTORY PATTERN\n", 2;
  const std::vector<std::string> roots{argv[1]}, patterns{argv[2]};
  const auto pattern = folio::Pattern::compile(patterns, {.syntax = folio::PatternSyntax::Regex});
  if (!pattern) return std::cerr << pattern.error().message() << '\n', 2;

  int status = 1;
  const auto complain = [&](const folio::Error& error) { std::cerr << error.message() << '\n', status = 2; };
  const auto search = [&](const folio::WalkEntry& entry) {  // one file, on all cores
    const auto file = folio::File::open(std::string{entry.path});
    if (!file) return complain(file.error()), folio::WalkFlow::Continue;
    const auto render = [&](std::string& out, const folio::LineMatch& match) {
      out.append(entry.path).append(":").append(folio::to_text(match.line)).append("\n");
    };
    const auto print = [](std::string_view text) { return std::cout << text, folio::Flow::Continue; };
    const auto found = folio::search_lines(*file, *pattern, {}, render, print);
    if (!found) return complain(found.error()), folio::WalkFlow::Continue;
    if (found->report.problem) complain(*found->report.problem);
    if (found->lines > 0 && status == 1) status = 0;
    return folio::WalkFlow::Continue;
  };
  // Only one file at a time: with more threads, `search` would be called on several at once.
  const folio::WalkOptions options{.sort = folio::WalkSort::Path, .threads = 1};
  const auto walked = folio::walk(roots, options, search, complain);
  if (!walked) complain(walked.error());
  return status;
}
