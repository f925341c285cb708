// SPDX-License-Identifier: Apache-2.0
#include "logs/analysis/analysis.h"

#include <algorithm>
#include <utility>

#include "core/try.h"

namespace folio::logs {

namespace {

constexpr std::size_t kPrefixSize = 4096;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

// What must be equal for two results to be added up.
std::string settings_of(const AnalysisRequest& request) {
  std::string text = "where=" + request.where;
  if (request.times.is_everything()) return text;
  text.append(" since=").append(std::to_string(request.times.since));
  text.append(" until=").append(std::to_string(request.times.until));
  return text;
}

Covered covered_by(const File& file, std::string_view head, ByteRange range) {
  const std::string_view prefix = head.substr(0, kPrefixSize);
  const bool has_identity = file.is_seekable();
  return {.path = file.path(),
          .device = has_identity ? file.identity().device : 0,
          .inode = has_identity ? file.identity().inode : 0,
          .size = file.size(),
          .prefix_size = prefix.size(),
          .prefix = fingerprint_of(prefix),
          .begin = range.begin,
          .end = range.end};
}

// Bytes of the file: a compressed one counts as a whole, and a pipe by what came out of it.
ByteRange file_range(const ScanInput& input, const File& origin, ByteRange covered) {
  const bool is_decoded = input.file() == nullptr && origin.is_seekable() && origin.size() > 0;
  return is_decoded ? ByteRange{0, origin.size()} : covered;
}

ByteRange planned_range(const File& origin, const ScanOptions& options) {
  const ByteRange all{0, origin.is_seekable() ? origin.size() : UINT64_MAX};
  return options.range ? intersect(*options.range, all) : all;
}

}  // namespace

Analysis::Analysis(AnalysisRequest request) : request_(std::move(request)) {
  partial_.settings = settings_of(request_);
}
Analysis::~Analysis() = default;

Result<std::unique_ptr<Analysis>> Analysis::make(AnalysisRequest request) {
  FOLIO_TRY(check_format(request.format));
  std::unique_ptr<Analysis> analysis(new Analysis(std::move(request)));
  if (!analysis->request_.where.empty()) {
    analysis->where_ =
        FOLIO_TRY(Query::compile(analysis->request_.where, analysis->request_.format.reference));
  }
  return analysis;
}

Result<void> Analysis::choose(std::string_view head) {
  format_ = FOLIO_TRY(choose_format(request_.format, head));
  note_format();
  if (reader_) {
    reader_->set_parser(*format_->parser);
    return {};
  }
  ReadRules rules;
  rules.parser = format_->parser.get();
  rules.conditions.where = where_ ? &*where_ : nullptr;
  rules.conditions.times = request_.times;
  if (where_) rules.conditions.literal = where_->required_literal().value_or("");
  rules.on_rejected = request_.on_rejected;
  reader_.emplace(std::move(rules));
  return {};
}

void Analysis::note_format() {
  if (std::find(formats_.begin(), formats_.end(), format_->name) != formats_.end()) return;
  if (formats_.empty()) partial_.format_explanation = format_->why;
  formats_.push_back(format_->name);
}

Result<ScanReport> Analysis::read(ScanInput input, const File& origin, std::string_view head,
                                  const ScanOptions& options) {
  const Covered planned = covered_by(origin, head, planned_range(origin, options));
  static_cast<void>(FOLIO_TRY(join(partial_.covered, {planned})));
  ReadLog log = FOLIO_TRY(reader_->read(input, options));
  const ByteRange range = file_range(input, origin, log.report.covered);
  if (!range.empty()) {
    Covered covered = planned;
    covered.begin = range.begin;
    covered.end = range.end;
    partial_.covered = FOLIO_TRY(join(partial_.covered, {covered}));
  }
  add(origin.path(), log, log.report.covered);
  return std::move(log.report);
}

void Analysis::add(const std::string& name, const ReadLog& log, ByteRange range) {
  partial_.bytes_read += log.report.stats.bytes;
  partial_.lines += log.tally.lines;
  partial_.filtered += log.tally.filtered;
  for (std::size_t reason = 0; reason < kRejects; ++reason) {
    const RejectTally& rejected = log.tally.rejects[reason];
    if (rejected.lines == 0 || !rejected.first) continue;
    std::string text{reject_name(static_cast<Reject>(reason))};
    add_rejects(partial_.rejects, {.reason = std::move(text),
                                   .lines = rejected.lines,
                                   .file = name,
                                   .offset = rejected.first->offset,
                                   // Lines before a range are not counted.
                                   .line_number = range.begin == 0 ? rejected.first->number : 0});
  }
}

Partial Analysis::finish() {
  partial_.format = joined(formats_);
  if (reader_) partial_.aggregate = std::move(reader_->aggregate());
  reader_.reset();
  return std::move(partial_);
}

}  // namespace folio::logs
