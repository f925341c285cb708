// SPDX-License-Identifier: Apache-2.0
// The W3C Extended Log File Format, whose fields the file itself names: IIS, CloudFront and others.
//
// A "#Fields:" line applies from where it stands. Chunks of a file are parsed apart from each other, so a
// parser is given the file's beginning too. Other lines that begin with "#" are accepted without fields.
// Ownership: a parser owns what it has learnt. Threads: belongs to one. Errors: a Verdict.
#pragma once

#include <memory>
#include <string_view>

#include "folio/error.h"
#include "logs/line_parser.h"

namespace folio::logs {

enum class W3cKind : std::uint8_t {
  Plain,       ///< time-taken in seconds, or milliseconds if the header names a Microsoft product.
  Iis,         ///< time-taken in milliseconds.
  CloudFront,  ///< Separated by tabs, time-taken in seconds; knows its usual fields without a header.
};

/// `header`: the beginning of the file, perhaps empty.
[[nodiscard]] Result<std::unique_ptr<LineParser>> make_w3c_parser(W3cKind kind, std::string_view header);

/// Whether a file that begins so is of the kind.
[[nodiscard]] bool looks_like_w3c(W3cKind kind, std::string_view header);

}  // namespace folio::logs
