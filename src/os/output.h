// SPDX-License-Identifier: Apache-2.0
// Unbuffered writing to a descriptor, as standard output needs it.
//
// Ownership: the descriptor stays the caller's. Threads: one writer at a time. Errors: Errc::NoSpace on a
// full disk; a closed pipe is Outcome::Closed where SIGPIPE does not end the process already.
#pragma once

#include <cstdint>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::os {

enum class Outcome : std::uint8_t { Written, Closed };

/// Writes all of `bytes`.
[[nodiscard]] Result<Outcome> write_all(int descriptor, ByteView bytes);

/// From now on a closed pipe is Outcome::Closed and no signal: for programs that have to clean up first.
void ignore_closed_pipes();

/// Asks for a pipe buffer of a MiB where `descriptor` is a pipe: fewer switches between writer and reader.
void enlarge_pipe(int descriptor);

inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

}  // namespace folio::os
