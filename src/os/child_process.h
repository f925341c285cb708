// SPDX-License-Identifier: Apache-2.0
// Running another program to its end, with what it prints and what it cost.
//
// Ownership: everything is released when the call returns, the program included: it is killed, with all
// that it started, where the call ends before it. Threads: any, one call each. Errors: NotFound and
// PermissionDenied where the program can't be started; Cancelled; that the program itself failed is no error.
// The program runs in a process group of its own, with /dev/null as its input.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::os {

struct ChildCommand {
  std::vector<std::string> words;  ///< The program's path first.
  /// "NAME=value", added to this process's environment; replaces what has the same name.
  std::vector<std::string> environment;
  double seconds_max = 0;  ///< It is killed after so long; 0: never.
  std::stop_token stop = {};
};

enum class ChildEnd : std::uint8_t { Exited, Signalled, TimedOut };

struct ChildRun {
  ChildEnd end = ChildEnd::Exited;
  int code = 0;  ///< Exit status, or the signal's number.
  double seconds = 0;
  double user_seconds = 0;
  double system_seconds = 0;
  /// Bytes resident at most. Not less than this process has at the start: the kernel counts from there. See
  /// reset_peak_memory().
  std::uint64_t peak_memory = 0;
  std::string complaint;  ///< The front of what went to standard error.
};

/// Called with what the program prints, in order. Nothing of it is kept.
using ChildOutput = std::function<void(ByteView)>;

/// Runs a program; what it prints is drained through a pipe as fast as it comes.
[[nodiscard]] Result<ChildRun> run_child(const ChildCommand& command, const ChildOutput& on_output);

/// The path of an executable file: `name` itself where it holds a slash, else the first one in $PATH.
[[nodiscard]] std::optional<std::string> find_program(std::string_view name);

/// The path of the program that runs.
[[nodiscard]] std::string own_program();

}  // namespace folio::os
