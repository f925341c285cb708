// SPDX-License-Identifier: Apache-2.0
#include "os/memory_lock.h"

#include <sys/resource.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "os/small_file.h"

namespace folio::os {

namespace {

constexpr unsigned kCapIpcLock = 14;  // linux/capability.h

std::uint64_t status_number(const std::string& status, std::string_view name, int base) {
  const std::size_t line = status.find(name);
  return line == std::string::npos ? 0 : std::strtoull(status.c_str() + line + name.size(), nullptr, base);
}

}  // namespace

MemoryLockLimit memory_lock_limit() {
  MemoryLockLimit result;
  const std::string status = read_small_file("/proc/self/status").value_or("");
  result.locked = status_number(status, "\nVmLck:", 10) * 1024;
  if ((status_number(status, "\nCapEff:", 16) >> kCapIpcLock & 1U) != 0) return result;
  rlimit limit{};
  if (::getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return result;
  result.bytes = limit.rlim_cur == RLIM_INFINITY ? kUnlimited : limit.rlim_cur;
  return result;
}

void raise_pinning_limits() {
  for (const auto which : {RLIMIT_MEMLOCK, RLIMIT_NOFILE}) {
    rlimit limit{};
    if (::getrlimit(which, &limit) != 0 || limit.rlim_cur == limit.rlim_max) continue;
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(::setrlimit(which, &limit));
  }
}

}  // namespace folio::os
