// SPDX-License-Identifier: Apache-2.0
#include "pattern/packed_pair_searcher.h"

#include <cctype>

#include "pattern/record_end.h"

namespace folio::pattern {

PackedPairSearcher::PackedPairSearcher(ByteView needle, CaseFolding folding, const ByteSample* sample)
    : needle_{needle, folding},
      two_way_{needle, folding},
      probes_{choose_probe_offsets(needle, folding, sample)},
      sample_size_{sample != nullptr ? sample->bytes.size() : 0} {}

PackedPairSearcher::Stretch PackedPairSearcher::find_linear(ByteView haystack, std::size_t from,
                                                            SearchState& state) const {
  const std::size_t overlap = needle_.bytes().size() - 1;
  const std::size_t rest = haystack.size() - from;
  const bool to_the_end = rest <= overlap || rest - overlap <= state.linear_bytes_left;
  const std::size_t positions = to_the_end ? rest : static_cast<std::size_t>(state.linear_bytes_left);
  const std::size_t match =
      two_way_.find(haystack.first(from + positions + (to_the_end ? 0 : overlap)), from);
  const std::size_t end = match != kNotFound ? match : from + positions;
  state.linear_bytes_left -= std::min<std::uint64_t>(state.linear_bytes_left, end - from);
  return {match, end};
}

std::size_t PackedPairSearcher::find(ByteView haystack, std::size_t from, SearchState& state) const {
  while (from < haystack.size()) {
    if (state.linear_bytes_left == 0) {
      const simd::PairResult result = simd::find_pair(haystack, from, view(), state.work);
      if (result.outcome == simd::PairOutcome::Found) return result.position;
      if (result.outcome == simd::PairOutcome::Exhausted) return kNotFound;
      state.gave_up(result.position - from, needle_.bytes().size());
      from = result.position;
    }
    const Stretch stretch = find_linear(haystack, from, state);
    if (stretch.match != kNotFound) return stretch.match;
    from = stretch.end;
  }
  return kNotFound;
}

std::uint64_t PackedPairSearcher::count_records(ByteView records, std::byte terminator,
                                                SearchState& state) const {
  const bool by_kernel = !needle_.can_match(terminator);
  std::uint64_t count = 0;
  std::size_t from = 0;
  while (from < records.size()) {
    if (by_kernel && state.linear_bytes_left == 0) {
      const simd::PairCount part =
          simd::count_records_pair(records, from, terminator, view(), state.density, state.work);
      state.counted(part.records, part.position - from, needle_.bytes().size());
      count += part.records;
      if (part.outcome != simd::PairOutcome::GaveUp) return count;
      state.gave_up(part.position - from, needle_.bytes().size());
      from = part.position;
    }
    const std::size_t match = find(records, from, state);
    if (match == kNotFound) return count;
    ++count;
    from = behind_terminator(records, match, terminator);
  }
  return count;
}

namespace {

std::string printable(std::byte byte) {
  const auto code = std::to_integer<unsigned char>(byte);
  if (std::isprint(code) != 0) return {'\'', static_cast<char>(code), '\''};
  constexpr std::string_view kDigits = "0123456789abcdef";
  return {'0', 'x', kDigits[code >> 4U], kDigits[code & 15U]};
}

}  // namespace

std::string PackedPairSearcher::explain() const {
  const auto probe = [&](std::size_t offset) {
    return printable(needle_.bytes()[offset]) + " at offset " + std::to_string(offset);
  };
  if (needle_.bytes().size() == 1) return "packed pair: looks for the byte " + printable(needle_.bytes()[0]);
  const std::string why = sample_size_ == 0
                              ? "the rarest pair in common text"
                              : "the rarest pair in " + std::to_string(sample_size_) + " sampled bytes";
  return "packed pair: probes " + probe(probes_.first) + " and " + probe(probes_.second) + ", " + why +
         "; Two-Way where they do not pay";
}

}  // namespace folio::pattern
