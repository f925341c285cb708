// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "logs/partial/tables_code.h"

namespace folio::logs {

namespace {

class TablesWriter {
 public:
  TablesWriter(ByteWriter& writer, const Tables& tables) : writer_(writer), tables_(tables) {}

  void head();
  void visitors();

  template <class Value>
  void table(const CountTable<Value>& table) {
    writer_.number(table.size());
    for (const auto* entry : table.sorted()) {
      writer_.text(entry->key());
      tally(entry->value.all);
      rest(entry->value);
    }
  }

 private:
  void tally(const Tally& tally) {
    writer_.number(tally.count);
    writer_.number(tally.bytes);
    writer_.number(tally.errors);
    writer_.number(tally.server_errors);
  }
  void times(const TimeSpan& span) {
    writer_.number(span.empty() ? 0 : 1);
    if (span.empty()) return;
    writer_.signed_number(span.first);
    writer_.signed_number(span.last);
  }
  void histogram(const Histogram& histogram);
  void latency(std::size_t extra) { histogram(extra == 0 ? Histogram{} : tables_.latencies[extra - 1]); }

  static void rest(const PlainCounts&) {}
  static void rest(const HostCounts&) {}
  static void rest(const AgentCounts&) {}
  static void rest(const LevelCounts&) {}
  void rest(const MinuteCounts& counts) { latency(counts.extra); }
  void rest(const TargetCounts& counts) {
    writer_.number(counts.not_found);
    writer_.number(counts.not_found_bytes);
    latency(counts.extra);
  }
  void rest(const TemplateCounts& counts) {
    const Sample& sample = tables_.samples[counts.extra - 1];
    times(counts.times);
    writer_.signed_number(sample.time);
    writer_.text(sample.text);
  }

  ByteWriter& writer_;
  const Tables& tables_;
};

void TablesWriter::histogram(const Histogram& histogram) {
  const std::vector<Histogram::Filled> filled = histogram.filled();
  writer_.number(filled.size());
  if (filled.empty()) return;
  std::uint64_t before = 0;
  for (const auto& [bucket, count] : filled) {
    writer_.number(bucket - before);
    writer_.number(count);
    before = bucket;
  }
  writer_.number(static_cast<std::uint64_t>(histogram.sum()));
  writer_.number(static_cast<std::uint64_t>(histogram.sum() >> 64U));
  writer_.number(static_cast<std::uint64_t>(histogram.max()));
}

void TablesWriter::head() {
  tally(tables_.totals);
  writer_.number(tables_.web_records);
  writer_.number(tables_.fields);
  times(tables_.times);
  histogram(tables_.latency);
  const auto occurs = [](const Tally& tally) { return tally.count != 0; };
  writer_.number(
      static_cast<std::uint64_t>(std::count_if(tables_.statuses.begin(), tables_.statuses.end(), occurs)));
  for (std::size_t status = 0; status < kStatuses; ++status) {
    if (!occurs(tables_.statuses[status])) continue;
    writer_.number(status);
    tally(tables_.statuses[status]);
  }
}

void TablesWriter::visitors() {
  writer_.number(tables_.visitors.size());
  for (const auto& [day, set] : tables_.visitors) {
    writer_.signed_number(day);
    writer_.number(set.size());
    for (const Fingerprint& visitor : set.sorted()) writer_.fingerprint(visitor);
  }
}

}  // namespace

void write_tables(ByteWriter& writer, const Tables& tables) {
  TablesWriter code{writer, tables};
  code.head();
  code.table(tables.targets);
  code.table(tables.hosts);
  code.table(tables.agents);
  code.table(tables.levels);
  code.table(tables.templates);
  code.table(tables.minutes);
  for (const PlainTable& table : tables.plain) code.table(table);
  code.visitors();
}

}  // namespace folio::logs
