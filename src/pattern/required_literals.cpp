// SPDX-License-Identifier: Apache-2.0
#include "pattern/required_literals.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "pattern/multi_literal.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {

namespace {

constexpr std::size_t kCodePointsMax = 10;     // of a class
constexpr std::uint32_t kUnrolledMax = 10;     // of a repeat
constexpr std::size_t kMergedUnitsMax = 4096;  // of all strings of a product of several

LiteralInfo exactly(UnitSet set) {
  LiteralInfo info;
  info.prefix = std::move(set);
  return info;
}

/// Nothing is known but that a match may begin and end anyhow.
LiteralInfo unknown() {
  LiteralInfo info = exactly({Units{}});
  info.exact = false;
  info.end = {Units{}};
  return info;
}

bool has_empty(const UnitSet& set) {
  return std::ranges::any_of(set, &Units::empty);
}

/// All concatenations, the first of `left` first; none where they are too many.
std::optional<UnitSet> product(const UnitSet& left, const UnitSet& right) {
  const bool several = left.size() > 1 && right.size() > 1;
  if (several && left.size() * right.size() > kRequiredStringsMax) return std::nullopt;
  UnitSet all;
  std::unordered_set<Units> seen;
  std::size_t units = 0;
  for (const Units& front : left) {
    for (const Units& back : right) {
      units += front.size() + back.size();
      if (several && units > kMergedUnitsMax) return std::nullopt;
      Units whole = front + back;
      if (!several || seen.insert(whole).second) all.push_back(std::move(whole));
    }
  }
  return all;
}

void append_new(UnitSet& set, std::unordered_set<Units>& seen, const UnitSet& more) {
  for (const Units& string : more) {
    if (seen.insert(string).second) set.push_back(string);
  }
}

Units units_of(char32_t code) {
  std::string bytes;
  append_utf8(bytes, code);
  Units units;
  for (const char byte : bytes) units.push_back(static_cast<unsigned char>(byte));
  return units;
}

std::vector<char32_t> code_points(const CodeSet& codes) {
  std::vector<char32_t> all;
  for (const CodeRange& range : codes) {
    for (char32_t code = range.first; code <= range.last; ++code) {
      if (all.size() == kCodePointsMax + 1) return all;
      all.push_back(code);
    }
  }
  return all;
}

/// One string for each value, but one for both cases of a letter. `sorted` is in ascending order.
template <class MakeUnits>
UnitSet folded_set(const std::vector<char32_t>& sorted, MakeUnits make_units) {
  UnitSet set;
  for (const char32_t value : sorted) {
    const bool paired = is_ascii_letter(value) && std::ranges::binary_search(sorted, value ^ 0x20U);
    if (paired && (value & 0x20U) == 0) continue;
    Units units = make_units(value);
    if (paired) units[0] |= kFoldUnit;
    set.push_back(std::move(units));
  }
  return set;
}

}  // namespace

LiteralInfo LiteralExtractor::extract(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Empty:
    case Node::Kind::Assertion:
      return exactly({Units{}});
    case Node::Kind::Class:
      return of_class(node);
    case Node::Kind::Bytes:
      return of_bytes(node);
    case Node::Kind::Concat:
      return of_concat(node);
    case Node::Kind::Alternate:
      return of_alternate(node);
    case Node::Kind::Repeat:
      return of_repeat(node);
    case Node::Kind::Capture:
      return extract(*node.parts[0]);
  }
  return unknown();
}

LiteralInfo LiteralExtractor::of_class(const Node& node) const {
  const auto codes = code_points(node.codes);
  if (codes.size() > kCodePointsMax) return unknown();
  UnitSet set = folded_set(codes, units_of);
  const bool folded =
      std::ranges::any_of(set, [](const Units& units) { return (units[0] & kFoldUnit) != 0; });
  if (variants_ == Variants::Cut && folded && set.size() > 1 && codes.back() >= 0x80) return unknown();
  return exactly(std::move(set));
}

LiteralInfo LiteralExtractor::of_bytes(const Node& node) const {
  if (node.bytes.count() > kCodePointsMax) return unknown();
  std::vector<char32_t> values;
  for (char32_t byte = 0; byte < 256; ++byte) {
    if (node.bytes[byte]) values.push_back(byte);
  }
  return exactly(folded_set(values, [](char32_t byte) { return Units{static_cast<char16_t>(byte)}; }));
}

LiteralInfo LiteralExtractor::of_concat(const Node& node) {
  LiteralInfo all = exactly({Units{}});
  LiteralInfo run = exactly({Units{}});  // of parts that match one string each, which are not worth a product
  for (const NodePtr& part : node.parts) {
    LiteralInfo next = extract(*part);
    if (next.exact && next.prefix.size() == 1) {
      run.prefix[0] += next.prefix[0];
      continue;
    }
    all = joined(joined(std::move(all), std::exchange(run, exactly({Units{}}))), std::move(next));
  }
  return joined(std::move(all), std::move(run));
}

