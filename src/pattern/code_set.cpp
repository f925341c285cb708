// SPDX-License-Identifier: Apache-2.0
// Set algebra on sorted ranges: one pass over both sides each.
#include "pattern/code_set.h"

#include <algorithm>

#include "pattern/unicode_tables.h"

namespace folio::pattern {
namespace {

constexpr char32_t kBelowSurrogates = 0xD7FF;
constexpr char32_t kAboveSurrogates = 0xE000;

void append(CodeSet& set, CodeRange range) {
  if (!set.empty() && range.first <= set.back().last + 1) {
    set.back().last = std::max(set.back().last, range.last);
  } else {
    set.push_back(range);
  }
}

// First range that ends at or behind `code`.
auto range_at(std::span<const CodeRange> set, char32_t code) {
  return std::ranges::lower_bound(set, code, {}, &CodeRange::last);
}

char32_t shifted(char32_t code, std::int32_t delta) {
  return static_cast<char32_t>(static_cast<std::int32_t>(code) + delta);
}

// Adds what `run`, moved by `offset`, has in common with `set`, moved by `delta`.
void add_moved(const CodeSet& set, const FoldingRun& run, std::int32_t offset, std::int32_t delta,
               std::vector<CodeRange>& out) {
  const char32_t first = shifted(run.first, offset);
  const char32_t last = shifted(run.last, offset);
  const std::span<const CodeRange> ranges{set};
  for (auto range = range_at(ranges, first); range != ranges.end() && range->first <= last; ++range) {
    const char32_t from = std::max(first, range->first);
    const char32_t to = std::min(last, range->last);
    if (run.stride == 1) {
      out.push_back({shifted(from, delta), shifted(to, delta)});
      continue;
    }
    for (char32_t code = from + (from - first) % 2; code <= to; code += 2) {
      out.push_back({shifted(code, delta), shifted(code, delta)});
    }
  }
}

CodeSet folded_unicode(const CodeSet& set) {
  std::vector<CodeRange> ranges = set;
  for (const FoldingRun& run : folding_runs()) add_moved(set, run, 0, run.delta, ranges);
  const CodeSet with_folds = canonical(ranges);
  ranges = with_folds;
  for (const FoldingRun& run : folding_runs()) add_moved(with_folds, run, run.delta, -run.delta, ranges);
  return canonical(std::move(ranges));
}

}  // namespace

CodeSet canonical(std::vector<CodeRange> ranges) {
  std::erase_if(ranges, [](const CodeRange& range) { return range.first > range.last; });
  std::ranges::sort(ranges, {}, &CodeRange::first);
  CodeSet set;
  for (const CodeRange range : ranges) {
    if (range.first <= kBelowSurrogates) append(set, {range.first, std::min(range.last, kBelowSurrogates)});
    if (range.last >= kAboveSurrogates) append(set, {std::max(range.first, kAboveSurrogates), range.last});
  }
  return set;
}

CodeSet united(const CodeSet& left, const CodeSet& right) {
  std::vector<CodeRange> ranges = left;
  ranges.insert(ranges.end(), right.begin(), right.end());
  return canonical(std::move(ranges));
}

CodeSet intersected(const CodeSet& left, const CodeSet& right) {
  CodeSet set;
  for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end();) {
    const CodeRange both{std::max(l->first, r->first), std::min(l->last, r->last)};
    if (both.first <= both.last) set.push_back(both);
    if (l->last < r->last) {
      ++l;
    } else {
      ++r;
    }
  }
  return set;
}

CodeSet subtracted(const CodeSet& left, const CodeSet& right) {
  return intersected(left, negated(right, Universe::Unicode));
}

CodeSet symmetric_difference(const CodeSet& left, const CodeSet& right) {
  return united(subtracted(left, right), subtracted(right, left));
}

CodeSet negated(const CodeSet& set, Universe universe) {
  const char32_t end = universe == Universe::Bytes ? 0x100 : kCodePointMax + 1;
  std::vector<CodeRange> gaps;
  char32_t next = 0;
  for (const CodeRange range : set) {
    if (range.first > next) gaps.push_back({next, std::min(range.first, end) - 1});
    next = range.last + 1;
  }
  if (next < end) gaps.push_back({next, end - 1});
  return canonical(std::move(gaps));
}

CodeSet folded(const CodeSet& set, Folding folding) {
  if (folding == Folding::None) return set;
  if (folding == Folding::Unicode) return folded_unicode(set);
  std::vector<CodeRange> ranges = set;
  const FoldingRun letters{'A', 'Z', 1, 'a' - 'A'};
  add_moved(set, letters, 0, letters.delta, ranges);
  add_moved(set, letters, letters.delta, -letters.delta, ranges);
  return canonical(std::move(ranges));
}

bool contains(std::span<const CodeRange> set, char32_t code) {
  const auto range = range_at(set, code);
  return range != set.end() && range->first <= code;
}

CodeSet without_terminator(const CodeSet& set, std::byte terminator) {
  const auto code = static_cast<char32_t>(terminator);
  return subtracted(set, {{code, code}});
}

std::bitset<256> byte_set(const CodeSet& set) {
  std::bitset<256> bytes;
  for (const CodeRange range : set) {
    for (char32_t code = range.first; code <= std::min<char32_t>(range.last, 0xFF); ++code) bytes.set(code);
  }
  return bytes;
}

CodeSet code_set(const std::bitset<256>& bytes) {
  CodeSet set;
  for (char32_t code = 0; code < 256; ++code) {
    if (bytes[code]) append(set, {code, code});
  }
  return set;
}

bool is_word_code(char32_t code) {
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') ||
           code == '_';
  }
  return contains(word_ranges(), code);
}

}  // namespace folio::pattern
