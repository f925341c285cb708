// SPDX-License-Identifier: Apache-2.0
#include "bench/compare_machine.h"

#include <array>
#include <ctime>
#include <sstream>
#include <system_error>

#include "folio/limits.h"
#include "os/small_file.h"

namespace folio::bench {

namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  if (::gmtime_r(&now, &parts) == nullptr) return {};
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string first_line(const char* path) {
  const std::string text = os::read_small_file(path).value_or("");
  return text.substr(0, text.find('\n'));
}

std::string cpu_model() {
  const std::string text = os::read_small_file("/proc/cpuinfo").value_or("");
  const std::size_t name = text.find("model name");
  if (name == std::string::npos) return {};
  const std::size_t begin = text.find(": ", name);
  if (begin == std::string::npos) return {};
  return text.substr(begin + 2, text.find('\n', begin) - begin - 2);
}

/// Whether `path` is `folder` or below it.
bool is_below(const std::string& path, const std::string& folder) {
  if (folder == "/" || path == folder) return true;
  return path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace

CompareMachine describe_compare_machine() {
  const MachineLimits limits = machine_limits();
  return {.time = utc_now(),
          .kernel = first_line("/proc/sys/kernel/osrelease"),
          .cpu = cpu_model(),
          .cores = limits.cores,
          .memory = limits.memory_total};
}

// Lines of /proc/self/mountinfo: id, parent, device, root, mount point, options, ..., "-", type, source, ...
std::string file_system_of(const std::filesystem::path& path) {
  std::error_code error;
  const std::string real = std::filesystem::canonical(path, error).string();
  std::istringstream mounts(os::read_small_file("/proc/self/mountinfo").value_or(""));
  std::string best_point;
  std::string best_type;
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words(line);
    std::string point;
    for (int i = 0; i < 5; ++i) words >> point;
    const std::size_t dash = line.find(" - ");
    if (error || dash == std::string::npos || !is_below(real, point) || point.size() < best_point.size())
      continue;
    best_point = point;
    best_type = line.substr(dash + 3, line.find(' ', dash + 3) - dash - 3);
  }
  return best_type;
}

}  // namespace folio::bench
