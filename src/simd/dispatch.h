// SPDX-License-Identifier: Apache-2.0
// Which instruction set the kernels of this room run on: the best of the machine, unless told otherwise.
//
// The environment variable FOLIO_SIMD (scalar, ssse3, sse4, avx2, avx3, ...) forces one; it is read once,
// before the first kernel runs. A name that this machine or build does not know is ignored. Threads: any.
// Forcing a target while kernels run is safe; calls that began before may end on the old one.
#pragma once

#include <atomic>
#include <string_view>
#include <vector>

namespace folio::simd {

/// Name of the target that kernels run on now, in lower case ("avx3", "avx2", "scalar").
[[nodiscard]] std::string_view active_target_name();

/// Names of all targets that this build and this machine can run, best first. Never empty; the last is
/// "scalar".
[[nodiscard]] std::vector<std::string_view> supported_targets();

/// Makes all kernels run on the named target from now on; the empty name means the best one again.
/// False, with nothing changed, where the target is not supported here.
[[nodiscard]] bool force_target(std::string_view name);

namespace detail {
extern std::atomic<bool> target_is_chosen;
void choose_target_from_environment();
}  // namespace detail

/// Every kernel's public function calls this before it dispatches.
inline void ensure_target_is_chosen() {
  if (!detail::target_is_chosen.load(std::memory_order_acquire)) detail::choose_target_from_environment();
}

}  // namespace folio::simd
