// SPDX-License-Identifier: Apache-2.0
// The process-wide SIGBUS guard behind Mapping: what a host program may want to know and to decide.
//
// The guard installs one SIGBUS handler when the first guarded mapping is made. A fault inside a guarded
// mapping puts zero pages over the lost bytes, records it, and returns; every other SIGBUS goes on to the
// handler that was there before, or to the default action, so that a crash stays a crash with the true
// program counter. Threads: all functions may be called from any thread. SIGBUS must not be blocked in
// threads that read mappings; folio's own workers unblock it. Errors: a handler installed later by the host
// is detected at the next Mapping::map and chained in turn.
#pragma once

#include <cstdint>

#include "folio/error.h"

namespace folio {

enum class FaultGuardMode : std::uint8_t {
  Enabled,   ///< The default: installed with the first guarded mapping.
  Disabled,  ///< Never installs; mappings are made unguarded. For hosts that own SIGBUS.
};

/// Sets the mode for mappings made from now on. The handler stays installed once it is.
void set_fault_guard_mode(FaultGuardMode mode);
[[nodiscard]] FaultGuardMode fault_guard_mode();

/// True while SIGBUS is delivered to folio's handler.
[[nodiscard]] bool fault_guard_is_installed();

/// Installs the handler now, or again if somebody replaced it; chains to whatever is there.
[[nodiscard]] Result<void> install_fault_guard();

/// Faults survived by this process so far.
[[nodiscard]] std::uint64_t fault_guard_fault_count();

}  // namespace folio
