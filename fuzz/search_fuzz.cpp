// SPDX-License-Identifier: Apache-2.0
// Any bytes as pattern and content of a search: whatever finder and engine were chosen, the lines that match
// are those of the Pike machine asked line by line. The first byte chooses the options, the pattern goes up
// to the first zero byte.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "pattern/matcher.h"
#include "pattern/node.h"
#include "pattern/parser.h"
#include "pattern/pike.h"
#include "pattern/tree_build.h"

namespace {

using folio::ByteView;
using folio::Pattern;
using folio::PatternOptions;
using folio::pattern::Matcher;
using folio::pattern::ParseOptions;

PatternOptions options_of(std::uint8_t choice) {
  PatternOptions options{.syntax = folio::PatternSyntax::Regex};
  if ((choice & 1) != 0) options.letter_case = folio::LetterCase::Ignore;
  if ((choice & 2) != 0) options.alphabet = folio::Alphabet::Ascii;
  if ((choice & 4) != 0) options.boundaries = folio::Boundaries::Word;
  return options;
}

std::unique_ptr<folio::pattern::Engine> oracle_of(std::string_view text, const PatternOptions& options) {
  ParseOptions parse_options;
  parse_options.terminator = options.terminator;
  const bool is_ascii = options.alphabet == folio::Alphabet::Ascii;
  if (is_ascii) parse_options.characters = ParseOptions::Characters::Ascii;
  if (options.letter_case == folio::LetterCase::Ignore)
    parse_options.letter_case = ParseOptions::Case::Insensitive;
  auto tree = folio::pattern::parse(text, parse_options);
  constexpr std::uint64_t small_enough = 300;
  if (!tree || unrolled_size(*tree->root) > small_enough) return nullptr;
  using folio::pattern::WordKind;
  if (options.boundaries == folio::Boundaries::Word) {
    *tree = wrap_word(std::move(*tree), is_ascii ? WordKind::Ascii : WordKind::Unicode);
  }
  return folio::pattern::make_pike_engine_factory(*tree)->make();
}

void compare(Matcher& matcher, folio::pattern::Engine& oracle, ByteView lines) {
  std::size_t from = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const auto end = std::ranges::find(lines.subspan(begin), std::byte{'\n'});
    const auto stop = static_cast<std::size_t>(end - lines.begin());
    if (oracle.is_match(lines.subspan(begin, stop - begin))) {
      const auto found = matcher.next_record(lines, from);
      if (!found || found->begin != begin) std::abort();
      from = found->end;
    }
    begin = std::min(stop + 1, lines.size());
  }
  if (matcher.next_record(lines, from)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView input = std::as_bytes(std::span{data, size}).subspan(1);
  const std::string_view all = folio::to_text(input);
  const std::string text{all.substr(0, all.find('\0'))};
  const PatternOptions options = options_of(data[0]);
  const auto oracle = oracle_of(text, options);
  const auto pattern = Pattern::compile(std::vector<std::string>{text}, options);
  if (!oracle || !pattern) return 0;
  Matcher matcher(*pattern);
  const ByteView lines = input.subspan(std::min(text.size() + 1, input.size()));
  compare(matcher, *oracle, lines.first(std::min<std::size_t>(lines.size(), 256)));
  return 0;
}
