// SPDX-License-Identifier: Apache-2.0
// What a run of the access benchmark finds. docs/schema/bench-access.md explains each member.
//
// Ownership: plain values. Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/access/situation.h"
#include "bench/rounds.h"
#include "folio/scan.h"

namespace folio::bench {

enum class LimitKind : std::uint8_t { Memory, DiskSequential, DiskRandom };

[[nodiscard]] std::string_view limit_name(LimitKind kind);

/// What the machine can give.
struct Limit {
  LimitKind kind = LimitKind::Memory;
  unsigned threads = 1;
  double bytes_per_second = 0;
  std::optional<double> operations_per_second = {};
  std::string by = {};
};

struct Cell {
  Situation situation;
  MethodSpec method;
  std::uint64_t files = 1;
  std::uint64_t bytes = 0;                       ///< Looked at in a round.
  std::optional<std::uint64_t> operations = {};  ///< In a round.
  Measured cost = {};
  std::uint64_t peak_memory = 0;  ///< Resident bytes of the process at most, mapped pages of files included.
  std::optional<LimitKind> limit = {};
  std::optional<double> limit_share = {};
  std::optional<double> cached_before = {};
  std::optional<double> faults_per_mib = {};
  std::optional<Access> used = {};
  std::optional<std::uint64_t> evicted = {};
  std::vector<std::string> notes = {};

  [[nodiscard]] double bytes_per_second() const { return rate(bytes, cost.seconds); }
  [[nodiscard]] std::optional<double> operations_per_second() const {
    if (!operations) return std::nullopt;
    return rate(*operations, cost.seconds);
  }
};

/// `auto` beside the best fixed method, from rounds of their own in which only the best ones took turns.
struct AutoRow {
  Situation situation;
  double seconds = 0;
  Access used = Access::Auto;
  MethodSpec best;
  double best_seconds = 0;
  std::optional<std::uint64_t> evicted = {};       ///< Limited: of another file's pages, in a round of `auto`
  std::optional<std::uint64_t> best_evicted = {};  ///< ... and of the best fixed method.

  [[nodiscard]] double ratio() const { return best_seconds > 0 ? seconds / best_seconds : 0; }
};

struct ClassicRow {
  std::string_view name;
  double textbook = 0;  ///< Bytes a second.
  Cell cell;
};

enum class Verdict : std::uint8_t { MapWins, MapLoses, Even };

[[nodiscard]] std::string_view verdict_name(Verdict verdict);

struct Finding {
  Verdict verdict = Verdict::Even;
  Situation situation;
  double ratio = 1;  ///< Time of the best other method / time of the best mapping.
  std::string text = {};
};

struct Summary {
  std::uint64_t cells = 0;
  double seconds = 0;
  bool complete = true;
  bool interrupted = false;
  std::uint64_t auto_cells = 0;
  double auto_worst = 0;
  double auto_median = 0;
  std::vector<std::string> notes = {};
};

}  // namespace folio::bench
