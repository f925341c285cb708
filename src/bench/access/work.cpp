// SPDX-License-Identifier: Apache-2.0
#include "bench/access/work.h"

#include <thread>
#include <vector>

#include "os/signals.h"
#include "simd/count_byte.h"
#include "simd/sum_bytes.h"

namespace folio::bench {

namespace {

constexpr std::byte kNewline{'\n'};

}  // namespace

std::uint64_t look_at(WorkKind work, ByteView bytes) {
  return work == WorkKind::Newlines ? simd::count_byte(bytes, kNewline) : simd::sum_bytes(bytes);
}

Result<std::uint64_t> sum_over_threads(unsigned threads, const std::function<Result<std::uint64_t>()>& body) {
  if (threads == 1) return body();
  std::vector<Result<std::uint64_t>> results(threads);
  {
    std::vector<std::jthread> others;
    others.reserve(threads - 1);
    for (unsigned i = 1; i < threads; ++i) {
      others.emplace_back([&, i] {
        os::unblock_sigbus();
        results[i] = body();
      });
    }
    results[0] = body();
  }
  std::uint64_t sum = 0;
  for (auto& result : results) {
    if (!result) return std::unexpected(std::move(result).error());
    sum += *result;
  }
  return sum;
}

}  // namespace folio::bench
