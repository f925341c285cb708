// SPDX-License-Identifier: Apache-2.0
// Reads getrusage(2), /proc/self/statm and /proc/self/status.
#include "os/process_stats.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include "os/small_file.h"

namespace folio::os {

namespace {

rusage usage_of(int who) {
  rusage usage{};
  if (::getrusage(who, &usage) != 0) return {};
  return usage;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Bytes behind `name` in /proc/self/status; 0 where there is none.
std::uint64_t status_bytes(const std::string& status, std::string_view name) {
  const std::size_t line = status.find(name);
  return line == std::string::npos ? 0
                                   : std::strtoull(status.c_str() + line + name.size(), nullptr, 10) * 1024;
}

}  // namespace

FaultCounts thread_faults() {
  const rusage usage = usage_of(RUSAGE_THREAD);
  return {static_cast<std::uint64_t>(usage.ru_minflt), static_cast<std::uint64_t>(usage.ru_majflt)};
}

std::uint64_t thread_time_ns() {
  timespec now{};
  if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return 0;
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

ProcessUsage operator-(const ProcessUsage& now, const ProcessUsage& before) {
  return {.user_seconds = now.user_seconds - before.user_seconds,
          .system_seconds = now.system_seconds - before.system_seconds,
          .minor_faults = now.minor_faults - before.minor_faults,
          .major_faults = now.major_faults - before.major_faults,
          .voluntary_switches = now.voluntary_switches - before.voluntary_switches,
          .involuntary_switches = now.involuntary_switches - before.involuntary_switches};
}

ProcessUsage process_usage() {
  const rusage usage = usage_of(RUSAGE_SELF);
  return {.user_seconds = seconds_of(usage.ru_utime),
          .system_seconds = seconds_of(usage.ru_stime),
          .minor_faults = static_cast<std::uint64_t>(usage.ru_minflt),
          .major_faults = static_cast<std::uint64_t>(usage.ru_majflt),
          .voluntary_switches = static_cast<std::uint64_t>(usage.ru_nvcsw),
          .involuntary_switches = static_cast<std::uint64_t>(usage.ru_nivcsw)};
}

std::optional<MemoryUse> memory_use() {
  const auto status = read_small_file("/proc/self/status");
  if (!status) return std::nullopt;
  MemoryUse use{.address_space = status_bytes(*status, "\nVmSize:"),
                .resident = 0,
                .anonymous = status_bytes(*status, "\nRssAnon:"),
                .file_backed = status_bytes(*status, "\nRssFile:") + status_bytes(*status, "\nRssShmem:")};
  use.resident = use.anonymous + use.file_backed;
  return use;
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

std::uint64_t peak_memory() {
  const auto status = read_small_file("/proc/self/status");
  return status ? status_bytes(*status, "\nVmHWM:") : 0;
}

void reset_peak_memory() {
  const int control = ::open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (control < 0) return;
  static_cast<void>(::write(control, "5", 1) == 1);
  ::close(control);
}

std::uint64_t page_size() {
  static const std::uint64_t size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace folio::os
