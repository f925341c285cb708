// SPDX-License-Identifier: Apache-2.0
#include "logs/format/detect.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "core/fail.h"

namespace folio::logs {

namespace {

// Whole lines that are not empty; a last one without an end counts if it is the only one, or the file ends.
std::vector<std::string_view> lines_of(std::string_view head) {
  std::vector<std::string_view> lines;
  const bool may_be_cut = head.size() >= kDetectionBytes;
  for (std::size_t at = 0; at < head.size() && lines.size() < kDetectionLines;) {
    const std::size_t end = head.find('\n', at);
    if (end == std::string_view::npos && may_be_cut && !lines.empty()) break;
    std::string_view line = head.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
    at = end == std::string_view::npos ? head.size() : end + 1;
  }
  return lines;
}

bool is_odd(const Record& record) {
  const auto has = [&record](Field field, std::string_view text) {
    return record.text(field).find(text) != std::string_view::npos;
  };
  return record.has(Field::Ident) || has(Field::User, " ") || has(Field::Host, " ") ||
         has(Field::VirtualHost, " ") || has(Field::Referrer, "\" \"") || has(Field::UserAgent, "\" \"");
}

FormatScore score(const Candidate& candidate, const std::vector<std::string_view>& lines) {
  FormatScore result{.name = candidate.name};
  const auto parser = candidate.parser->clone();
  Record record;
  std::uint32_t present = 0;
  for (const std::string_view line : lines) {
    const bool fits = parser->parse(line, record).ok();
    if (fits && record.present == 0) continue;
    ++result.lines;
    if (!fits) continue;
    ++result.accepted;
    present |= record.present;
    if (is_odd(record)) ++result.odd;
  }
  result.fields = static_cast<unsigned>(std::popcount(present));
  return result;
}

// Shares are compared as products, to be exact.
bool is_better(const FormatScore& left, const FormatScore& right) {
  const std::uint64_t left_share = left.accepted * std::max<std::uint64_t>(right.lines, 1);
  const std::uint64_t right_share = right.accepted * std::max<std::uint64_t>(left.lines, 1);
  if (left_share != right_share) return left_share > right_share;
  if (left.odd != right.odd) return left.odd < right.odd;
  return left.fields > right.fields;
}

std::string describe(const FormatScore& score) {
  std::string text = score.name;
  text += " fits " + std::to_string(score.accepted) + " of " + std::to_string(score.lines) + " lines";
  if (score.accepted == 0) return text;
  return text += " and has " + std::to_string(score.fields) + " fields";
}

std::string explain(const std::vector<FormatScore>& ranking) {
  std::string text = describe(ranking.front());
  if (ranking.size() == 1 || ranking[1].accepted == 0) return text += "; no other format fits any";
  return text += "; the next best, " + describe(ranking[1]);
}

constexpr std::string_view kComplaint = "no known log format fits at least half of the lines; ";

// Of the candidate that got farthest in the first line.
std::string complaint(const std::vector<Candidate>& candidates, std::string_view line) {
  Verdict farthest;
  std::string_view name;
  Record record;
  for (const Candidate& candidate : candidates) {
    Verdict verdict = candidate.parser->parse(line, record);
    // That is the line's end, however little of it fits.
    if (verdict.reject == Reject::TooShort) verdict.column = 0;
    if (verdict.ok() || (!name.empty() && verdict.column <= farthest.column)) continue;
    farthest = verdict;
    name = candidate.name;
  }
  if (name.empty()) return "no log format was tried";
  std::string text{kComplaint};
  text += name;
  text += " comes closest on the first line, but ";
  text += farthest.expected.empty() ? reject_name(farthest.reject) : farthest.expected;
  if (!farthest.expected.empty()) text += " is missing";
  if (farthest.reject == Reject::TooShort) return text;
  return text += " at byte " + std::to_string(farthest.column + 1);
}

}  // namespace

std::vector<Candidate> candidates(const FormatHints& hints) {
  std::vector<Candidate> result;
  for (const NamedFormat& format : named_formats()) {
    if (format.may_fit != nullptr && !format.may_fit(hints)) continue;
    auto parser = format.make(hints);
    if (parser) result.push_back({.name = std::string{format.name}, .parser = *std::move(parser)});
  }
  return result;
}

Result<Detection> detect_format(std::string_view head, std::vector<Candidate> candidates) {
  const auto lines = lines_of(head);
  if (lines.empty()) return fail(Errc::BadData, {}, "there is no line to tell the log format by");
  std::vector<FormatScore> scores;
  for (const Candidate& candidate : candidates) scores.push_back(score(candidate, lines));
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](auto a, auto b) {
    if (is_better(scores[a], scores[b])) return true;
    return a < b && !is_better(scores[b], scores[a]);
  });
  if (order.empty() || scores[order.front()].accepted == 0) {
    return fail(Errc::BadData, {}, complaint(candidates, lines.front()));
  }
  if (scores[order.front()].accepted * 2 < scores[order.front()].lines) {
    return fail(Errc::BadData, {}, std::string{kComplaint} + describe(scores[order.front()]));
  }
  Detection result;
  result.name = candidates[order.front()].name;
  result.parser = candidates[order.front()].parser->clone();
  for (const std::size_t index : order) result.ranking.push_back(std::move(scores[index]));
  result.explanation = explain(result.ranking);
  return result;
}

}  // namespace folio::logs
