// SPDX-License-Identifier: Apache-2.0
// Checks one JSON object (RFC 8259) and finds its members, without interpreting them.
//
// For text that is small or read once: lines of measurements, settings.
// Ownership: what is found are views into the text. Threads: plain functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace folio {

/// One member as it stands in the text: the name without its quotes, escapes not resolved; the value without
/// the white space around it.
struct JsonMember {
  std::string_view name;
  std::string_view value;
};

/// Objects and arrays inside each other at most; deeper ones count as wrong.
inline constexpr int kJsonDepthMax = 64;

/// The members of the object that `text` is, in their order; nothing where `text` is anything but one object.
/// REQUIRES: valid UTF-8.
[[nodiscard]] std::optional<std::vector<JsonMember>> json_members(std::string_view text);

}  // namespace folio
