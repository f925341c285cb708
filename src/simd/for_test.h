// SPDX-License-Identifier: Apache-2.0
// For tests: bytes that end (or begin) at a page that must not be touched, and tests that run on every
// target.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "folio/bytes.h"
#include "simd/dispatch.h"

namespace folio::simd {

/// Memory between two pages without access: reading one byte too far is a crash.
class GuardedBytes {
 public:
  explicit GuardedBytes(std::size_t capacity) : capacity_{(capacity + kPage - 1) / kPage * kPage} {
    void* base = mmap(nullptr, capacity_ + 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) std::abort();
    base_ = static_cast<std::byte*>(base);
    if (mprotect(base_ + kPage, capacity_, PROT_READ | PROT_WRITE) != 0) std::abort();
  }
  GuardedBytes(const GuardedBytes&) = delete;
  GuardedBytes& operator=(const GuardedBytes&) = delete;
  ~GuardedBytes() { munmap(base_, capacity_ + 2 * kPage); }

  /// A copy of `source` whose last byte is the last one that may be read.
  [[nodiscard]] ByteView at_end(ByteView source) {
    std::byte* target = base_ + kPage + capacity_ - source.size();
    std::copy(source.begin(), source.end(), target);
    return {target, source.size()};
  }

  /// A copy of `source` that begins at the first byte that may be read.
  [[nodiscard]] ByteView at_begin(ByteView source) {
    std::copy(source.begin(), source.end(), base_ + kPage);
    return {base_ + kPage, source.size()};
  }

 private:
  static constexpr std::size_t kPage = 4096;
  std::size_t capacity_;
  std::byte* base_ = nullptr;
};

/// Runs each test on one forced target, and goes back to the best afterwards.
class OnEveryTarget : public testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(force_target(GetParam()));
    ASSERT_EQ(active_target_name(), GetParam());
  }
  void TearDown() override { ASSERT_TRUE(force_target({})); }
};

inline std::string target_test_name(const testing::TestParamInfo<std::string_view>& info) {
  return std::string{info.param};
}

#define FOLIO_ON_EVERY_TARGET(Suite)                                                              \
  INSTANTIATE_TEST_SUITE_P(Targets, Suite, testing::ValuesIn(::folio::simd::supported_targets()), \
                           ::folio::simd::target_test_name)

}  // namespace folio::simd
