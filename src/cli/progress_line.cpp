// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_line.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "cli/quantity.h"
#include "cli/text.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

using namespace std::chrono_literals;
constexpr auto kQuietTime = 500ms;
constexpr auto kInterval = 100ms;

void write_error(std::string_view text) {
  static_cast<void>(os::write_all(os::kStandardError, to_bytes(text)));
}

bool is_wanted(ProgressWhen when, Rows rows) {
  if (when != ProgressWhen::Auto) return when == ProgressWhen::Always;
  // Lines that scroll by on the same terminal are progress enough.
  return os::is_terminal(os::kStandardError) &&
         (rows == Rows::OnTheSameTerminal || !os::is_terminal(os::kStandardOutput));
}

}  // namespace

ProgressLine::ProgressLine(std::string label, ProgressWhen when, Rows rows) : label_(quoted_name(label)) {
  if (is_wanted(when, rows)) drawer_ = std::jthread([this] { draw_until_done(); });
}

ProgressLine::~ProgressLine() {
  finish();
}

void ProgressLine::finish() {
  if (!drawer_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    state_ = State::Done;
  }
  ended_.notify_all();
  drawer_.join();
  if (drawn_) write_error(kWipe);
}

void ProgressLine::draw_until_done() {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  auto wait = kQuietTime;
  while (!ended_.wait_for(lock, wait, [&] { return state_ == State::Done; })) {
    draw(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    drawn_ = true;
    wait = kInterval;
  }
}

void ProgressLine::draw(double seconds) const {
  const std::uint64_t done = counters_.done.load(std::memory_order_relaxed);
  const std::uint64_t total = counters_.total.load(std::memory_order_relaxed);
  const double rate = static_cast<double>(done) / seconds;
  std::string line = fmt::format("{}: {}", label_, format_size(done));
  if (total > 0) line += fmt::format(" of {} ({} %)", format_size(total), done * 100 / total);
  line += fmt::format(", {}/s", format_size(static_cast<std::uint64_t>(rate)));
  if (total > done && rate > 0)
    line += fmt::format(", {:.0f} s left", static_cast<double>(total - done) / rate);
  const unsigned width = os::terminal_width(os::kStandardError);
  write_error(std::string{kWipe} + line.substr(0, width > 1 ? width - 1 : 1));
}

}  // namespace folio::cli
