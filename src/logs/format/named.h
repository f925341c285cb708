// SPDX-License-Identifier: Apache-2.0
// The formats that have a name: those of servers, proxies and clouds.
//
// Ownership: parsers own all they need. Threads: plain functions. Errors: a name that nobody knows.
// To add one: a row in named.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "folio/error.h"
#include "logs/line_parser.h"

namespace folio::logs {

/// What a parser may have to know beside its lines.
struct FormatHints {
  std::string_view header = {};  ///< The file's beginning, for formats that say there what their fields are.
  std::int64_t reference_time =
      0;  ///< For times without a year: the file's last change, or now. Nanoseconds.
};

struct NamedFormat {
  std::string_view name;
  std::string_view description;  ///< One line.
  Result<std::unique_ptr<LineParser>> (*make)(const FormatHints& hints) = nullptr;
  /// Whether to try it on a file that begins so, where nobody named a format; nullptr: always.
  bool (*may_fit)(const FormatHints& hints) = nullptr;
};

/// In the order in which equally good ones are chosen.
[[nodiscard]] std::span<const NamedFormat> named_formats();

[[nodiscard]] Result<std::unique_ptr<LineParser>> make_named_parser(std::string_view name,
                                                                    const FormatHints& hints);

}  // namespace folio::logs
