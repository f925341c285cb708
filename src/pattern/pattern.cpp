// SPDX-License-Identifier: Apache-2.0
#include "folio/pattern.h"

#include <utility>

#include "core/try.h"
#include "pattern/byte_sample.h"
#include "pattern/compile.h"
#include "pattern/finders.h"
#include "pattern/matcher.h"
#include "pattern/pattern_state.h"

namespace folio {

namespace {

// A small file is searched before a sample of it would be taken.
constexpr std::uint64_t kSampledSizeMin = 32ULL << 20;

std::optional<pattern::ByteSample> sample_of(const File& file) {
  if (!file.is_seekable() || file.size() < kSampledSizeMin) return std::nullopt;
  return pattern::take_sample(file.size(), [&](std::uint64_t offset, MutableByteView buffer) -> std::size_t {
    return file.read_at(offset, buffer).value_or(0);
  });
}

pattern::Algorithm internal(SearchAlgorithm algorithm) {
  switch (algorithm) {
    case SearchAlgorithm::BoyerMoore:
      return pattern::Algorithm::BoyerMoore;
    case SearchAlgorithm::Naive:
      return pattern::Algorithm::Naive;
    case SearchAlgorithm::Auto:
      break;
  }
  return pattern::Algorithm::Auto;
}

Result<std::shared_ptr<const Pattern::State>> prepare(ByteView needle, const PatternOptions& options,
                                                      const pattern::ByteSample* sample) {
  FOLIO_TRY(pattern::check_literal(needle, options));
  const auto folding =
      options.letter_case == LetterCase::Exact ? pattern::CaseFolding::None : pattern::CaseFolding::Ascii;
  auto state = std::make_shared<Pattern::State>();
  state->pool = std::make_shared<pattern::MatcherPool>();
  state->options = options;
  state->finder = pattern::literal_finder(
      pattern::LiteralSearcher::make(needle, internal(options.algorithm), folding, sample));
  return state;
}

}  // namespace

Pattern::Pattern(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<Pattern> Pattern::literal(ByteView needle, const PatternOptions& options) {
  return Pattern{FOLIO_TRY(prepare(needle, options, nullptr))};
}

Result<Pattern> Pattern::literal_for(const File& sample, ByteView needle, const PatternOptions& options) {
  // A needle of one byte leaves nothing to choose.
  const auto taken = needle.size() < 2 ? std::nullopt : sample_of(sample);
  return Pattern{FOLIO_TRY(prepare(needle, options, taken ? &*taken : nullptr))};
}

Result<Pattern> Pattern::compile(std::span<const std::string> patterns, const PatternOptions& options) {
  return Pattern{FOLIO_TRY(pattern::compile(patterns, options))};
}

Pattern Pattern::tuned_for(const File& sample) const {
  if (!state_->recipe) return *this;
  const auto taken = sample_of(sample);
  return taken ? Pattern{pattern::tuned(*state_, *taken)} : *this;
}

std::optional<std::size_t> Pattern::find(ByteView bytes, std::size_t from) const {
  pattern::Matcher matcher(*this);
  const auto found = matcher.find(bytes, from);
  return found ? std::optional{found->begin} : std::nullopt;
}

const PatternOptions& Pattern::options() const {
  return state_->options;
}

Reach Pattern::reach() const {
  return state_->options.reach;
}

std::string Pattern::explain() const {
  std::string text = state_->finder ? state_->finder->explain() : "every record is looked at";
  if (state_->engine) text += "; " + state_->engine->describe() + " decides";
  return text;
}

}  // namespace folio
