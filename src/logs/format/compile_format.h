// SPDX-License-Identifier: Apache-2.0
// Makes a parser from a format as Apache's or nginx's configuration has it.
//
// Ownership: the parser owns all it needs. Threads: plain functions. Errors: one sentence and the position.
#pragma once

#include <memory>
#include <string_view>

#include "folio/error.h"
#include "logs/line_parser.h"

namespace folio::logs {

/// Apache's language if "%" comes in it, nginx's if "$" does. Also takes a whole directive: LogFormat "..."
/// name, or log_format name escape=default '...' '...';
[[nodiscard]] Result<std::unique_ptr<LineParser>> compile_format(std::string_view format);

}  // namespace folio::logs
