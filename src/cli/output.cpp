// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <cstdlib>
#include <string>

#include "os/interrupt.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

Output::Output() {
  os::enlarge_pipe(os::kStandardOutput);
}

Flow Output::write(std::string_view text) {
  return write_until(text, os::interrupt_token());
}

Flow Output::write_result(std::string_view text) {
  if (state_ == State::Interrupted) state_ = State::Open;
  return write_until(text, {});
}

Flow Output::write_until(std::string_view text, const std::stop_token& stop) {
  if (state_ != State::Open) return Flow::Stop;
  const auto written = os::write_all(os::kStandardOutput, to_bytes(text), stop);
  if (!written) {
    state_ = State::Failed;
    complain("standard output: " + written.error().message());
  } else if (*written == os::Outcome::Closed) {
    state_ = State::Closed;
  } else if (*written == os::Outcome::Interrupted) {
    state_ = State::Interrupted;
  }
  return state_ == State::Open ? Flow::Continue : Flow::Stop;
}

ExitStatus Output::finish(ExitStatus status) const {
  if (state_ == State::Interrupted) return ExitStatus::Interrupted;
  return state_ == State::Failed ? graver(status, ExitStatus::Failure) : status;
}

void complain(std::string_view text) {
  tell("folio: " + std::string{text});
}

void tell(std::string_view line) {
  const std::string text = std::string{line} + "\n";
  static_cast<void>(os::write_all(os::kStandardError, to_bytes(text)));
}

bool use_color(Color wanted) {
  if (wanted != Color::Auto) return wanted == Color::Always;
  if (is_set("NO_COLOR")) return false;
  const char* const term = std::getenv("TERM");
  if (term != nullptr && std::string_view{term} == "dumb") return false;
  return os::is_terminal(os::kStandardOutput);
}

}  // namespace folio::cli
