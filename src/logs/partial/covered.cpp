// SPDX-License-Identifier: Apache-2.0
#include "logs/partial/covered.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "core/fail.h"

namespace folio::logs {

namespace {

using Pointers = std::vector<const Covered*>;
using Pair = std::pair<const Covered*, const Covered*>;

std::string named(const Covered& range) {
  std::string text = "bytes " + std::to_string(range.begin);
  return text.append(" to ").append(std::to_string(range.end)).append(" of ").append(range.path);
}

// `key` is equal for ranges that may be of one file; within it they are looked at in order of their begin.
template <class Key>
std::optional<Pair> overlap_by(Pointers ranges, Key key) {
  std::sort(ranges.begin(), ranges.end(), [&](const Covered* a, const Covered* b) {
    return std::tuple{key(*a), a->begin, a->end, std::tie(*a)} <
           std::tuple{key(*b), b->begin, b->end, std::tie(*b)};
  });
  for (auto one = ranges.begin(); one != ranges.end(); ++one) {
    for (auto other = one + 1; other != ranges.end(); ++other) {
      const bool may_meet = key(**one) == key(**other) && (*other)->begin < (*one)->end;
      if (!may_meet) break;
      const bool is_empty = (*other)->begin == (*other)->end;
      if (!is_empty && are_of_one_file(**one, **other)) return Pair{*one, *other};
    }
  }
  return std::nullopt;
}

std::optional<Pair> find_overlap(const std::vector<Covered>& all) {
  Pointers ranges;
  for (const Covered& range : all) ranges.push_back(&range);
  const auto by_path = overlap_by(ranges, [](const Covered& range) { return std::string_view{range.path}; });
  if (by_path.has_value()) return by_path;
  return overlap_by(ranges, [](const Covered& range) { return std::pair{range.device, range.inode}; });
}

auto identity(const Covered& range) {
  return std::tie(range.path, range.device, range.inode, range.prefix_size, range.prefix);
}

}  // namespace

bool are_of_one_file(const Covered& a, const Covered& b) {
  const bool is_one_prefix = a.prefix_size != b.prefix_size || a.prefix == b.prefix;
  return is_one_prefix && (a.path == b.path || (a.device == b.device && a.inode == b.inode));
}

Result<std::vector<Covered>> join(const std::vector<Covered>& a, const std::vector<Covered>& b) {
  std::vector<Covered> all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end(), [](const Covered& one, const Covered& other) {
    return std::tuple{identity(one), one.begin, one.end, one.size} <
           std::tuple{identity(other), other.begin, other.end, other.size};
  });
  if (const auto both = find_overlap(all); both.has_value()) {
    std::string detail = "would count lines twice: ";
    detail.append(named(*both->first)).append(" overlap with ").append(named(*both->second));
    return fail(Errc::InvalidArgument, {}, std::move(detail));
  }
  std::vector<Covered> joined;
  for (Covered& range : all) {
    const bool goes_on =
        !joined.empty() && identity(joined.back()) == identity(range) && joined.back().end == range.begin;
    if (!goes_on) {
      joined.push_back(std::move(range));
      continue;
    }
    joined.back().end = range.end;
    joined.back().size = std::max(joined.back().size, range.size);
  }
  return joined;
}

}  // namespace folio::logs
