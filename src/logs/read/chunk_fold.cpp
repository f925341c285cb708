// SPDX-License-Identifier: Apache-2.0
#include "logs/read/chunk_fold.h"

#include <algorithm>

#include "simd/count_byte.h"
#include "simd/find_byte.h"

namespace folio::logs {

namespace {

constexpr std::byte kNewline{'\n'};

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::uint64_t count_lines(std::string_view lines) {
  const std::uint64_t ends = simd::count_byte(to_bytes(lines), kNewline);
  return ends + (lines.empty() || lines.back() == '\n' ? 0 : 1);
}

// The line around a position, with its end.
struct LinePlace {
  std::size_t begin;
  std::size_t end;
};

LinePlace line_around(std::string_view lines, std::size_t from, std::size_t position) {
  const std::size_t before = simd::find_last_byte(to_bytes(lines.substr(from, position - from)), kNewline);
  const std::size_t begin = before == position - from ? from : from + before + 1;
  const std::size_t rest = simd::find_byte(to_bytes(lines.substr(position)), kNewline);
  return {begin, std::min(lines.size(), position + rest + 1)};
}

}  // namespace

ChunkFold::ChunkFold(const LineParser& parser, const Conditions& conditions, const AggregateOptions& options,
                     RejectedText rejected)
    : parser_(parser.clone()), conditions_(conditions), rejected_(rejected), aggregate_(options) {
  if (conditions.where != nullptr) where_ = conditions.where->clone();
  const bool may_pass_over = parser.line_order() == LineOrder::Any;
  if (may_pass_over && !conditions.literal.empty())
    searcher_ = pattern::LiteralSearcher::make(to_bytes(conditions.literal));
}

void ChunkFold::fold(const Chunk& chunk, ChunkResult& result) {
  const std::string_view lines = to_text(chunk.bytes);
  bytes_ += lines.size();
  result.bytes = lines.size();
  if (searcher_) {
    fold_candidates(lines, result);
  } else {
    fold_all(lines, result);
  }
  hand_on();
  for (RejectTally& reason : result.tally.rejects) {
    if (reason.first) reason.first->offset += chunk.offset;
  }
}

void ChunkFold::fold_all(std::string_view lines, ChunkResult& result) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t size = simd::find_byte(to_bytes(lines.substr(at)), kNewline);
    const std::size_t end = std::min(lines.size(), at + size + 1);
    ++result.tally.lines;
    fold_line(lines.substr(at, end - at), at, result);
    at = end;
  }
}

// PERF: a line that lacks what every record of interest has is never split into fields.
void ChunkFold::fold_candidates(std::string_view lines, ChunkResult& result) {
  std::uint64_t parsed = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t found = searcher_->find(to_bytes(lines), at, search_state_);
    if (found == pattern::kNotFound) break;
    const LinePlace line = line_around(lines, at, found);
    // For the number of a line that is rejected.
    result.tally.lines += count_lines(lines.substr(at, line.end - at));
    ++parsed;
    fold_line(lines.substr(line.begin, line.end - line.begin), line.begin, result);
    at = line.end;
    if (at >= lines.size()) break;
  }
  const std::uint64_t all = count_lines(lines);
  result.tally.lines = all;
  result.tally.filtered += all - parsed;
}

void ChunkFold::fold_line(std::string_view line, std::uint64_t offset, ChunkResult& result) {
  Record& record = records_[held_];
  const Verdict verdict = parser_->parse(without_line_end(line), record);
  if (!verdict.ok()) return reject(verdict.reject, line, offset, result);
  if (record.present == 0) return;
  if (!is_wanted(record)) {
    ++result.tally.filtered;
    return;
  }
  ++result.tally.records;
  if (++held_ == kBatch) hand_on();
}

// The views in the records end with the chunk.
void ChunkFold::hand_on() {
  aggregate_.add_batch(std::span(records_).first(held_));
  held_ = 0;
}

bool ChunkFold::is_wanted(const Record& record) {
  if (!conditions_.times.is_everything()) {
    if (!record.has(Field::Time) || !conditions_.times.contains(record.number(Field::Time))) return false;
  }
  return !where_ || where_->matches(record);
}

void ChunkFold::reject(Reject why, std::string_view line, std::uint64_t offset, ChunkResult& result) {
  ++result.tally.rejected;
  RejectTally& reason = result.tally.rejects[static_cast<std::size_t>(why)];
  ++reason.lines;
  if (!reason.first) {
    reason.first = RejectedLine{.number = result.tally.lines, .offset = offset};
  }
  if (rejected_ == RejectedText::Drop) return;
  result.rejected.append(line);
  if (!line.ends_with('\n')) result.rejected.push_back('\n');
}

}  // namespace folio::logs