LiteralInfo LiteralExtractor::joined(LiteralInfo left, LiteralInfo right) {
  auto seam = product(left.suffix(), right.prefix);
  LiteralInfo both;
  both.exact = left.exact && right.exact && seam;
  both.inner = std::move(left.inner);
  if (right.inner && (!both.inner || right.inner->share < both.inner->share))
    both.inner = std::move(right.inner);
  // One side alone may be better than many strings.
  if (!seam || seam->size() > left.suffix().size()) improve(both.inner, left.suffix());
  if (!seam || seam->size() > right.prefix.size()) improve(both.inner, right.prefix);
  if (both.exact) {
    both.prefix = std::move(*seam);
    return both;
  }
  both.prefix = left.exact && seam ? *seam : left.prefix;
  both.end = right.exact && seam ? *seam : right.suffix();
  if (seam) improve(both.inner, std::move(*seam));
  return both;
}

LiteralInfo LiteralExtractor::of_alternate(const Node& node) {
  LiteralInfo all = exactly({});
  std::optional<UnitSet> inner{std::in_place};
  std::unordered_set<Units> seen_prefix;
  std::unordered_set<Units> seen_end;
  std::unordered_set<Units> seen_inner;
  for (const NodePtr& part : node.parts) {
    LiteralInfo info = extract(*part);
    all.exact = all.exact && info.exact;
    append_new(all.prefix, seen_prefix, info.prefix);
    append_new(all.end, seen_end, info.suffix());
    if (!inner) continue;
    const LiteralInfo::Inner best = best_of(std::move(info));
    append_new(*inner, seen_inner, best.set);
    if (has_empty(*inner)) inner.reset();
  }
  if (inner && *inner != all.prefix) improve(all.inner, std::move(*inner));
  if (all.exact) all.end.clear();
  return all;
}

LiteralInfo LiteralExtractor::of_repeat(const Node& node) {
  if (node.most == 0) return exactly({Units{}});
  const LiteralInfo once = extract(*node.parts[0]);
  LiteralInfo all = exactly({Units{}});
  for (std::uint32_t i = 0; i < std::min(node.least, kUnrolledMax); ++i) all = joined(std::move(all), once);
  if (node.least > kUnrolledMax) return joined(joined(all, unknown()), all);
  if (node.least == node.most) return all;
  // What may follow: up to so many more, which is a set of strings only where they are few.
  const std::uint32_t more = node.most == kUnlimited ? kUnlimited : node.most - node.least;
  std::optional<UnitSet> rest{UnitSet{Units{}}};
  if (!once.exact || more > kUnrolledMax || has_empty(once.prefix)) rest.reset();
  for (std::uint32_t i = 0; rest && i < more; ++i) {
    rest = product(once.prefix, *rest);
    if (!rest || rest->size() >= kRequiredStringsMax) {
      rest.reset();
      break;
    }
    rest->insert(node.greed == Node::Greed::Greedy ? rest->end() : rest->begin(), Units{});
  }
  if (rest) return joined(std::move(all), exactly(std::move(*rest)));
  // The last iterations are complete ones too.
  LiteralInfo last = all;
  return node.least == 0 ? unknown() : joined(joined(std::move(all), unknown()), std::move(last));
}

double LiteralExtractor::share_of(const UnitSet& set) {
  const ByteHistogram& histogram = sample_ != nullptr ? sample_->histogram : no_histogram_;
  double sum = 0;
  for (const Units& units : set) {
    // Bytes are not independent: only the rarest three are taken to be.
    std::array<double, 3> rarest{1, 1, 1};
    for (const char16_t unit : units) {
      const auto folding = (unit & kFoldUnit) != 0 ? CaseFolding::Ascii : CaseFolding::None;
      double share = histogram.share(static_cast<std::byte>(unit & 0xFFU), folding);
      for (double& kept : rarest) {
        if (share < kept) std::swap(share, kept);
      }
    }
    sum += rarest[0] * rarest[1] * rarest[2];
  }
  const bool sampled =
      sum < 0.25 && set.size() <= kRequiredStringsMax && sample_ != nullptr && !sample_->bytes.empty();
  if (!sampled || samples_left_ == 0) return std::min(sum, 1.0);
  --samples_left_;
  return std::min(1.0, std::max(sum, share_in_sample(set)));
}

double LiteralExtractor::share_in_sample(const UnitSet& set) const {
  const PlainLiterals literals = plain(set);
  std::vector<ByteView> views;
  for (const std::string& literal : literals.literals) views.push_back(to_bytes(literal));
  const auto searcher = MultiLiteralSearcher::make(views, literals.folding);
  SearchState state;
  double seen = 0;
  for (std::size_t at = 0; at < sample_->bytes.size(); ++at) {
    const auto match = searcher.find(sample_->bytes, at, state);
    if (!match) break;
    ++seen;
    at = match->position;
  }
  return seen / static_cast<double>(sample_->bytes.size());
}

void LiteralExtractor::improve(std::optional<LiteralInfo::Inner>& best, UnitSet set) {
  if (has_empty(set)) return;
  // PERF: each literal more makes a filter a little slower.
  constexpr double kCostOfString = 1e-5;
  const double share = share_of(set) + kCostOfString * static_cast<double>(set.size());
  if (!best || share < best->share) best = LiteralInfo::Inner{.set = std::move(set), .share = share};
}

LiteralInfo::Inner LiteralExtractor::best_of(LiteralInfo info) {
  std::optional<LiteralInfo::Inner> best = std::move(info.inner);
  if (!info.exact) improve(best, std::move(info.end));
  improve(best, std::move(info.prefix));
  return best ? std::move(*best) : LiteralInfo::Inner{.set = {Units{}}, .share = 1};
}

}  // namespace folio::pattern
