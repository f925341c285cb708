// SPDX-License-Identifier: Apache-2.0
// The needle is compared from its last byte to its first. At a mismatch of needle[j - 1] with the byte c,
// after needle[j..] has matched:
//   bad character   the next place where c can match is its last occurrence before j - 1; shift it there.
//   good suffix     needle[j..] must meet itself further left in the needle, preceded by a byte other than
//   needle[j - 1]
//                   (the strong rule: the same byte would fail again); if it does not occur, its longest
//                   suffix that begins the needle must.
// The larger shift is safe. After a match the shift is the needle's period p, and the first size - p bytes of
// the next window lie in the window that has just matched, so they need no comparison (Galil): without that,
// n overlapping matches of a needle of size m would cost n * m.
#include "pattern/boyer_moore.h"

#include "pattern/comparison_counter.h"

namespace folio::pattern {

BoyerMoore::BoyerMoore(ByteView needle, CaseFolding folding)
    : needle_{folded_copy(needle, folding)}, folding_{folding}, good_suffix_(needle.size() + 1, 0) {
  fill_last_occurrences();
  fill_good_suffixes();
}

void BoyerMoore::fill_last_occurrences() {
  for (std::size_t i = 0; i < needle_.size(); ++i)
    after_last_[std::to_integer<std::size_t>(needle_[i])] = i + 1;
}

/// border[i] is where the widest border of needle[i..] begins: the longest proper suffix of it that also
/// begins it.
void BoyerMoore::fill_good_suffixes() {
  const std::size_t size = needle_.size();
  std::vector<std::size_t> border(size + 1);
  std::size_t begin = size + 1;
  border[size] = begin;
  for (std::size_t i = size; i > 0; border[i] = begin) {
    while (begin <= size && needle_[i - 1] != needle_[begin - 1]) {
      if (good_suffix_[begin] == 0) good_suffix_[begin] = begin - i;
      begin = border[begin];
    }
    --i;
    --begin;
  }
  // What has no other occurrence shifts its longest border with the whole needle to the front.
  begin = border[0];
  for (std::size_t i = 0; i <= size; ++i) {
    if (good_suffix_[i] == 0) good_suffix_[i] = begin;
    if (i == begin) begin = border[begin];
  }
}

/// Calls on_match(position) for each match, overlapping ones too, until it returns false.
template <class Fold, class OnMatch, class Counter>
void BoyerMoore::scan_folded(ByteView haystack, std::size_t from, OnMatch on_match,
                             Counter& comparisons) const {
  const Fold fold;
  const std::size_t size = needle_.size();
  const std::size_t period = good_suffix_[0];
  std::size_t known = 0;  // so many bytes at the front of the window are known to match
  for (std::size_t at = from; at <= haystack.size() && haystack.size() - at >= size;) {
    std::size_t j = size;
    std::byte byte{};
    for (; j > known; --j) {
      byte = fold(haystack[at + j - 1]);
      ++comparisons;
      if (byte != needle_[j - 1]) break;
    }
    if (j > known) {
      const std::size_t after = after_last_[std::to_integer<std::size_t>(byte)];
      at += std::max(good_suffix_[j], j > after ? j - after : 0);
      known = 0;
    } else {
      if (!on_match(at)) return;
      at += period;
      known = size - period;
    }
  }
}

template <class OnMatch, class Counter>
void BoyerMoore::scan(ByteView haystack, std::size_t from, OnMatch on_match, Counter& comparisons) const {
  if (needle_.empty()) {
    while (from <= haystack.size() && on_match(from)) ++from;
    return;
  }
  with_folding(folding_, [&](auto fold) {
    scan_folded<decltype(fold)>(haystack, from, std::move(on_match), comparisons);
  });
}

namespace {

struct KeepFirst {
  std::size_t& position;
  bool operator()(std::size_t at) const {
    position = at;
    return false;
  }
};

struct CountAll {
  std::uint64_t& count;
  bool operator()(std::size_t) const {
    ++count;
    return true;
  }
};

}  // namespace

std::size_t BoyerMoore::find(ByteView haystack, std::size_t from) const {
  std::size_t position = kNotFound;
  NoCounter counter;
  scan(haystack, from, KeepFirst{position}, counter);
  return position;
}

std::size_t BoyerMoore::find_counting(ByteView haystack, std::size_t from, std::uint64_t& comparisons) const {
  std::size_t position = kNotFound;
  ComparisonCounter counter{comparisons};
  scan(haystack, from, KeepFirst{position}, counter);
  return position;
}

std::uint64_t BoyerMoore::count_overlapping(ByteView haystack) const {
  std::uint64_t count = 0;
  NoCounter counter;
  scan(haystack, 0, CountAll{count}, counter);
  return count;
}

std::uint64_t BoyerMoore::count_overlapping_counting(ByteView haystack, std::uint64_t& comparisons) const {
  std::uint64_t count = 0;
  ComparisonCounter counter{comparisons};
  scan(haystack, 0, CountAll{count}, counter);
  return count;
}

}  // namespace folio::pattern
