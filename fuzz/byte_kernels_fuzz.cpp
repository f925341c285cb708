// SPDX-License-Identifier: Apache-2.0
// The byte kernels against their scalar twins, on every target of this machine: first byte the value, rest
// the data.
#include <cstdint>
#include <cstdlib>

#include "simd/count_byte.h"
#include "simd/dispatch.h"
#include "simd/find_byte.h"
#include "simd/scalar.h"
#include "simd/sum_bytes.h"

namespace {

namespace simd = folio::simd;

bool kernels_agree(folio::ByteView bytes, std::byte value) {
  return simd::count_byte(bytes, value) == simd::scalar::count_byte(bytes, value) &&
         simd::find_byte(bytes, value) == simd::scalar::find_byte(bytes, value) &&
         simd::find_last_byte(bytes, value) == simd::scalar::find_last_byte(bytes, value) &&
         simd::sum_bytes(bytes) == simd::scalar::sum_bytes(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span{data, size});
  for (const auto target : simd::supported_targets()) {
    if (!simd::force_target(target) || !kernels_agree(bytes.subspan(1), bytes[0])) std::abort();
  }
  return 0;
}
