// SPDX-License-Identifier: Apache-2.0
// Which parser reads a file: the one that was asked for, or the one that fits its first lines.
//
// Ownership: plain values. Errors: Result; a format that does not exist, or first lines that nothing fits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/line_parser.h"
#include "logs/structured/json_mapping.h"

namespace folio::logs {

struct FormatRequest {
  std::string format = "auto";  ///< A name, "auto", or a format in Apache's or nginx's language.
  std::string mapping = {};     ///< For formats with keys; empty: the usual keys.
  std::int64_t reference = 0;   ///< Now: times without a year are before it. Nanoseconds since 1970.
};

struct ChosenFormat {
  std::string name;
  std::string why;                   ///< One sentence.
  std::vector<std::string> ranking;  ///< What else was tried, a sentence each.
  std::unique_ptr<LineParser> parser;
};

/// Bytes of a file's beginning that are enough to choose by.
inline constexpr std::size_t kHeadSize = 64 << 10;

/// Says whether the request has a meaning at all, before any file is opened.
[[nodiscard]] Result<void> check_format(const FormatRequest& request);

/// `head` is the beginning of the file, as long as it is or kHeadSize.
[[nodiscard]] Result<ChosenFormat> choose_format(const FormatRequest& request, std::string_view head);

struct FormatName {
  std::string_view name;
  std::string_view description;  ///< One line.
};
[[nodiscard]] std::vector<FormatName> format_names();

}  // namespace folio::logs
