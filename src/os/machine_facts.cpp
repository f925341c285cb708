// SPDX-License-Identifier: Apache-2.0
#include "os/machine_facts.h"

#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "os/kernel_text.h"

namespace folio::os {

namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

/// Value of the first line "name : value".
std::string value_of(std::string_view text, std::string_view name) {
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || trimmed(line.substr(0, colon)) != name) continue;
    return printable(line.substr(colon + 1));
  }
  return {};
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr std::size_t kSizeMax = 256;
  std::string clean{trimmed(text).substr(0, kSizeMax)};
  std::ranges::replace_if(clean, [](char byte) { return byte < ' ' || byte > '~'; }, '?');
  return clean;
}

std::string kernel_release() {
  utsname names{};
  return ::uname(&names) == 0 ? printable(static_cast<const char*>(names.release)) : std::string{};
}

std::string cpu_model(const fs::path& root) {
  const std::string text = read_text(root / "proc/cpuinfo").value_or("");
  // x86, then what other architectures call it.
  for (const std::string_view name : {"model name", "cpu", "uarch", "Model", "Hardware"}) {
    if (std::string value = value_of(text, name); !value.empty()) return value;
  }
  return {};
}

std::optional<std::uint64_t> physical_memory(const fs::path& root) {
  constexpr std::uint64_t kUnit = 1024;  // whatever it is called there
  const auto total = read_field(root / "proc/meminfo", "MemTotal");
  if (!total || *total > UINT64_MAX / kUnit) return std::nullopt;
  return *total * kUnit;
}

std::string transparent_huge_pages(const fs::path& root) {
  const std::string text = read_text(root / "sys/kernel/mm/transparent_hugepage/enabled").value_or("");
  const std::size_t open = text.find('[');
  const std::size_t close = text.find(']', open == std::string::npos ? text.size() : open);
  if (close == std::string::npos) return {};
  return printable(std::string_view{text}.substr(open + 1, close - open - 1));
}

std::vector<Mitigation> mitigations(const fs::path& root) {
  constexpr std::size_t kCountMax = 256;
  std::vector<Mitigation> found;
  std::error_code error;
  fs::directory_iterator entry(root / "sys/devices/system/cpu/vulnerabilities", error);
  for (; !error && entry != fs::directory_iterator{} && found.size() < kCountMax; entry.increment(error)) {
    const auto state = read_text(entry->path());
    if (state) found.push_back({printable(entry->path().filename().string()), printable(*state)});
  }
  std::ranges::sort(found, {}, &Mitigation::name);
  return found;
}

}  // namespace folio::os
