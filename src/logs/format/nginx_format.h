// SPDX-License-Identifier: Apache-2.0
// nginx's language of log formats: `$remote_addr - $remote_user [$time_local] "$request"`.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "folio/error.h"
#include "logs/format/format_piece.h"

namespace folio::logs {

struct Variable {
  std::string_view name;
  FieldSpec spec;
};

/// Variables are looked up among `own` first, then among nginx's. Those that folio has no use for skip their
/// text.
[[nodiscard]] Result<FormatPieces> read_nginx_format(std::string_view format,
                                                     std::span<const Variable> own = {});

}  // namespace folio::logs
