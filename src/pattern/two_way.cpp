// SPDX-License-Identifier: Apache-2.0
// The needle is split at a critical position: one where the local period (the smallest repetition around the
// split) equals the period of the whole needle. The right part is compared left to right; a mismatch there at
// index i allows a shift of i - critical + 1, since any smaller one would be a repetition around the split
// shorter than the local period. If the right part matches, the left part is compared, and whatever happens
// the shift is the period. When the needle is periodic, the front of the next window is known to match and is
// not compared again; when it is not, a lower bound of the period serves as shift and nothing is remembered.
// The split is the later of the maximal suffixes for < and for >.
#include "pattern/two_way.h"

#include "pattern/comparison_counter.h"

namespace folio::pattern {

namespace {

struct Suffix {
  std::size_t begin;
  std::size_t period;
};

/// The lexicographically greatest suffix under `less`, and its period. Duval's way: candidates grow by
/// `length`.
template <class Less>
Suffix maximal_suffix(ByteView needle, Less less) {
  Suffix suffix{0, 1};
  std::size_t candidate = 1;
  std::size_t length = 0;
  while (candidate + length < needle.size()) {
    const std::byte ours = needle[suffix.begin + length];
    const std::byte theirs = needle[candidate + length];
    if (less(theirs, ours)) {
      candidate += length + 1;
      length = 0;
      suffix.period = candidate - suffix.begin;
    } else if (ours == theirs) {
      if (++length == suffix.period) {
        candidate += length;
        length = 0;
      }
    } else {
      suffix = {candidate, 1};
      ++candidate;
      length = 0;
    }
  }
  return suffix;
}

}  // namespace

TwoWay::TwoWay(ByteView needle, CaseFolding folding)
    : needle_{folded_copy(needle, folding)}, folding_{folding} {
  if (needle_.empty()) return;
  for (const std::byte byte : needle_) contained_.set(std::to_integer<std::size_t>(byte));
  const Suffix up = maximal_suffix(needle_, std::less<>{});
  const Suffix down = maximal_suffix(needle_, std::greater<>{});
  const Suffix split = up.begin > down.begin ? up : down;
  critical_ = split.begin;
  const ByteView left = ByteView{needle_}.first(critical_);
  const bool periodic = split.period + critical_ <= needle_.size() &&
                        std::ranges::equal(left, ByteView{needle_}.subspan(split.period, critical_));
  if (periodic) {
    shift_ = split.period;
    remembered_ = needle_.size() - split.period;
  } else {
    shift_ = std::max(critical_, needle_.size() - critical_) + 1;
  }
}

template <class Fold, class Counter>
std::size_t TwoWay::scan_folded(ByteView haystack, std::size_t from, Counter& comparisons) const {
  const Fold fold;
  const std::size_t size = needle_.size();
  std::size_t known = 0;  // so many bytes at the front of the window are known to match
  for (std::size_t at = from; at <= haystack.size() && haystack.size() - at >= size;) {
    const auto matches = [&](std::size_t i) {
      ++comparisons;
      return fold(haystack[at + i]) == needle_[i];
    };
    ++comparisons;
    if (!contained_[std::to_integer<std::size_t>(fold(haystack[at + size - 1]))]) {
      at += size;
      known = 0;
      continue;
    }
    std::size_t right = std::max(critical_, known);
    while (right < size && matches(right)) ++right;
    if (right < size) {
      at += right - critical_ + 1;
      known = 0;
      continue;
    }
    std::size_t left = critical_;
    while (left > known && matches(left - 1)) --left;
    if (left <= known) return at;
    at += shift_;
    known = remembered_;
  }
  return kNotFound;
}

template <class Counter>
std::size_t TwoWay::scan(ByteView haystack, std::size_t from, Counter& comparisons) const {
  if (needle_.empty()) return from <= haystack.size() ? from : kNotFound;
  return with_folding(folding_,
                      [&](auto fold) { return scan_folded<decltype(fold)>(haystack, from, comparisons); });
}

std::size_t TwoWay::find(ByteView haystack, std::size_t from) const {
  NoCounter counter;
  return scan(haystack, from, counter);
}

std::size_t TwoWay::find_counting(ByteView haystack, std::size_t from, std::uint64_t& comparisons) const {
  ComparisonCounter counter{comparisons};
  return scan(haystack, from, counter);
}

}  // namespace folio::pattern
