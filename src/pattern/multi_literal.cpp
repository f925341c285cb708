// SPDX-License-Identifier: Apache-2.0
#include "pattern/multi_literal.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <variant>

#include "pattern/aho_corasick.h"
#include "pattern/block_filter.h"
#include "pattern/literal_searcher.h"
#include "pattern/literal_table.h"
#include "pattern/record_end.h"
#include "pattern/teddy_filter.h"
#include "simd/count_byte.h"

namespace folio::pattern {

namespace {

/// No literals: no match.
struct Nothing {
  [[nodiscard]] static std::string explain() { return "no literals: nothing matches"; }
};

/// One of the literals is empty, so that there is a match wherever one looks.
struct Everywhere {
  std::size_t empty_index;
  [[nodiscard]] static std::string explain() { return "one of the literals is empty: it matches everywhere"; }
};

}  // namespace

class MultiLiteralSearcher::Engine {
 public:
  Engine(std::span<const ByteView> literals, CaseFolding folding, const ByteSample* sample)
      : table_{literals, folding}, way_{choose(sample)} {}
  // What was chosen refers to the table.
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() = default;

  [[nodiscard]] std::size_t literal_count() const { return table_.count(); }
  [[nodiscard]] std::optional<LiteralMatch> find(ByteView haystack, std::size_t from,
                                                 SearchState& state) const {
    if (from > haystack.size()) return std::nullopt;
    return std::visit([&](const auto& way) { return find_by(way, haystack, from, state); }, way_);
  }
  [[nodiscard]] std::uint64_t count(ByteView records, std::byte terminator, SearchState& state) const {
    return std::visit([&](const auto& way) { return count_by(way, records, terminator, state); }, way_);
  }
  [[nodiscard]] std::string explain() const {
    return std::visit([](const auto& way) { return way.explain(); }, way_);
  }
  [[nodiscard]] std::string_view name() const {
    constexpr std::array<std::string_view, std::variant_size_v<Way>> kNames{"nothing", "everywhere",
                                                                            "literal", "teddy", "blocks"};
    return kNames[way_.index()];
  }

 private:
  using Way = std::variant<Nothing, Everywhere, LiteralSearcher, TeddyFilter, BlockFilter>;
  using Match = std::optional<LiteralMatch>;

  [[nodiscard]] Way choose(const ByteSample* sample) const;
  [[nodiscard]] const AhoCorasick& automaton() const;

  [[nodiscard]] static Match find_by(const Nothing&, ByteView, std::size_t, SearchState&) {
    return std::nullopt;
  }
  [[nodiscard]] Match find_by(const Everywhere&, ByteView, std::size_t, SearchState&) const;
  [[nodiscard]] Match find_by(const LiteralSearcher&, ByteView, std::size_t, SearchState&) const;
  template <class Filter>
  [[nodiscard]] Match find_by(const Filter&, ByteView, std::size_t, SearchState&) const;

  [[nodiscard]] static std::uint64_t count_by(const Nothing&, ByteView, std::byte, SearchState&) { return 0; }
  [[nodiscard]] static std::uint64_t count_by(const Everywhere&, ByteView, std::byte, SearchState&);
  [[nodiscard]] std::uint64_t count_by(const LiteralSearcher&, ByteView, std::byte, SearchState&) const;
  template <class Filter>
  [[nodiscard]] std::uint64_t count_by(const Filter&, ByteView, std::byte, SearchState&) const;
  [[nodiscard]] std::uint64_t count_linear(ByteView records, std::size_t& from, std::byte terminator,
                                           SearchState& state) const;

