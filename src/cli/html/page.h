// SPDX-License-Identifier: Apache-2.0
// The shell of every HTML page: one file that needs nothing else and may reach for nothing else.
//
// Scripts draw all of the page from data lines. The content security policy allows exactly the styles and
// scripts that were given, by their hashes, and no network.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/html/assets.h"

namespace folio::cli {

struct Page {
  std::string_view title;  ///< REQUIRES: no markup.
  std::span<const Asset* const> styles;
  std::span<const Asset* const> scripts;  ///< Run in this order, after the data.
  std::span<const std::string> data;      ///< JSON texts, one a line. REQUIRES: valid JSON without line ends.
};

[[nodiscard]] std::string html_page(const Page& page);

/// Appends a JSON text so that it can stand inside a script element: "<" and the line separators of Unicode,
/// which occur in strings only, are escaped.
void append_embedded_json(std::string& out, std::string_view json);

}  // namespace folio::cli
