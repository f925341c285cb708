// SPDX-License-Identifier: Apache-2.0
// A line on standard error that shows how far a long scan has come.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cli/scan_flags.h"
#include "folio/scan.h"

namespace folio::cli {

/// Whether a command whose lines appear on the same terminal is silent in between, so that they are no
/// progress: it writes kWipe in front of them.
enum class Rows { AreProgress, OnTheSameTerminal };

/// Draws after half a second, at most ten times a second, and wipes itself at the end. Nothing at all, not
/// even a thread, where progress is not wanted.
class ProgressLine {
 public:
  static constexpr std::string_view kWipe = "\r\x1b[K";

  ProgressLine(std::string label, ProgressWhen when, Rows rows = Rows::AreProgress);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  /// Counters to give to the scan; null where nothing is drawn.
  [[nodiscard]] ScanProgress* counters() { return drawer_.joinable() ? &counters_ : nullptr; }
  [[nodiscard]] bool is_drawn() const { return drawer_.joinable(); }
  /// Removes the line, so that other text may follow.
  void finish();

 private:
  void draw_until_done();
  void draw(double seconds) const;

  std::string label_;
  ScanProgress counters_;
  std::mutex mutex_;
  std::condition_variable ended_;
  enum class State { Running, Done } state_ = State::Running;
  bool drawn_ = false;
  std::jthread drawer_;
};

}  // namespace folio::cli
