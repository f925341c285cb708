// SPDX-License-Identifier: Apache-2.0
// The report of `folio bench access` as one HTML file.
#pragma once

#include <span>
#include <string>

namespace folio::cli {

/// The whole page; `lines` are the JSON lines of docs/schema/bench-access.md.
[[nodiscard]] std::string access_page(std::span<const std::string> lines);

}  // namespace folio::cli
