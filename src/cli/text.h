// SPDX-License-Identifier: Apache-2.0
// Bytes made safe for a place: names in messages and columns, strings in JSON.
#pragma once

#include <string>
#include <string_view>

#include "folio/bytes.h"

namespace folio::cli {

/// The name as it is, or quoted for a shell where it holds a control character ('a'$'\n''b').
[[nodiscard]] std::string quoted_name(std::string_view name);

/// Appends `text` as a JSON string with its quotes. REQUIRES: valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// The same as a text of its own.
[[nodiscard]] std::string json_string(std::string_view text);

/// Appends {"text":"..."} for valid UTF-8 and {"bytes":"base64"} for everything else.
void append_json_bytes(std::string& out, std::string_view bytes);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Bytes of the UTF-8 character at the beginning of `text`; 0 where there is none.
[[nodiscard]] std::size_t utf8_character_size(std::string_view text);

}  // namespace folio::cli
