// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "folio/pattern.h"
#include "pattern/pattern_state.h"

namespace folio {

namespace {

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

pattern::CaseFolding internal(LetterCase letter_case) {
  return letter_case == LetterCase::IgnoreAscii ? pattern::CaseFolding::Ascii : pattern::CaseFolding::None;
}

Result<std::shared_ptr<const Pattern::State>> prepare(ByteView needle, const PatternOptions& options,
                                                      const pattern::ByteSample* sample) {
  if (to_text(needle).find('\n') != std::string_view::npos) {
    return std::unexpected(Error{.code = Errc::InvalidArgument,
                                 .system_errno = 0,
                                 .path = {},
                                 .offset = std::nullopt,
                                 .detail = "the pattern holds a line end: lines are searched one by one"});
  }
  return std::make_shared<const Pattern::State>(Pattern::State{pattern::LiteralSearcher::make(
      needle, internal(options.algorithm), internal(options.letter_case), sample)});
}

}  // namespace

Pattern::Pattern(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<Pattern> Pattern::literal(ByteView needle, const PatternOptions& options) {
  auto state = prepare(needle, options, nullptr);
  if (!state) return std::unexpected(std::move(state).error());
  return Pattern{std::move(*state)};
}

Result<Pattern> Pattern::literal_for(const File& sample, ByteView needle, const PatternOptions& options) {
  // A needle of one byte leaves nothing to choose; a small file is searched before a sample of it would be
  // taken.
  constexpr std::uint64_t kSampledSizeMin = 4ULL << 20;
  if (needle.size() < 2 || !sample.is_seekable() || sample.size() < kSampledSizeMin)
    return literal(needle, options);
  const pattern::ByteSample taken =
      pattern::take_sample(sample.size(), [&](std::uint64_t offset, MutableByteView buffer) -> std::size_t {
        return sample.read_at(offset, buffer).value_or(0);
      });
  auto state = prepare(needle, options, &taken);
  if (!state) return std::unexpected(std::move(state).error());
  return Pattern{std::move(*state)};
}

std::optional<std::size_t> Pattern::find(ByteView bytes, std::size_t from) const {
  pattern::SearchState work;
  const std::size_t found = state_->searcher.find(bytes, from, work);
  return found == pattern::kNotFound ? std::nullopt : std::optional{found};
}

std::size_t Pattern::size() const {
  return state_->searcher.needle_size();
}

std::string Pattern::explain() const {
  return state_->searcher.explain();
}

}  // namespace folio
