// SPDX-License-Identifier: Apache-2.0
// Which instruction set the kernels of this room run on: the best of the machine, unless told otherwise.
//
// The environment variable FOLIO_SIMD (avx3, avx2, sse4, ssse3, scalar) forces one; it is read once, before
// the first kernel runs. A name that this machine or build does not know is ignored. Threads: any. Forcing a
// target while kernels run is safe; calls that began before may end on the old one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace folio::simd {

/// Name of the target that kernels run on now ("avx3", "avx2", "scalar").
[[nodiscard]] std::string_view active_target_name();

/// Names of all targets that this build and this machine can run, best first. Never empty.
[[nodiscard]] std::vector<std::string_view> supported_targets();

/// Makes all kernels run on the named target from now on; the empty name means the best one again.
/// False, with nothing changed, where the target is not supported here.
[[nodiscard]] bool force_target(std::string_view name);

namespace detail {
inline constexpr std::uint8_t kNotChosen = 0xFF;
extern std::atomic<std::uint8_t> active_target;
[[nodiscard]] std::size_t choose_target();
}  // namespace detail

/// Index of the active target in the tables of FOLIO_EXPORT.
[[nodiscard]] inline std::size_t target_index() {
  const std::uint8_t active = detail::active_target.load(std::memory_order_relaxed);
  return active != detail::kNotChosen ? active : detail::choose_target();
}

}  // namespace folio::simd
