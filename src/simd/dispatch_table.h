// SPDX-License-Identifier: Apache-2.0
// Run-time dispatch over the targets that a kernel file was compiled for. Included behind <hwy/highway.h>,
// used inside HWY_ONCE:
//
//   FOLIO_EXPORT(my_kernel);                    // a table with one entry a target
//   return FOLIO_DISPATCH(my_kernel)(a, b);     // the entry of the active target
//
// This replaces HWY_EXPORT and HWY_DYNAMIC_DISPATCH, which need libhwy.so.
// PERF: that library measures the resolution of the processor's timer when it is loaded: 3.4 of the 6.5
// million instructions of `folio count` on a tiny file (callgrind, Debian 12's 1.0.3). Without it the command
// also links statically.
#pragma once

#ifndef HWY_ARCH_X86
#error "include <hwy/highway.h> before simd/dispatch_table.h"
#endif

#include "simd/dispatch.h"

#if HWY_ARCH_X86
// In the order of kTargets in dispatch.cpp.
#define FOLIO_EXPORT(KERNEL)                                                                               \
  static constexpr decltype(&HWY_STATIC_DISPATCH(KERNEL)) KERNEL##_targets[] = {                           \
      HWY_CHOOSE_AVX3(KERNEL), HWY_CHOOSE_AVX2(KERNEL), HWY_CHOOSE_SSE4(KERNEL), HWY_CHOOSE_SSSE3(KERNEL), \
      HWY_CHOOSE_FALLBACK(KERNEL)}
#else
#define FOLIO_EXPORT(KERNEL) \
  static constexpr decltype(&HWY_STATIC_DISPATCH(KERNEL)) KERNEL##_targets[] = {&HWY_STATIC_DISPATCH(KERNEL)}
#endif

#define FOLIO_DISPATCH(KERNEL) (KERNEL##_targets[::folio::simd::target_index()])
