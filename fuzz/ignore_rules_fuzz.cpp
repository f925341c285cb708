// SPDX-License-Identifier: Apache-2.0
// Ignore files: an indexed list of rules must decide as its lines one by one do, from the last to the first.
// The first line is the path that is asked for; the rest is the file.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "walk/git_config.h"
#include "walk/ignore_rules.h"

namespace {

using namespace folio::walk_detail;

Verdict by_lines(std::string_view text, const Candidate& candidate) {
  Verdict verdict = Verdict::None;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const RuleList line = parse_ignore_rules(text.substr(0, end), folio::NameCase::Sensitive);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const Verdict one = line.decide(candidate); one != Verdict::None) verdict = one;
  }
  return verdict;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // SAFETY: bytes are read as characters.
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view path = input.substr(0, line);
  const std::string_view text = input.substr(std::min(line + 1, input.size()));
  static_cast<void>(excludes_file_of(text));
  // A mark in the middle of a file is none, but would be one of a line that is parsed alone.
  if (text.contains("\xEF\xBB\xBF")) return 0;
  const RuleList rules = parse_ignore_rules(text, folio::NameCase::Sensitive);
  for (const EntryType type : {EntryType::File, EntryType::Directory}) {
    const Candidate candidate{.path = path, .name = path.substr(path.rfind('/') + 1), .type = type};
    if (rules.decide(candidate) != by_lines(text, candidate)) std::abort();
  }
  return 0;
}
