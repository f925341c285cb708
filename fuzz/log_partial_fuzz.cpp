// SPDX-License-Identifier: Apache-2.0
// The reader of partials: bytes as they are, and as content under a checksum that fits. What is read must be
// written as it was, and give a report.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "logs/partial/partial.h"

namespace {

void check(std::string_view bytes) {
  const auto read = folio::logs::read_partial(bytes, "fuzz");
  if (!read.has_value()) {
    if (read.error().message().empty()) std::abort();
    return;
  }
  if (folio::logs::write_partial(*read) != bytes) std::abort();
  if (read->report({}).series.buckets.size() > 2000) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  check(bytes);
  check(folio::logs::seal_partial(bytes));
  // Seeds are whole files: their content alone reaches further.
  constexpr std::size_t kAround = 28 + 16;
  if (size > kAround) check(folio::logs::seal_partial(bytes.substr(28, size - kAround)));
  return 0;
}
