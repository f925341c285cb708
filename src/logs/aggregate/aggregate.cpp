// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/aggregate.h"

#include <algorithm>
#include <utility>

#include "logs/aggregate/recorder.h"
#include "logs/aggregate/report_maker.h"
#include "logs/aggregate/tables.h"

namespace folio::logs {

Aggregate::Aggregate(const AggregateOptions& options)
    : options_(options), tables_(std::make_unique<Tables>()) {}
Aggregate::Aggregate(Aggregate&& other) noexcept = default;
Aggregate& Aggregate::operator=(Aggregate&& other) noexcept = default;
Aggregate::~Aggregate() = default;

void Aggregate::add_batch(std::span<const Record> records) {
  Recorder recorder{*tables_, options_.fields};
  while (!records.empty()) {
    const auto batch = records.first(std::min(records.size(), Recorder::kBatchMax));
    recorder.add(batch);
    records = records.subspan(batch.size());
  }
}

void Aggregate::merge(Aggregate&& other) {
  const std::unique_ptr<Tables> theirs = std::move(other.tables_);
  // The smaller is taken up by the larger.
  if (theirs->memory() > tables_->memory()) std::swap(*theirs, *tables_);
  tables_->merge(*theirs);
}

std::uint64_t Aggregate::memory() const {
  return tables_->memory();
}

Report Aggregate::report(const ReportOptions& options) const {
  return make_report(*tables_, options);
}

}  // namespace folio::logs