  LiteralTable table_;
  Way way_;
  // Made when a filter has given up for the first time; of 100,000 literals that takes a tenth of a second.
  mutable std::once_flag automaton_made_;
  mutable std::optional<AhoCorasick> automaton_;
};

MultiLiteralSearcher::Engine::Way MultiLiteralSearcher::Engine::choose(const ByteSample* sample) const {
  if (table_.count() == 0) return Nothing{};
  for (std::size_t i = 0; i < table_.count(); ++i) {
    if (table_.size(i) == 0) return Everywhere{i};
  }
  if (table_.count() == 1) {
    return LiteralSearcher::make(table_.bytes(0), Algorithm::Auto, table_.folding(), sample);
  }
  // PERF: a candidate of Teddy costs as much as the block hashes of 50 bytes. Of few literals most candidates
  // are matches, which cost the same either way.
  constexpr double kCandidatesMax = 1.0 / 50;
  constexpr std::size_t kFewLiterals = 8;
  if (table_.count() <= TeddyFilter::kLiteralsMax) {
    TeddyFilter teddy{table_, sample};
    if (table_.count() <= kFewLiterals || teddy.expected_candidates() <= kCandidatesMax) return teddy;
  }
  return BlockFilter{table_, sample};
}

const AhoCorasick& MultiLiteralSearcher::Engine::automaton() const {
  std::call_once(automaton_made_, [&] { automaton_.emplace(table_); });
  return *automaton_;
}

// A literal that is given before the empty one and stands at `from` is preferred.
MultiLiteralSearcher::Engine::Match MultiLiteralSearcher::Engine::find_by(const Everywhere& everywhere,
                                                                          ByteView haystack, std::size_t from,
                                                                          SearchState&) const {
  if (everywhere.empty_index > 0) {
    const Match match = automaton().match_at(haystack, from);
    if (match && match->index < everywhere.empty_index) return match;
  }
  return LiteralMatch{.position = from, .size = 0, .index = everywhere.empty_index};
}

MultiLiteralSearcher::Engine::Match MultiLiteralSearcher::Engine::find_by(const LiteralSearcher& searcher,
                                                                          ByteView haystack, std::size_t from,
                                                                          SearchState& state) const {
  const std::size_t position = searcher.find(haystack, from, state);
  if (position == kNotFound) return std::nullopt;
  return LiteralMatch{.position = position, .size = table_.size(0), .index = 0};
}

template <class Filter>
MultiLiteralSearcher::Engine::Match MultiLiteralSearcher::Engine::find_by(const Filter& filter,
                                                                          ByteView haystack, std::size_t from,
                                                                          SearchState& state) const {
  while (from < haystack.size()) {
    if (state.linear_bytes_left == 0) {
      const FilterResult result = filter.find(haystack, from, state.work);
      if (result.outcome == simd::PairOutcome::Found) return result.match;
      if (result.outcome == simd::PairOutcome::Exhausted) return std::nullopt;
      state.gave_up(result.position - from, table_.shortest());
      from = result.position;
    }
    const std::size_t stop = from + std::min<std::uint64_t>(haystack.size() - from, state.linear_bytes_left);
    const AhoCorasick::Stretch stretch = automaton().find(haystack, from, stop);
    const std::size_t end = stretch.match ? stretch.match->position : stretch.end;
    state.linear_bytes_left -= std::min<std::uint64_t>(state.linear_bytes_left, end - from);
    if (stretch.match) return stretch.match;
    from = end;
  }
  return std::nullopt;
}

std::uint64_t MultiLiteralSearcher::Engine::count_by(const Everywhere&, ByteView records,
                                                     std::byte terminator, SearchState&) {
  const bool cut = !records.empty() && records.back() != terminator;
  return simd::count_byte(records, terminator) + (cut ? 1U : 0U);
}

std::uint64_t MultiLiteralSearcher::Engine::count_by(const LiteralSearcher& searcher, ByteView records,
                                                     std::byte terminator, SearchState& state) const {
  const bool exact = table_.folding() == CaseFolding::None;
  const bool may_hold = holds_terminator(table_.bytes(0), exact ? terminator : FoldAscii{}(terminator));
  if (!may_hold) return searcher.count_records(records, terminator, state);
  std::uint64_t count = 0;
  for (std::size_t from = 0; from < records.size();) {
    const std::size_t match = searcher.find(records, from, state);
    if (match == kNotFound) break;
    const bool inside = !holds_terminator(records.subspan(match, table_.size(0)), terminator);
    count += inside ? 1U : 0U;
    from = inside ? behind_terminator(records, match, terminator) : match + 1;
  }
  return count;
}

template <class Filter>
std::uint64_t MultiLiteralSearcher::Engine::count_by(const Filter& filter, ByteView records,
                                                     std::byte terminator, SearchState& state) const {
  std::uint64_t count = 0;
  std::size_t from = 0;
  while (from < records.size()) {
    if (state.linear_bytes_left == 0) {
      const FilterCount part = filter.count_records(records, from, terminator, state.work);
      count += part.records;
      if (part.outcome != simd::PairOutcome::GaveUp) return count;
      state.gave_up(part.position - from, table_.shortest());
      from = part.position;
    }
    count += count_linear(records, from, terminator, state);
  }
  return count;
}

/// Counts until the linear stretch ends, and moves `from` there.
std::uint64_t MultiLiteralSearcher::Engine::count_linear(ByteView records, std::size_t& from,
                                                         std::byte terminator, SearchState& state) const {
  std::uint64_t count = 0;
  while (from < records.size() && state.linear_bytes_left > 0) {
    const std::size_t stop = from + std::min<std::uint64_t>(records.size() - from, state.linear_bytes_left);
    const AhoCorasick::Stretch stretch = automaton().find_in_record(records, from, stop, terminator);
    count += stretch.match ? 1U : 0U;
    const std::size_t end =
        stretch.match ? behind_terminator(records, stretch.match->position, terminator) : stretch.end;
    state.linear_bytes_left -= std::min<std::uint64_t>(state.linear_bytes_left, end - from);
    from = end;
  }
  return count;
}

MultiLiteralSearcher MultiLiteralSearcher::make(std::span<const ByteView> literals, CaseFolding folding,
                                                const ByteSample* sample) {
  return MultiLiteralSearcher{std::make_shared<const Engine>(literals, folding, sample)};
}

std::optional<LiteralMatch> MultiLiteralSearcher::find(ByteView haystack, std::size_t from,
                                                       SearchState& state) const {
  return engine_->find(haystack, from, state);
}

std::uint64_t MultiLiteralSearcher::count_records(ByteView records, std::byte terminator,
                                                  SearchState& state) const {
  return engine_->count(records, terminator, state);
}

std::size_t MultiLiteralSearcher::literal_count() const {
  return engine_->literal_count();
}

std::string_view MultiLiteralSearcher::algorithm_name() const {
  return engine_->name();
}

std::string MultiLiteralSearcher::explain() const {
  return engine_->explain();
}

}  // namespace folio::pattern
