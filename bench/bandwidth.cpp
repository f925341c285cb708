// SPDX-License-Identifier: Apache-2.0
// Prints this machine's memory read bandwidth as JSON, for the comparison scripts: bytes per second.
#include <cstdio>

#include "bench/bandwidth.h"

int main() {
  const auto measured = folio::bench::measure_read_bandwidth();
  if (!measured) {
    static_cast<void>(std::fprintf(stderr, "%s\n", measured.error().message().c_str()));
    return 2;
  }
  std::printf("{\"best\":%.0f,\"median\":%.0f,\"threads\":%u,\"bytes\":%llu}\n", measured->best,
              measured->median, measured->threads, static_cast<unsigned long long>(measured->bytes));
  return 0;
}
