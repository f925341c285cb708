// SPDX-License-Identifier: Apache-2.0
// Any bytes as a pattern: the parser must answer, and RE2 and the Pike machine must find the same. The first
// byte chooses the options, the pattern goes up to the first zero byte, and the text follows.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pattern/node.h"
#include "pattern/parser.h"
#include "pattern/pike.h"
#include "pattern/re2_engine.h"
#include "pattern/tree_build.h"

namespace {

using folio::ByteView;
using folio::pattern::Node;
using folio::pattern::ParseOptions;
using folio::pattern::Tree;

ParseOptions options_of(std::uint8_t choice) {
  ParseOptions options;
  if ((choice & 1) != 0) options.letter_case = ParseOptions::Case::Insensitive;
  if ((choice & 2) != 0) options.characters = ParseOptions::Characters::Ascii;
  if ((choice & 4) != 0) options.line_ends = ParseOptions::LineEnds::CrLf;
  if ((choice & 8) != 0) options.terminator = std::byte{'\n'};
  return options;
}

// Rounds without characters are where engines may differ.
bool repeats_nothing(const Node& node) {
  if (node.kind == Node::Kind::Repeat && can_be_empty(*node.parts.front())) return true;
  return std::ranges::any_of(node.parts, [](const auto& part) { return repeats_nothing(*part); });
}

void compare(const Tree& tree, ByteView text) {
  const auto factory = folio::pattern::make_regex_engine_factory(tree);
  if (!factory || (*factory)->describe() == "Pike machine") return;
  const auto engine = (*factory)->make();
  const auto pike = folio::pattern::make_pike_engine_factory(tree)->make();
  for (std::size_t from = 0; from <= text.size(); ++from) {
    const auto expected = pike->find(text, from);
    if (engine->find(text, from) != expected) std::abort();
    if (from == 0 && engine->is_match(text) != expected.has_value()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView input = std::as_bytes(std::span{data, size}).subspan(1);
  const std::string_view all = folio::to_text(input);
  const std::string_view pattern = all.substr(0, all.find('\0'));
  const ByteView text = input.subspan(std::min(pattern.size() + 1, input.size()));
  auto tree = folio::pattern::parse(pattern, options_of(data[0]));
  constexpr std::uint64_t small_enough = 500;
  if (!tree || unrolled_size(*tree->root) > small_enough || repeats_nothing(*tree->root)) return 0;
  compare(*tree, text.first(std::min<std::size_t>(text.size(), 64)));
  if ((data[0] & 16) != 0) {
    compare(wrap_word(*std::move(tree)), text.first(std::min<std::size_t>(text.size(), 64)));
  }
  return 0;
}
