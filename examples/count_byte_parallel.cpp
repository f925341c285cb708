// SPDX-License-Identifier: Apache-2.0
// Counts how often one byte occurs in a file, on all cores: count_byte_parallel FILE CHARACTER
#include <algorithm>
#include <cstdint>
#include <iostream>

#include "folio/scan.h"

struct Count {  // what one chunk yields, and what the chunks are merged into
  std::uint64_t value = 0;
  void merge(Count other) { value += other.value; }
};

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: count_byte_parallel FILE CHARACTER\n", 2;
  const auto wanted = static_cast<std::byte>(argv[2][0]);
  const auto file = folio::File::open(argv[1]);
  if (!file) return std::cerr << file.error().message() << '\n', 2;

  folio::ScanOptions options;
  options.records = folio::Records::none();  // any byte may be the last of a chunk
  const auto fold = [wanted](Count& part, const folio::Chunk& chunk) {
    part.value += static_cast<std::uint64_t>(std::ranges::count(chunk.bytes, wanted));
  };
  const auto result = folio::scan_reduce<Count>(*file, options, fold);
  if (!result) return std::cerr << result.error().message() << '\n', 2;

  std::cout << result->value.value << '\n';
  const folio::ScanReport& report = result->report;
  if (report.complete()) return 0;
  std::cerr << "only bytes up to " << report.covered.end << ": " << report.problem->message() << '\n';
  return 3;
}
