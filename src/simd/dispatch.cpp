// SPDX-License-Identifier: Apache-2.0
// Choice of the instruction set for all kernels.
#include "simd/dispatch.h"

#include <hwy/highway.h>
#include <cstdlib>
#include <iterator>

namespace folio::simd {

std::atomic<std::uint8_t> detail::active_target{detail::kNotChosen};

namespace {

struct Target {
  std::string_view name;
  bool (*is_supported)();
};

// Whether this build has code for any of `bits`; a build for a newer baseline drops the older targets.
constexpr bool is_built(std::int64_t bits) {
  return ((HWY_TARGETS)&bits) != 0;
}

// The levels of the x86-64 ABI ask for what Highway's targets use, and for the system's support of the
// registers.
constexpr Target kTargets[] = {
#if HWY_ARCH_X86
    {"avx3", [] { return is_built(HWY_AVX3) && __builtin_cpu_supports("x86-64-v4") != 0; }},
    {"avx2", [] { return is_built(HWY_AVX2) && __builtin_cpu_supports("x86-64-v3") != 0; }},
    {"sse4",
     [] {
       return is_built(HWY_SSE4) && __builtin_cpu_supports("x86-64-v2") != 0 &&
              __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("aes") != 0;
     }},
    {"ssse3", [] { return is_built(HWY_SSSE3) && __builtin_cpu_supports("ssse3") != 0; }},
    {"scalar", [] { return true; }},
#else
    {"baseline", [] { return true; }},
#endif
};

std::size_t best_target() {
  std::size_t index = 0;
  while (!kTargets[index].is_supported()) ++index;
  return index;
}

// kNotChosen where there is no such target here.
std::size_t target_named(std::string_view name) {
  if (name.empty()) return best_target();
  for (std::size_t index = 0; index < std::size(kTargets); ++index) {
    if (kTargets[index].name == name && kTargets[index].is_supported()) return index;
  }
  return detail::kNotChosen;
}

}  // namespace

// Threads that come here at the same time choose the same.
std::size_t detail::choose_target() {
  const char* const wanted = std::getenv("FOLIO_SIMD");
  std::size_t index = wanted == nullptr ? kNotChosen : target_named(wanted);
  if (index == kNotChosen) index = best_target();
  active_target.store(static_cast<std::uint8_t>(index), std::memory_order_relaxed);
  return index;
}

std::string_view active_target_name() {
  return kTargets[target_index()].name;
}

std::vector<std::string_view> supported_targets() {
  std::vector<std::string_view> names;
  for (const Target& target : kTargets) {
    if (target.is_supported()) names.push_back(target.name);
  }
  return names;
}

bool force_target(std::string_view name) {
  const std::size_t index = target_named(name);
  if (index == detail::kNotChosen) return false;
  detail::active_target.store(static_cast<std::uint8_t>(index), std::memory_order_relaxed);
  return true;
}

}  // namespace folio::simd
