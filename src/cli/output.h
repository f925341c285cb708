// SPDX-License-Identifier: Apache-2.0
// Standard output and standard error of the command.
//
// A closed pipe ends the program silently: by SIGPIPE where the signal is not ignored, otherwise through
// is_closed(). Every other failure to write is reported once and makes the run a failure.
#pragma once

#include <stop_token>
#include <string_view>

#include "cli/exit_status.h"
#include "folio/scan.h"

namespace folio::cli {

class Output {
 public:
  Output();
  /// Writes at once. Flow::Stop where nothing more can be written.
  Flow write(std::string_view text);
  /// The same, also after an interrupt: what a run that was cut short still has to show.
  Flow write_result(std::string_view text);
  /// `status`, or Failure where something could not be written, or Interrupted.
  [[nodiscard]] ExitStatus finish(ExitStatus status) const;

 private:
  Flow write_until(std::string_view text, const std::stop_token& stop);

  enum class State { Open, Closed, Failed, Interrupted } state_ = State::Open;
};

/// "folio: text" as one line on standard error.
void complain(std::string_view text);

/// One line on standard error as it is.
void tell(std::string_view line);

enum class Color { Auto, Always, Never };

/// Whether standard output should be coloured: the flag, then NO_COLOR (if not empty), then whether it is a
/// terminal that is not "dumb".
[[nodiscard]] bool use_color(Color wanted);

}  // namespace folio::cli
