// SPDX-License-Identifier: Apache-2.0
#include "pattern/compile.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/try.h"
#include "pattern/finders.h"
#include "pattern/matcher.h"
#include "pattern/parser.h"
#include "pattern/pattern_error.h"
#include "pattern/pcre2_engine.h"
#include "pattern/re2_engine.h"
#include "pattern/re2_text.h"
#include "pattern/requirement.h"
#include "pattern/smart_case.h"
#include "pattern/tree_build.h"

namespace folio::pattern {

/// A literal set, or a tree.
struct Recipe {
  Requirement literals;              // where there is no tree
  std::shared_ptr<const Tree> tree;  // may be null
};

namespace {

using State = Pattern::State;
using StatePtr = std::shared_ptr<const State>;

// Literals are found about twice as fast as byte sets, and confirmed more often.
constexpr double kLiteralBonus = 4;

std::shared_ptr<State> new_state() {
  auto state = std::make_shared<State>();
  state->pool = std::make_shared<MatcherPool>();
  return state;
}

bool any_node(const Node& node, const std::function<bool(const Node&)>& holds) {
  if (holds(node)) return true;
  return std::ranges::any_of(node.parts, [&](const NodePtr& part) { return any_node(*part, holds); });
}

bool can_hold(const Node& root, std::byte byte) {
  const auto code = std::to_integer<std::uint8_t>(byte);
  return any_node(root, [&](const Node& node) {
    if (node.kind == Node::Kind::Class) return contains(node.codes, code);
    return node.kind == Node::Kind::Bytes && node.bytes.test(code);
  });
}

bool has_assertion(const Node& root, std::initializer_list<Assertion> assertions) {
  return any_node(root, [&](const Node& node) {
    return node.kind == Node::Kind::Assertion &&
           std::ranges::find(assertions, node.assertion) != assertions.end();
  });
}

ParseOptions parse_options(const PatternOptions& options, LetterCase letter_case) {
  ParseOptions parse;
  if (letter_case == LetterCase::Ignore) parse.letter_case = ParseOptions::Case::Insensitive;
  if (options.alphabet == Alphabet::Ascii) parse.characters = ParseOptions::Characters::Ascii;
  if (options.dot == DotMatches::Everything) parse.dot = ParseOptions::Dot::Any;
  if (options.carriage_return == CarriageReturn::LineEnd) parse.line_ends = ParseOptions::LineEnds::CrLf;
  if (options.reach == Reach::Record) parse.terminator = options.terminator;
  return parse;
}

// One cache of automaton states per thread and engine; together they stay bounded.
RegexOptions regex_options() {
  constexpr std::int64_t kMemoryMax = 64 << 20;
  const auto threads = static_cast<std::int64_t>(std::max(std::thread::hardware_concurrency(), 1U));
  return {.max_memory = std::clamp<std::int64_t>(kMemoryMax / threads, 4 << 20, 16 << 20)};
}

Folding folding_of(const PatternOptions& options, LetterCase letter_case) {
  if (letter_case == LetterCase::Exact) return Folding::None;
  return options.alphabet == Alphabet::Ascii ? Folding::Ascii : Folding::Unicode;
}

Result<Tree> tree_of(std::span<const std::string> patterns, const PatternOptions& options,
                     LetterCase letter_case) {
  std::vector<Tree> trees;
  trees.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    if (options.syntax == PatternSyntax::Literal) {
      if (options.reach == Reach::Record) FOLIO_TRY(check_literal(to_bytes(pattern), options));
      trees.push_back(literal_tree(pattern, folding_of(options, letter_case)));
    } else {
      auto tree = parse(pattern, parse_options(options, letter_case));
      if (!tree && patterns.size() > 1) {
        tree.error().detail = "'" + pattern + "': " + tree.error().detail;
      }
      trees.push_back(FOLIO_TRY(std::move(tree)));
    }
  }
  Tree tree = trees.size() == 1 ? std::move(trees.front()) : alternation(std::move(trees));
  const WordKind words = options.alphabet == Alphabet::Ascii ? WordKind::Ascii : WordKind::Unicode;
  if (options.boundaries == Boundaries::Word) return wrap_word(std::move(tree), words);
  if (options.boundaries == Boundaries::Record) return wrap_line(std::move(tree));
  return tree;
}

std::shared_ptr<const FinderSource> finder_of(const Requirement& requirement, const ByteSample* sample) {
  if (requirement.exact && requirement.literals.empty()) return no_finder();
  const bool by_window =
      !requirement.window.empty() &&
      (requirement.literals.empty() || requirement.window_share * kLiteralBonus < requirement.literal_share);
  if (by_window && !requirement.exact) {
    const ByteView data = sample != nullptr ? ByteView{sample->bytes} : ByteView{};
    return window_finder(simd::make_byte_window(requirement.window, byte_shares(sample), data));
  }
  if (requirement.literals.empty()) return nullptr;
  return literals_finder(requirement.literals, requirement.folding, sample);
}

// Whether an engine may look at several records at once: what it takes for the begin and the end of a line
// must be that of a record.
bool can_scan(const Node& root, const PatternOptions& options) {
  if (has_assertion(root, {Assertion::TextBegin, Assertion::TextEnd})) return false;
  const bool by_lines = options.terminator == std::byte{'\n'};
  return by_lines || !has_assertion(root, {Assertion::LineBegin, Assertion::LineEnd, Assertion::CrlfLineBegin,
                                           Assertion::CrlfLineEnd});
}

// Runs an automaton over everything. Made when it is first needed, which it seldom is: that takes longer than
// the search of a small file. Makes no finder where RE2 refuses the tree.
class ScannerFinderSource final : public FinderSource {
 public:
  explicit ScannerFinderSource(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}
  [[nodiscard]] std::unique_ptr<Finder> make() const override {
    std::call_once(made_, [this] {
      if (auto factory = make_scanner_factory(*tree_, regex_options()))
        source_ = engine_finder(std::move(factory));
    });
    return source_ ? source_->make() : nullptr;
  }
  [[nodiscard]] std::string explain() const override { return "an automaton over all records"; }

