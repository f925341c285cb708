// SPDX-License-Identifier: Apache-2.0
// Everything that an aggregate holds, as tables of raw values; what reports show is derived from it.
//
// Threads: one. The order in which entries lie in a table means nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "logs/aggregate/count_table.h"
#include "logs/aggregate/fingerprint_set.h"
#include "logs/aggregate/histogram.h"
#include "logs/record.h"
#include "logs/report.h"

namespace folio::logs {

inline constexpr std::int64_t kMinuteNanoseconds = 60'000'000'000;
inline constexpr std::int64_t kMinutesOfDay = 1440;
inline constexpr std::size_t kStatuses = 1000;

/// Rounds down, also below 0.
[[nodiscard]] constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

inline void add_to(Tally& into, const Tally& more) {
  into.count += more.count;
  into.bytes += more.bytes;
  into.errors += more.errors;
  into.server_errors += more.server_errors;
}

/// First and last time; empty where `first > last`.
struct TimeSpan {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = std::numeric_limits<std::int64_t>::min();

  [[nodiscard]] bool empty() const { return first > last; }
  void add(std::int64_t time) {
    first = std::min(first, time);
    last = std::max(last, time);
  }
  void merge(const TimeSpan& other) {
    first = std::min(first, other.first);
    last = std::max(last, other.last);
  }
};

// Values of the tables. `extra` is 1 more than an index into Tables::latencies or samples; 0: none.
struct PlainCounts {
  Tally all;
};

struct TargetCounts {
  Tally all;
  std::uint64_t not_found = 0;
  std::uint64_t not_found_bytes = 0;
  std::size_t extra = 0;
};

struct HostCounts {
  explicit HostCounts(std::string_view key) : fingerprint(fingerprint_of(key)) {}
  Tally all;
  Fingerprint fingerprint;
  // The visitor who was counted last needs no look into the set.
  const void* seen_agent = nullptr;
  std::int64_t seen_day = std::numeric_limits<std::int64_t>::min();
};

struct AgentCounts {
  explicit AgentCounts(std::string_view key) : fingerprint(fingerprint_of(key)) {}
  Tally all;
  Fingerprint fingerprint;
};

struct LevelCounts {
  explicit LevelCounts(std::string_view key);
  Tally all;
  bool is_error = false;
};

struct TemplateCounts {
  Tally all;
  TimeSpan times;
  std::size_t extra = 0;
};

/// The key is MinuteKey's.
struct MinuteCounts {
  Tally all;
  std::size_t extra = 0;
};

/// A minute since 1970 as a key whose bytes sort like it.
class MinuteKey {
 public:
  explicit MinuteKey(std::int64_t minute);
  [[nodiscard]] std::string_view text() const { return {bytes_.data(), bytes_.size()}; }
  /// REQUIRES: `key` is one of these.
  [[nodiscard]] static std::int64_t minute(std::string_view key);

 private:
  std::array<char, 8> bytes_;
};

/// Message of a template: of those seen, the one with the smallest (time, bytes).
struct Sample {
  std::int64_t time = 0;  ///< kNoTime where the line has none.
  std::string text;
};

/// Fields that are counted by value and nothing else.
inline constexpr std::array kPlainFields{Field::User,        Field::VirtualHost, Field::Method,
                                         Field::Protocol,    Field::Referrer,    Field::Upstream,
                                         Field::CacheStatus, Field::TlsProtocol, Field::TlsCipher,
                                         Field::Machine,     Field::Program};

/// Index into Tables::plain. REQUIRES: one of kPlainFields.
[[nodiscard]] constexpr std::size_t plain_index(Field field) {
  std::size_t at = 0;
  while (kPlainFields[at] != field) ++at;
  return at;
}

using PlainTable = CountTable<PlainCounts>;

struct Tables {
  Tally totals;
  std::uint64_t web_records = 0;
  std::uint64_t fields = 0;  ///< Bit set of those seen, as in Record::present.
  TimeSpan times;
  Histogram latency;
  std::vector<Tally> statuses = std::vector<Tally>(kStatuses);
  CountTable<TargetCounts> targets;
  CountTable<HostCounts> hosts;
  CountTable<AgentCounts> agents;
  CountTable<LevelCounts> levels;
  CountTable<TemplateCounts> templates;
  CountTable<MinuteCounts> minutes;
  std::array<PlainTable, kPlainFields.size()> plain;
  std::map<std::int64_t, FingerprintSet> visitors;  ///< By day since 1970.
  std::vector<Histogram> latencies;
  std::vector<Sample> samples;

  [[nodiscard]] PlainTable& of(Field field) { return plain[plain_index(field)]; }
  [[nodiscard]] const PlainTable& of(Field field) const { return plain[plain_index(field)]; }
  [[nodiscard]] bool has(Field field) const { return (fields >> static_cast<unsigned>(field) & 1U) != 0; }

  /// The latencies of an entry; made where it has none.
  [[nodiscard]] Histogram& latency_of(std::size_t& extra) {
    if (extra == 0) {
      latencies.emplace_back();
      extra = latencies.size();
    }
    return latencies[extra - 1];
  }
  void offer_sample(std::size_t& extra, std::int64_t time, std::string_view text);

  void merge(const Tables& other);
  [[nodiscard]] std::uint64_t memory() const;
};

}  // namespace folio::logs
