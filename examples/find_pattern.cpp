// SPDX-License-Identifier: Apache-2.0
// Prints the offset of every occurrence of a pattern, in file order, found on all cores: find_pattern FILE
// PATTERN
#include <cstdint>
#include <iostream>
#include <string_view>
#include <vector>

#include "folio/scan.h"

int main(int argc, char** argv) {
  const std::string_view pattern = argc == 3 ? argv[2] : "";
  // Chunks hold whole lines, so that no occurrence is cut in two, as long as the pattern is part of a line.
  if (pattern.empty() || pattern.contains('\n')) return std::cerr << "usage: find_pattern FILE PATTERN\n", 2;
  const auto file = folio::File::open(argv[1]);
  if (!file) return std::cerr << file.error().message() << '\n', 2;

  using Offsets = std::vector<std::uint64_t>;
  const auto find = [pattern](const folio::Chunk& chunk, Offsets& offsets, folio::ChunkTurn&) {
    const std::string_view text = folio::to_text(chunk.bytes);
    for (auto at = text.find(pattern); at != text.npos; at = text.find(pattern, at + 1)) {
      offsets.push_back(chunk.offset + at);
    }
  };
  const auto print = [](const Offsets& offsets, folio::ByteRange) {
    for (const std::uint64_t offset : offsets) std::cout << offset << '\n';
    return std::cout ? folio::Flow::Continue : folio::Flow::Stop;
  };
  const auto report = folio::scan_ordered<Offsets>(*file, {}, find, print);
  if (!report) return std::cerr << report.error().message() << '\n', 2;
  if (report->complete()) return 0;
  std::cerr << "only bytes up to " << report->covered.end << ": " << report->problem->message() << '\n';
  return 3;
}
