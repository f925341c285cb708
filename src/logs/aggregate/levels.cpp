// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/levels.h"

#include <algorithm>
#include <array>
#include <utility>

#include "logs/aggregate/lower.h"

namespace folio::logs {

namespace {

// Word -> name. The names are those of syslog, and trace.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> kLevels{{
    {"trace", "trace"},
    {"trc", "trace"},
    {"t", "trace"},
    {"finest", "trace"},
    {"debug", "debug"},
    {"dbg", "debug"},
    {"d", "debug"},
    {"fine", "debug"},
    {"verbose", "debug"},
    {"info", "info"},
    {"inf", "info"},
    {"i", "info"},
    {"information", "info"},
    {"informational", "info"},
    {"notice", "notice"},
    {"note", "notice"},
    {"warning", "warning"},
    {"warn", "warning"},
    {"wrn", "warning"},
    {"w", "warning"},
    {"error", "error"},
    {"err", "error"},
    {"e", "error"},
    {"eror", "error"},
    {"severe", "error"},
    {"critical", "critical"},
    {"crit", "critical"},
    {"fatal", "critical"},
    {"f", "critical"},
    {"alert", "alert"},
    {"emergency", "emergency"},
    {"emerg", "emergency"},
    {"panic", "emergency"},
}};

constexpr std::array<std::string_view, 4> kErrors{"error", "critical", "alert", "emergency"};

}  // namespace

std::string level_name(std::string_view level) {
  const std::string word = lower(level);
  for (const auto& [written, name] : kLevels) {
    if (written == word) return std::string{name};
  }
  return std::string{level};
}

bool is_error_level(std::string_view level) {
  return std::find(kErrors.begin(), kErrors.end(), level_name(level)) != kErrors.end();
}

}  // namespace folio::logs
