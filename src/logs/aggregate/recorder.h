// SPDX-License-Identifier: Apache-2.0
// Adds records to tables: the keys of a batch are hashed first, so that the processor fetches what they lead
// to while others are counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "logs/aggregate/tables.h"

namespace folio::logs {

class Recorder {
 public:
  static constexpr std::size_t kBatchMax = 16;

  Recorder(Tables& tables, std::uint32_t fields) : tables_(tables), fields_(fields) {}

  /// REQUIRES: at most kBatchMax records.
  void add(std::span<const Record> batch);

 private:
  /// Of the fields that have many values.
  struct Hashes {
    std::uint64_t target = 0;
    std::uint64_t host = 0;
    std::uint64_t referrer = 0;
    std::uint64_t agent = 0;
  };

  [[nodiscard]] Hashes hash(const Record& record, std::uint32_t present) const;
  void prefetch_entries(const Hashes& hashes) const;
  void add_one(const Record& record, std::uint32_t present, const Hashes& hashes);
  [[nodiscard]] Tally tally_of(const Record& record, std::uint32_t present);
  void add_target(std::string_view target, std::uint64_t hash, const Tally& tally, bool is_missing,
                  std::int64_t latency);
  void add_visitor(HostCounts& host, const AgentCounts* agent, std::int64_t day);
  void add_plain(const Record& record, std::uint32_t present, const Tally& tally);
  void add_message(std::string_view message, const Tally& tally, std::int64_t time);
  void add_time(std::int64_t time, const Tally& tally, std::int64_t latency);

  void insert_visitors();

  struct Visitor {
    FingerprintSet* day = nullptr;
    Fingerprint fingerprint;
  };

  Tables& tables_;
  std::uint32_t fields_;
  std::array<Visitor, kBatchMax> visitors_;  ///< Of this batch, one a record at most.
  std::size_t visitor_count_ = 0;
};

}  // namespace folio::logs
