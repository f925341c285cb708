// SPDX-License-Identifier: Apache-2.0
// Colours of the parts of a line of output, as --colors sets them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace folio::cli {

/// The escape sequences that begin a part; all empty where colours are off.
struct StyleSheet {
  struct Style {
    bool bold = false;
    bool intense = false;
    bool underline = false;
    std::string foreground;  ///< "", a name's digit 0 to 7, "5;N" or "2;R;G;B".
    std::string background;

    bool operator==(const Style&) const = default;
    [[nodiscard]] std::string sequence() const;
  };
  Style path{false, false, false, "5", ""};
  Style line{false, false, false, "2", ""};
  Style column;
  Style match{true, false, false, "1", ""};

  /// Applies 'TYPE:ATTRIBUTE:VALUE' or 'TYPE:none'. Null, or what was expected.
  [[nodiscard]] const char* apply(std::string_view specification);
};

/// A text in a style: reset, style, text, reset.
void append_styled(std::string& out, std::string_view text, const std::string& sequence);

}  // namespace folio::cli
