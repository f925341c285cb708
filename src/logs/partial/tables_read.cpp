// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "logs/partial/tables_code.h"

namespace folio::logs {

namespace {

// Bytes that these take at least.
constexpr std::size_t kTallyMin = 4;
constexpr std::size_t kEntryMin = 1 + kTallyMin;
constexpr std::size_t kFilledMin = 2;

class TablesReader {
 public:
  TablesReader(ByteReader& reader, Tables& tables) : reader_(reader), tables_(tables) {}

  void head();
  void visitors();

  // Keys rise, so that none comes twice.
  template <class Value>
  void table(CountTable<Value>& table) {
    std::optional<std::string_view> before;
    for (std::size_t left = reader_.count(kEntryMin); left > 0 && reader_.ok(); --left) {
      const std::string_view key = reader_.text();
      reader_.demand(!before.has_value() || *before < key);
      before = key;
      if (!reader_.ok()) return;
      Value& value = table.at(key);
      value.all = tally();
      rest(key, value);
    }
  }

 private:
  [[nodiscard]] Tally tally();
  [[nodiscard]] TimeSpan times();
  [[nodiscard]] Histogram histogram();
  void latency(std::size_t& extra) {
    Histogram read = histogram();
    if (read.count() > 0) tables_.latency_of(extra) = std::move(read);
  }

  static void rest(std::string_view, PlainCounts&) {}
  static void rest(std::string_view, HostCounts&) {}
  static void rest(std::string_view, AgentCounts&) {}
  static void rest(std::string_view, LevelCounts&) {}
  void rest(std::string_view key, MinuteCounts& counts);
  void rest(std::string_view, TargetCounts& counts) {
    counts.not_found = reader_.number();
    counts.not_found_bytes = reader_.number();
    latency(counts.extra);
  }
  void rest(std::string_view, TemplateCounts& counts) {
    counts.times = times();
    const std::int64_t time = reader_.signed_number();
    tables_.offer_sample(counts.extra, time, reader_.text());
  }

  ByteReader& reader_;
  Tables& tables_;
};

Tally TablesReader::tally() {
  Tally tally;
  tally.count = reader_.number();
  tally.bytes = reader_.number();
  tally.errors = reader_.number();
  tally.server_errors = reader_.number();
  return tally;
}

TimeSpan TablesReader::times() {
  TimeSpan span;
  const std::uint64_t has_times = reader_.number();
  reader_.demand(has_times <= 1);
  if (has_times == 0) return span;
  span.first = reader_.signed_number();
  span.last = reader_.signed_number();
  reader_.demand(!span.empty());
  return span;
}

Histogram TablesReader::histogram() {
  std::vector<Histogram::Filled> filled;
  std::uint64_t bucket = 0;
  Uint128 sum_of_counts = 0;
  for (std::size_t left = reader_.count(kFilledMin); left > 0; --left) {
    const std::uint64_t step = reader_.number();
    reader_.demand(step < Histogram::kBuckets && (step > 0 || filled.empty()));
    bucket += step;
    const std::uint64_t count = reader_.number();
    sum_of_counts += count;
    reader_.demand(bucket < Histogram::kBuckets && count > 0);
    if (!reader_.ok()) return {};
    filled.emplace_back(static_cast<Histogram::Bucket>(bucket), count);
  }
  Histogram histogram;
  if (filled.empty()) return histogram;
  Uint128 sum = reader_.number();
  sum |= Uint128{reader_.number()} << 64U;
  const auto max = static_cast<std::int64_t>(reader_.number());
  reader_.demand(sum_of_counts >> 64U == 0 && max >= 0 &&
                 Histogram::bucket_of(std::max<std::int64_t>(max, 0)) == bucket);
  if (reader_.ok()) histogram.restore(filled, sum, max);
  return histogram;
}

void TablesReader::rest(std::string_view key, MinuteCounts& counts) {
  latency(counts.extra);
  // The series has room for the minutes between the first and the last time only.
  reader_.demand(key.size() == MinuteKey{0}.text().size() && !tables_.times.empty());
  if (!reader_.ok()) return;
  const std::int64_t minute = MinuteKey::minute(key);
  reader_.demand(minute >= floor_divide(tables_.times.first, kMinuteNanoseconds) &&
                 minute <= floor_divide(tables_.times.last, kMinuteNanoseconds));
}

void TablesReader::head() {
  tables_.totals = tally();
  tables_.web_records = reader_.number();
  reader_.demand(tables_.web_records <= tables_.totals.count);
  tables_.fields = reader_.number();
  reader_.demand(tables_.fields >> kFields == 0);
  tables_.times = times();
  tables_.latency = histogram();
  std::uint64_t next = 0;
  for (std::size_t left = reader_.count(kEntryMin); left > 0; --left) {
    const std::uint64_t status = reader_.number();
    reader_.demand(status >= next && status < kStatuses);
    const Tally read = tally();
    reader_.demand(read.count > 0);
    if (!reader_.ok()) return;
    tables_.statuses[status] = read;
    next = status + 1;
  }
}

void TablesReader::visitors() {
  constexpr std::size_t kFingerprintSize = 16;
  constexpr std::int64_t kDay = kMinuteNanoseconds * kMinutesOfDay;
  std::optional<std::int64_t> before;
  for (std::size_t left = reader_.count(2 + kFingerprintSize); left > 0; --left) {
    const std::int64_t day = reader_.signed_number();
    reader_.demand(!tables_.times.empty() && day >= floor_divide(tables_.times.first, kDay) &&
                   day <= floor_divide(tables_.times.last, kDay) && (!before.has_value() || *before < day));
    before = day;
    std::size_t visitors = reader_.count(kFingerprintSize);
    reader_.demand(visitors > 0);
    if (!reader_.ok()) return;
    FingerprintSet& set = tables_.visitors[day];
    for (Fingerprint last{}; visitors > 0; --visitors) {
      const Fingerprint visitor = reader_.fingerprint();
      reader_.demand(last < visitor);
      set.insert(visitor);
      last = visitor;
    }
  }
}

}  // namespace

void read_tables(ByteReader& reader, Tables& tables) {
  TablesReader code{reader, tables};
  code.head();
  code.table(tables.targets);
  code.table(tables.hosts);
  code.table(tables.agents);
  code.table(tables.levels);
  code.table(tables.templates);
  code.table(tables.minutes);
  for (PlainTable& table : tables.plain) code.table(table);
  code.visitors();
}

}  // namespace folio::logs