 private:
  std::shared_ptr<const Tree> tree_;
  mutable std::once_flag made_;
  mutable std::shared_ptr<const FinderSource> source_;
};

std::shared_ptr<const FinderSource> scanner_finder(std::shared_ptr<const Tree> tree) {
  return std::make_shared<ScannerFinderSource>(std::move(tree));
}

// What finds the records; the engine decides, unless the literals are all that the pattern is.
// REQUIRES: there is an engine where they are not.
void choose_finders(State& state, const Requirement& requirement, const ByteSample* sample) {
  state.finder = finder_of(requirement, sample);
  state.finds = requirement.exact ? Finds::Matches : Finds::Candidates;
  if (requirement.exact) {
    state.scanner = nullptr;
  } else if (!state.finder && state.scanner && state.scanner->make()) {
    state.finder = state.scanner;
    state.finds = state.scanner_finds;
  }
}

Result<StatePtr> compile_tree(Tree made, const PatternOptions& wanted) {
  auto state = new_state();
  auto tree = std::make_shared<const Tree>(std::move(made));
  state->options = wanted;
  const Node& root = *tree->root;
  const bool spans =
      wanted.reach == Reach::AcrossRecords &&
      (can_hold(root, wanted.terminator) || has_assertion(root, {Assertion::TextBegin, Assertion::TextEnd}));
  if (!spans) state->options.reach = Reach::Record;
  auto recipe = std::make_shared<Recipe>();
  recipe->tree = tree;
  state->recipe = std::move(recipe);
  const Requirement requirement = require(root, nullptr);
  // Groups are known to an engine only.
  const bool needs_engine = !requirement.exact || tree->capture_count > 0;
  if (needs_engine) {
    state->engine = FOLIO_TRY(make_regex_engine_factory(*tree, regex_options()));
    if (!spans && can_scan(root, wanted)) {
      state->scanner = scanner_finder(tree);
      state->scanner_finds = has_droppable(root) ? Finds::Candidates : Finds::Records;
    }
  }
  if (spans && state->engine) return state;
  choose_finders(*state, requirement, nullptr);
  return state;
}

// Literals that are searched for as they are: no tree is needed, however many there are.
Result<StatePtr> compile_literals(std::span<const std::string> literals, const PatternOptions& options) {
  auto recipe = std::make_shared<Recipe>();
  for (const std::string& literal : literals) {
    if (options.reach == Reach::Record) FOLIO_TRY(check_literal(to_bytes(literal), options));
    recipe->literals.literals.push_back(literal);
  }
  recipe->literals.exact = true;
  auto state = new_state();
  state->options = options;
  state->recipe = std::move(recipe);
  const bool spans = std::ranges::any_of(literals, [&](const std::string& literal) {
    return literal.find(static_cast<char>(options.terminator)) != std::string::npos;
  });
  if (!spans) state->options.reach = Reach::Record;
  choose_finders(*state, state->recipe->literals, nullptr);
  return state;
}

Result<StatePtr> compile_perl(std::span<const std::string> patterns, const PatternOptions& options,
                              LetterCase letter_case) {
  PerlOptions perl;
  if (letter_case == LetterCase::Ignore) perl.letter_case = PerlOptions::Case::Insensitive;
  if (options.alphabet == Alphabet::Ascii) perl.characters = PerlOptions::Characters::Bytes;
  if (options.dot == DotMatches::Everything) perl.dot = PerlOptions::Dot::Any;
  if (options.boundaries == Boundaries::Word) perl.whole = PerlOptions::Whole::Word;
  if (options.boundaries == Boundaries::Record) perl.whole = PerlOptions::Whole::Line;
  std::string joined;
  for (const std::string& pattern : patterns) {
    if (!joined.empty()) joined += '|';
    joined += patterns.size() == 1 ? pattern : "(?:" + pattern + ")";
  }
  auto state = new_state();
  state->options = options;
  state->finds = Finds::Candidates;
  state->engine = FOLIO_TRY(make_perl_engine_factory(joined, perl));
  return state;
}

}  // namespace

