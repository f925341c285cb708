// SPDX-License-Identifier: Apache-2.0
// The ways to the bytes of files: each one opens, looks at everything that it was told to, and closes.
//
// Ownership: everything is given back when the call returns. Threads: the calling one and others of its own.
// Errors: Result<T>; Unsupported where this machine or file system does not have the method.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>

#include "bench/access/situation.h"
#include "folio/error.h"
#include "folio/scan.h"

namespace folio::bench {

struct Task {
  std::span<const std::string> paths;  ///< One; several for SmallFiles.
  Situation situation;
  MethodSpec method;
  std::span<const std::uint64_t> places = {};  ///< For the random shapes.
  unsigned cores = 0;  ///< With so many threads `auto` is left to choose their number itself.
  std::stop_token stop = {};
};

struct Answer {
  std::uint64_t value = 0;       ///< Must be the same for every method.
  Access used = Access::Stream;  ///< What `auto` chose; meaningless for others.
};

[[nodiscard]] Result<Answer> run_method(const Task& task);

}  // namespace folio::bench
