// SPDX-License-Identifier: Apache-2.0
#include "logs/analysis/analysis.h"

#include <algorithm>
#include <utility>

#include "core/try.h"
#include "logs/format/unescape.h"

namespace folio::logs {

namespace {

constexpr std::size_t kNamesMax = 100;

// Both tallies are of files of their own: line numbers do not go on.
void add_rejects(LineTally& total, const std::string& name, LineTally&& tally) {
  for (std::size_t reason = 0; reason < kRejects; ++reason) {
    RejectTally& rejected = tally.rejects[reason];
    total.rejects[reason].lines += rejected.lines;
    if (!rejected.first || total.rejects[reason].first) continue;
    total.rejects[reason].first = std::move(rejected.first);
    total.rejects[reason].first->file = name;
  }
}

std::vector<RejectCount> reject_counts(const LineTally& tally) {
  std::vector<RejectCount> counts;
  for (std::size_t reason = 0; reason < kRejects; ++reason) {
    const RejectTally& rejected = tally.rejects[reason];
    if (rejected.lines == 0 || !rejected.first) continue;
    std::string text{reject_name(static_cast<Reject>(reason))};
    if (!rejected.first->expected.empty()) text.append(": expected ").append(rejected.first->expected);
    counts.push_back({.reason = std::move(text),
                      .lines = rejected.lines,
                      .file = rejected.first->file,
                      .offset = rejected.first->offset,
                      .line_number = rejected.first->number});
  }
  std::sort(counts.begin(), counts.end(), [](const RejectCount& a, const RejectCount& b) {
    return a.lines != b.lines ? a.lines > b.lines : a.reason < b.reason;
  });
  return counts;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

Analysis::Analysis(AnalysisRequest request) : request_(std::move(request)) {}
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
  if (formats_.empty()) explanation_ = format_->why;
  formats_.push_back(format_->name);
}

Result<ReadLog> Analysis::read(ScanInput input, const ScanOptions& options) {
  ReadLog log = FOLIO_TRY(reader_->read(input, options));
  add(input.name(), LineTally{log.tally});
  bytes_ += log.report.stats.bytes;
  return log;
}

void Analysis::add(const std::string& name, LineTally&& tally) {
  ++inputs_;
  if (names_.size() < kNamesMax) names_.push_back(name);
  tally_.lines += tally.lines;
  tally_.records += tally.records;
  tally_.filtered += tally.filtered;
  tally_.rejected += tally.rejected;
  add_rejects(tally_, name, std::move(tally));
}

Report Analysis::report(const ReportOptions& options) {
  ReportOptions complete = options;
  complete.unescape = unescape;
  Report report = reader_ ? reader_->aggregate().report(complete) : Aggregate({}).report(complete);
  report.format = joined(formats_);
  report.format_explanation = explanation_;
  report.files = names_;
  report.file_count = inputs_;
  report.bytes_read = bytes_;
  report.lines = tally_.lines;
  report.records = tally_.records;
  report.filtered = tally_.filtered;
  report.rejected = tally_.rejected;
  report.rejects = reject_counts(tally_);
  if (where_ && where_->required_literal()) {
    report.notes.push_back("Lines without the text " + *where_->required_literal() +
                           ", which the condition needs, were passed over without being parsed: broken ones "
                           "among them are not counted as such.");
  }
  return report;
}

}  // namespace folio::logs