Result<void> check_literal(ByteView needle, const PatternOptions& options) {
  if (std::ranges::find(needle, options.terminator) == needle.end()) return {};
  if (options.terminator == std::byte{0}) {
    return pattern_error("the pattern holds a NUL byte, which ends records here: no record has one");
  }
  return pattern_error(
      "the pattern holds a line end: lines are searched one by one (-U searches across them)");
}

Result<StatePtr> compile(std::span<const std::string> patterns, const PatternOptions& options) {
  if (patterns.empty()) {
    auto state = new_state();
    state->options = options;
    state->options.reach = Reach::Record;
    state->finder = no_finder();
    return state;
  }
  const LetterCase letter_case = settled_case(patterns, options);
  if (options.syntax == PatternSyntax::Perl) return compile_perl(patterns, options, letter_case);
  const bool plain = options.syntax == PatternSyntax::Literal && letter_case == LetterCase::Exact &&
                     options.boundaries == Boundaries::None;
  if (plain) return compile_literals(patterns, options);
  return compile_tree(FOLIO_TRY(tree_of(patterns, options, letter_case)), options);
}

StatePtr tuned(const State& state, const ByteSample& sample) {
  auto copy = std::make_shared<State>(state);
  copy->pool = std::make_shared<MatcherPool>();
  if (copy->options.reach == Reach::AcrossRecords && copy->engine) return copy;
  const Recipe& recipe = *copy->recipe;
  const Requirement requirement = recipe.tree ? require(*recipe.tree->root, &sample) : recipe.literals;
  choose_finders(*copy, requirement, &sample);
  return copy;
}

}  // namespace folio::pattern
