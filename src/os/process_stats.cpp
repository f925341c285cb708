// SPDX-License-Identifier: Apache-2.0
// Reads getrusage(2) and /proc/self/statm.
#include "os/process_stats.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "os/small_file.h"

namespace folio::os {

FaultCounts thread_faults() {
  rusage usage{};
  if (::getrusage(RUSAGE_THREAD, &usage) != 0) return {};
  return {static_cast<std::uint64_t>(usage.ru_minflt), static_cast<std::uint64_t>(usage.ru_majflt)};
}

std::uint64_t anonymous_memory() {
  const auto text = read_small_file("/proc/self/statm");
  if (!text) return 0;
  const char* cursor = text->c_str();
  char* rest = nullptr;
  std::strtoull(cursor, &rest, 10);  // virtual size
  const std::uint64_t resident = std::strtoull(rest, &rest, 10);
  const std::uint64_t shared = std::strtoull(rest, &rest, 10);
  return resident > shared ? (resident - shared) * page_size() : 0;
}

std::uint64_t page_size() {
  static const std::uint64_t size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace folio::os
