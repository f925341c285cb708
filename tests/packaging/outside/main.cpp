// SPDX-License-Identifier: Apache-2.0
// A program outside of folio: counts the lines of a file with the scan engine and maps it.
#include <algorithm>
#include <cstdint>
#include <iostream>

#include "folio/file.h"
#include "folio/mapping.h"
#include "folio/scan.h"

namespace {

struct Lines {
  std::uint64_t count = 0;
  void merge(Lines other) { count += other.count; }
};

}  // namespace

int main(int argc, char** argv) {
  const auto file = folio::File::open(argc > 1 ? argv[1] : "");
  if (!file) return std::cerr << file.error().message() << '\n', 2;
  const auto mapping = folio::Mapping::map(*file);
  if (!mapping) return std::cerr << mapping.error().message() << '\n', 2;
  const auto lines = folio::scan_reduce<Lines>(*file, {}, [](Lines& part, const folio::Chunk& chunk) {
    part.count += static_cast<std::uint64_t>(std::ranges::count(chunk.bytes, std::byte{'\n'}));
  });
  if (!lines) return std::cerr << lines.error().message() << '\n', 2;
  std::cout << lines->value.count << " lines in " << mapping->size() << " bytes\n";
}
