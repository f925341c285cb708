// SPDX-License-Identifier: Apache-2.0
#include "pattern/matcher.h"

#include <utility>

#include "pattern/pattern_state.h"
#include "pattern/record_end.h"
#include "simd/find_byte.h"

namespace folio::pattern {

namespace {

// A candidate that is none costs about as much as the regular expression's automaton takes for so many bytes.
constexpr std::uint64_t kBytesPerMiss = 400;
constexpr std::uint64_t kMissesPerVerdict = 64;

}  // namespace

ByteRange record_around(ByteView records, std::size_t from, std::size_t inside, std::byte terminator) {
  const ByteView before = records.subspan(from, inside - from);
  const std::size_t found = simd::find_last_byte(before, terminator);
  const std::size_t begin = found == before.size() ? from : from + found + 1;
  return {begin, behind_terminator(records, inside, terminator)};
}

Matcher::Matcher(const Pattern& pattern)
    : state_(pattern.state()),
      terminator_(state_.options.terminator),
      finds_(state_.finds),
      finder_(state_.finder ? state_.finder->make() : nullptr) {}

Engine* Matcher::engine() {
  if (!engine_ && state_.engine) engine_ = state_.engine->make();
  return engine_.get();
}

const PatternOptions& Matcher::options() const {
  return state_.options;
}

std::optional<Error> Matcher::take_failure() {
  return engine_ ? engine_->take_failure() : std::nullopt;
}

ByteView Matcher::content(ByteView record) const {
  if (record.empty() || record.back() != terminator_) return record;
  record = record.first(record.size() - 1);
  const bool has_return = options().carriage_return == CarriageReturn::LineEnd && !record.empty() &&
                          record.back() == std::byte{'\r'};
  return has_return ? record.first(record.size() - 1) : record;
}

std::optional<ByteRange> Matcher::next_candidate(ByteView records, std::size_t from) {
  if (from >= records.size()) return std::nullopt;
  if (!finder_) return ByteRange{from, behind_terminator(records, from, terminator_)};
  const auto place = finder_->find(records, from);
  if (!place || is_behind_records(records, place->begin, terminator_)) return std::nullopt;
  return record_around(records, from, place->begin, terminator_);
}

std::optional<ByteRange> Matcher::next_record(ByteView records, std::size_t from) {
  for (;;) {
    const auto record = next_candidate(records, from);
    if (!record) return std::nullopt;
    const bool matches = finds_ != Finds::Candidates ||
                         engine()->is_match(content(records.subspan(record->begin, record->size())));
    if (matches) return record;
    note_miss(record->end - from);
    from = record->end;
  }
}

// Where most candidates are wrong, running the automaton over everything is cheaper than asking it so often.
void Matcher::note_miss(std::uint64_t advanced) {
  if (!state_.scanner || state_.finder == state_.scanner) return;
  missed_bytes_ += advanced;
  if (++misses_ < kMissesPerVerdict) return;
  if (missed_bytes_ < misses_ * kBytesPerMiss) {
    if (auto scanner = state_.scanner->make()) {
      finder_ = std::move(scanner);
      finds_ = state_.scanner_finds;
    }
  }
  misses_ = missed_bytes_ = 0;
}

std::uint64_t Matcher::count_records(ByteView records) {
  if (finder_ && finds_ != Finds::Candidates) return finder_->count_records(records, terminator_);
  std::uint64_t count = 0;
  for (std::size_t from = 0;;) {
    const auto record = next_record(records, from);
    if (!record) return count;
    ++count;
    from = record->end;
  }
}

std::optional<Span> Matcher::find(ByteView text, std::size_t from) {
  return engine() != nullptr ? engine_->find(text, from) : finder_->find(text, from);
}

bool Matcher::captures(ByteView text, std::size_t from, std::span<Span> groups) {
  if (engine() != nullptr) return engine_->captures(text, from, groups);
  const auto match = finder_->find(text, from);
  if (!match || groups.empty()) return match.has_value();
  for (Span& group : groups) group = {};
  groups.front() = *match;
  return true;
}

std::unique_ptr<Matcher> MatcherPool::take(const Pattern& pattern) {
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      auto matcher = std::move(idle_.back());
      idle_.pop_back();
      return matcher;
    }
  }
  return std::make_unique<Matcher>(pattern);
}

void MatcherPool::give_back(std::unique_ptr<Matcher> matcher) {
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(matcher));
}

}  // namespace folio::pattern
