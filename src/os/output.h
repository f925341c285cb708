// SPDX-License-Identifier: Apache-2.0
// Unbuffered writing to a descriptor, as standard output needs it.
//
// Ownership: the descriptor stays the caller's. Threads: one writer at a time. Errors: Errc::NoSpace on a
// full disk; a closed pipe is Outcome::Closed where SIGPIPE does not end the process already.
#pragma once

#include <cstdint>
#include <stop_token>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::os {

enum class Outcome : std::uint8_t { Written, Closed, Interrupted };

/// Writes all of `bytes`; waits where the descriptor does not block. A signal ends it once `stop` is
/// requested.
[[nodiscard]] Result<Outcome> write_all(int descriptor, ByteView bytes, const std::stop_token& stop = {});

/// From now on a closed pipe is Outcome::Closed and no signal: for programs that have to clean up first.
void ignore_closed_pipes();

/// Asks for a pipe buffer of a MiB where `descriptor` is a pipe: fewer switches between writer and reader.
void enlarge_pipe(int descriptor);

/// Sets the position that a descriptor shares with all its duplicates, as far as it has one.
void set_position(int descriptor, std::uint64_t offset);

inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

}  // namespace folio::os
