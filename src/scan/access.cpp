// SPDX-License-Identifier: Apache-2.0
// Names of the access methods.
#include <array>
#include <utility>

#include "folio/scan.h"

namespace folio {

namespace {

constexpr std::array<std::pair<Access, std::string_view>, 6> kNames{{{Access::Auto, "auto"},
                                                                     {Access::Map, "map"},
                                                                     {Access::Read, "read"},
                                                                     {Access::Uring, "uring"},
                                                                     {Access::Direct, "direct"},
                                                                     {Access::Stream, "stream"}}};

}  // namespace

std::string_view access_name(Access access) {
  for (const auto& [value, name] : kNames) {
    if (value == access) return name;
  }
  return "unknown";
}

std::optional<Access> parse_access(std::string_view name) {
  for (const auto& [value, known] : kNames) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace folio
