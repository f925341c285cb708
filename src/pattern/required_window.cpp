// SPDX-License-Identifier: Apache-2.0
#include "pattern/required_window.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pattern/utf8_code.h"

namespace folio::pattern {

namespace {

constexpr std::size_t kRunMax = 32;         // sets kept of a prefix or suffix
constexpr std::uint32_t kUnrolledMax = 10;  // of a repeat

using simd::ByteSet;
using simd::kWindowSizeMax;

WindowInfo exactly(SetRun run) {
  WindowInfo info;
  info.prefix = std::move(run);
  return info;
}

WindowInfo unknown() {
  WindowInfo info;
  info.exact = false;
  return info;
}

void add_range(ByteSet& set, unsigned first, unsigned last) {
  for (unsigned byte = first; byte <= last; ++byte) set.set(byte);
}

/// The bytes that code points of one length have at each place, or more than those.
void add_codes(SetRun& places, char32_t first, char32_t last) {
  std::string low;
  std::string high;
  append_utf8(low, first);
  append_utf8(high, last);
  places.resize(low.size());
  bool same_so_far = true;
  for (std::size_t i = 0; i < low.size(); ++i) {
    const auto from = static_cast<unsigned char>(low[i]);
    const auto to = static_cast<unsigned char>(high[i]);
    if (same_so_far) {
      add_range(places[i], from, to);
    } else {
      add_range(places[i], 0x80, 0xBF);
    }
    same_so_far = same_so_far && from == to;
  }
}

/// The places of the code points that take 1, 2, 3 and 4 bytes.
std::array<SetRun, 4> places_by_length(const CodeSet& codes) {
  constexpr std::array<std::pair<char32_t, char32_t>, 4> kLengths{
      {{0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xFFFF}, {0x10000, 0x10FFFF}}};
  std::array<SetRun, 4> places;
  for (const CodeRange& range : codes) {
    for (std::size_t i = 0; i < kLengths.size(); ++i) {
      const char32_t first = std::max(range.first, kLengths[i].first);
      const char32_t last = std::min(range.last, kLengths[i].second);
      if (first <= last) add_codes(places[i], first, last);
    }
  }
  return places;
}

WindowInfo of_class(const CodeSet& codes) {
  const auto places = places_by_length(codes);
  const auto lengths = std::ranges::count_if(places, [](const SetRun& run) { return !run.empty(); });
  WindowInfo info;
  info.never = lengths == 0;
  info.exact = lengths == 1;
  if (info.exact) info.prefix = *std::ranges::find_if(places, [](const SetRun& run) { return !run.empty(); });
  if (lengths < 2) return info;
  info.prefix.resize(1);
  info.end.resize(1);
  for (const SetRun& run : places) {
    if (run.empty()) continue;
    info.prefix[0] |= run.front();
    info.end[0] |= run.back();
  }
  return info;
}

/// Where both runs are long enough: the union of their sets, place by place.
void merge_fronts(SetRun& run, const SetRun& other) {
  run.resize(std::min(run.size(), other.size()));
  for (std::size_t i = 0; i < run.size(); ++i) run[i] |= other[i];
}

void merge_backs(SetRun& run, const SetRun& other) {
  const std::size_t size = std::min(run.size(), other.size());
  run.erase(run.begin(), run.end() - static_cast<std::ptrdiff_t>(size));
  for (std::size_t i = 0; i < size; ++i) run[i] |= other[other.size() - size + i];
}

SetRun concatenated(const SetRun& left, const SetRun& right) {
  SetRun run = left;
  run.insert(run.end(), right.begin(), right.end());
  return run;
}

}  // namespace

WindowInfo WindowExtractor::extract(const Node& node) {
  if (nodes_left_ == 0) return unknown();
  --nodes_left_;
  switch (node.kind) {
    case Node::Kind::Empty:
    case Node::Kind::Assertion:
      return exactly({});
    case Node::Kind::Class:
      return of_class(node.codes);
    case Node::Kind::Bytes: {
      WindowInfo info = exactly({node.bytes});
      info.never = node.bytes.none();
      return info;
    }
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

WindowInfo WindowExtractor::of_concat(const Node& node) {
  WindowInfo all = exactly({});
  for (const NodePtr& part : node.parts) all = joined(all, extract(*part));
  return all;
}

WindowInfo WindowExtractor::joined(const WindowInfo& left, const WindowInfo& right) const {
  WindowInfo both;
  both.never = left.never || right.never;
  const SetRun seam = concatenated(left.suffix(), right.prefix);
  both.inner = left.inner;
  improve(both.inner, right.inner, kWindowSizeMax);
  improve(both.inner, seam, kWindowSizeMax);
  both.exact = left.exact && right.exact && seam.size() <= kRunMax;
  both.prefix = left.exact ? seam : left.prefix;
  if (both.exact) return both;
  both.end = right.exact ? seam : right.suffix();
  if (both.prefix.size() > kRunMax) both.prefix.resize(kRunMax);
  if (both.end.size() > kRunMax) both.end.erase(both.end.begin(), both.end.end() - kRunMax);
  return both;
}

WindowInfo WindowExtractor::of_alternate(const Node& node) {
  WindowInfo all;
  all.never = true;
  for (const NodePtr& part : node.parts) {
    const WindowInfo info = extract(*part);
    if (info.never) continue;
    if (all.never) {
      all = info;
      all.end = info.suffix();
      all.inner = best_of(info, kWindowSizeMax);
      continue;
    }
    const std::size_t size = std::min(all.inner.size(), best_of(info, kWindowSizeMax).size());
    SetRun shorter;
    improve(shorter, all.inner, size);
    merge_fronts(shorter, best_of(info, size));
    all.inner = std::move(shorter);
    all.exact = all.exact && info.exact && all.prefix.size() == info.prefix.size();
    merge_backs(all.end, info.suffix());
    merge_fronts(all.prefix, info.prefix);
  }
  return all;
}

WindowInfo WindowExtractor::of_repeat(const Node& node) {
  if (node.most == 0) return exactly({});
  if (node.least == 0) return unknown();
  const WindowInfo once = extract(*node.parts[0]);
  WindowInfo all = exactly({});
  for (std::uint32_t i = 0; i < std::min(node.least, kUnrolledMax); ++i) all = joined(all, once);
  if (node.least == node.most && node.least <= kUnrolledMax) return all;
  all.end = all.suffix();
  all.exact = false;
  return all;
}

double WindowExtractor::share_of(std::span<const ByteSet> run) const {
  double product = 1;
  for (const ByteSet& set : run) {
    double share = 0;
    for (std::size_t byte = 0; byte < 256; ++byte) share += set[byte] ? (*shares_)[byte] : 0;
    product *= std::min(1.0, share);
  }
  return product;
}

double WindowExtractor::sampled_share_of(const SetRun& run) const {
  const double share = share_of(run);
  if (run.empty() || sample_ == nullptr || sample_->bytes.empty()) return share;
  const auto seen = simd::count_window(sample_->bytes, simd::make_byte_window(run, *shares_));
  return std::max(share, static_cast<double>(seen) / static_cast<double>(sample_->bytes.size()));
}

void WindowExtractor::improve(SetRun& best, const SetRun& run, std::size_t size_max) const {
  const std::size_t size = std::min(size_max, run.size());
  if (size == 0) return;
  std::vector<double> shares;
  for (const ByteSet& set : run) shares.push_back(share_of({&set, 1}));
  double best_share = best.empty() ? 2 : share_of(best);
  std::size_t best_begin = run.size();
  for (std::size_t begin = 0; begin + size <= run.size(); ++begin) {
    double share = 1;
    for (std::size_t i = begin; i < begin + size; ++i) share *= shares[i];
    if (share >= best_share) continue;
    best_share = share;
    best_begin = begin;
  }
  if (best_begin == run.size()) return;
  const auto first = run.begin() + static_cast<std::ptrdiff_t>(best_begin);
  best.assign(first, first + static_cast<std::ptrdiff_t>(size));
}

SetRun WindowExtractor::best_of(const WindowInfo& info, std::size_t size_max) const {
  SetRun best;
  improve(best, info.inner, size_max);
  improve(best, info.prefix, size_max);
  improve(best, info.suffix(), size_max);
  return best;
}

}  // namespace folio::pattern
