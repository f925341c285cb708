// SPDX-License-Identifier: Apache-2.0
// The verification budget of one packed-pair call: opened with the work of earlier calls, closed into it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "simd/packed_pair.h"

namespace folio::simd {

class PairBudget {
 public:
  PairBudget(const PairWork& work, std::size_t from) : allowance_{work.allowance}, from_{from} {}

  void spend(std::size_t bytes) {
    ++candidates_;
    verified_bytes_ += bytes;
  }
  [[nodiscard]] bool exhausted(std::size_t at) const { return verified_bytes_ > granted(at); }

  /// Books the call, which advanced up to `at`.
  void close(PairWork& work, std::size_t at) const {
    work.candidates += candidates_;
    work.verified_bytes += verified_bytes_;
    work.allowance = std::min(kMaxAllowance, std::max(granted(at), verified_bytes_) - verified_bytes_);
  }

 private:
  [[nodiscard]] std::uint64_t granted(std::size_t at) const {
    return allowance_ + kVerifiedPerByte * (at - from_);
  }

  std::uint64_t allowance_;
  std::size_t from_;
  std::uint64_t candidates_ = 0;
  std::uint64_t verified_bytes_ = 0;
};

}  // namespace folio::simd
