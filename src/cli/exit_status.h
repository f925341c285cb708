// SPDX-License-Identifier: Apache-2.0
// Exit statuses of the command; the same for every subcommand.
#pragma once

#include "folio/error.h"
#include "folio/scan.h"

namespace folio::cli {

enum class ExitStatus : int {
  Success = 0,     ///< Done; a match.
  No = 1,          ///< The honest "no": no match.
  Failure = 2,     ///< Wrong usage or an error.
  Incomplete = 3,  ///< An input changed while it was read: the result covers less, or cannot be vouched for.
  Interrupted = 130,
};

[[nodiscard]] constexpr ExitStatus status_of(Errc code) {
  switch (code) {
    case Errc::Truncated:
    case Errc::Modified:
      return ExitStatus::Incomplete;
    case Errc::Cancelled:
      return ExitStatus::Interrupted;
    default:
      return ExitStatus::Failure;
  }
}

/// The graver of two: interrupted, incomplete, failure, then `answer`.
[[nodiscard]] constexpr ExitStatus graver(ExitStatus a, ExitStatus b) {
  const auto rank = [](ExitStatus status) {
    switch (status) {
      case ExitStatus::Success:
        return 0;
      case ExitStatus::No:
        return 0;
      case ExitStatus::Failure:
        return 1;
      case ExitStatus::Incomplete:
        return 2;
      case ExitStatus::Interrupted:
        return 3;
    }
    return 0;
  };
  return rank(b) > rank(a) ? b : a;
}

}  // namespace folio::cli
