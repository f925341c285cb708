// SPDX-License-Identifier: Apache-2.0
// The one error type of folio and the result type built on it.
//
// Every fallible function returns Result<T>. The library never prints, never exits and never throws for bad
// input; std::bad_alloc may still leave it when memory is exhausted.
// Ownership: an Error owns its strings. Threads: plain value.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace folio {

/// What went wrong, independent of the operating system.
enum class Errc : std::uint8_t {
  InvalidArgument,   ///< The caller asked for something that has no meaning (wrong range, zero record size).
  NotFound,          ///< The path does not exist.
  PermissionDenied,  ///< The system refused access.
  IsDirectory,       ///< A directory where a file was expected.
  Unsupported,       ///< This file, file system or kernel cannot do it.
  OutOfMemory,       ///< Memory or address space is exhausted, or a limit on it was reached.
  NoSpace,           ///< The disk or the quota is full.
  Io,                ///< The device or the file system reported an I/O error.
  Truncated,         ///< The file became shorter while it was in use.
  Modified,          ///< The file was rewritten while it was in use.
  RecordTooLong,     ///< A record is longer than the limit of the scan.
  Cancelled,         ///< The caller asked to stop.
  GuardLost,         ///< Another SIGBUS handler replaced the fault guard and cannot be chained.
  BadData,           ///< The content does not follow its format.
};

/// Short lower-case name of a code, as in JSON output ("truncated", "no-space").
[[nodiscard]] std::string_view errc_name(Errc code);

/// One failure. `message()` is one sentence for people; the fields are for programs.
struct Error {
  Errc code = Errc::InvalidArgument;
  int system_errno = 0;                 ///< errno of the failed call; 0 where there is none.
  std::string path;                     ///< File concerned; empty where there is none.
  std::optional<std::uint64_t> offset;  ///< Byte offset in that file, where one is known.
  std::string detail;                   ///< What was attempted, and what to do about it.

  [[nodiscard]] std::string message() const;
};

/// Error of a failed system call; the code is derived from `system_errno`.
[[nodiscard]] Error system_error(int system_errno, std::string path, std::string detail);

template <class T>
using Result = std::expected<T, Error>;

}  // namespace folio
