// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "folio/search.h"
#include "search/pattern_state.h"

namespace folio {

namespace {

search::Algorithm internal(SearchAlgorithm algorithm) {
  switch (algorithm) {
    case SearchAlgorithm::BoyerMoore:
      return search::Algorithm::BoyerMoore;
    case SearchAlgorithm::Naive:
      return search::Algorithm::Naive;
    case SearchAlgorithm::Auto:
      break;
  }
  return search::Algorithm::Auto;
}

search::CaseFolding internal(LetterCase letter_case) {
  return letter_case == LetterCase::IgnoreAscii ? search::CaseFolding::Ascii : search::CaseFolding::None;
}

Result<std::shared_ptr<const Pattern::State>> prepare(ByteView needle, const PatternOptions& options,
                                                      const search::ByteSample* sample) {
  if (to_text(needle).find('\n') != std::string_view::npos) {
    return std::unexpected(Error{.code = Errc::InvalidArgument,
                                 .system_errno = 0,
                                 .path = {},
                                 .offset = std::nullopt,
                                 .detail = "the pattern holds a line end: lines are searched one by one"});
  }
  return std::make_shared<const Pattern::State>(Pattern::State{search::LiteralSearcher::make(
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
  const search::ByteSample taken =
      search::take_sample(sample.size(), [&](std::uint64_t offset, MutableByteView buffer) -> std::size_t {
        return sample.read_at(offset, buffer).value_or(0);
      });
  auto state = prepare(needle, options, &taken);
  if (!state) return std::unexpected(std::move(state).error());
  return Pattern{std::move(*state)};
}

std::optional<std::size_t> Pattern::find(ByteView bytes, std::size_t from) const {
  search::SearchState work;
  const std::size_t found = state_->searcher.find(bytes, from, work);
  return found == search::kNotFound ? std::nullopt : std::optional{found};
}

std::size_t Pattern::size() const {
  return state_->searcher.needle_size();
}

std::string Pattern::explain() const {
  return state_->searcher.explain();
}

}  // namespace folio
