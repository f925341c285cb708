// SPDX-License-Identifier: Apache-2.0
// Choice of the instruction set for all kernels, on top of Highway's own run-time dispatch.
#include "simd/dispatch.h"

#include <cstdint>
#include <cstdlib>
#include <mutex>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/dispatch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

std::int64_t this_target() {
  return HWY_TARGET;
}

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

HWY_EXPORT(this_target);

namespace detail {
std::atomic<bool> target_is_chosen{false};
}

namespace {

// In Highway's bits, better targets come lower; both fallbacks mean our own scalar twins.
constexpr std::int64_t kFallbacks = HWY_SCALAR | HWY_EMU128;

struct NamedTarget {
  std::string_view name;
  std::int64_t bits;
};

constexpr NamedTarget kTargets[] = {
#if HWY_ARCH_X86
    {"avx3_dl", HWY_AVX3_DL}, {"avx3", HWY_AVX3},   {"avx2", HWY_AVX2},
    {"sse4", HWY_SSE4},       {"ssse3", HWY_SSSE3},
#elif HWY_ARCH_ARM
    {"sve2_128", HWY_SVE2_128}, {"sve_256", HWY_SVE_256}, {"sve2", HWY_SVE2},
    {"sve", HWY_SVE},           {"neon", HWY_NEON},
#elif HWY_ARCH_PPC
    {"ppc8", HWY_PPC8},
#endif
    {"scalar", kFallbacks},
};

std::mutex choice_mutex;

std::int64_t detected_targets() {
  static const std::int64_t detected = [] {
    hwy::SetSupportedTargetsForTest(0);
    return hwy::SupportedTargets() & (HWY_TARGETS);
  }();
  return detected;
}

bool is_supported(const NamedTarget& target) {
  return target.bits == kFallbacks || (detected_targets() & target.bits) != 0;
}

// REQUIRES: choice_mutex is held.
void use(std::int64_t bits) {
  hwy::SetSupportedTargetsForTest(bits);
  hwy::GetChosenTarget().Update(bits);
}

// REQUIRES: choice_mutex is held.
bool use_named(std::string_view name) {
  if (name.empty()) {
    use(detected_targets() | kFallbacks);
    return true;
  }
  for (const NamedTarget& target : kTargets) {
    if (target.name != name || !is_supported(target)) continue;
    use(target.bits);
    return true;
  }
  return false;
}

}  // namespace

void detail::choose_target_from_environment() {
  const std::lock_guard lock{choice_mutex};
  if (target_is_chosen.load(std::memory_order_relaxed)) return;
  const char* wanted = std::getenv("FOLIO_SIMD");
  if (wanted == nullptr || !use_named(wanted)) use_named({});
  target_is_chosen.store(true, std::memory_order_release);
}

std::string_view active_target_name() {
  ensure_target_is_chosen();
  const std::int64_t active = HWY_DYNAMIC_DISPATCH(this_target)();
  for (const NamedTarget& target : kTargets) {
    if ((target.bits & active) != 0) return target.name;
  }
  return "unknown";
}

std::vector<std::string_view> supported_targets() {
  ensure_target_is_chosen();
  std::vector<std::string_view> names;
  for (const NamedTarget& target : kTargets) {
    if (is_supported(target)) names.push_back(target.name);
  }
  return names;
}

bool force_target(std::string_view name) {
  ensure_target_is_chosen();
  const std::lock_guard lock{choice_mutex};
  return use_named(name);
}

}  // namespace folio::simd
#endif
