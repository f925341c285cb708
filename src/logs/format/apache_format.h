// SPDX-License-Identifier: Apache-2.0
// Apache's language of log formats: "%h %l %u %t \"%r\" %>s %b".
#pragma once

#include <string_view>

#include "folio/error.h"
#include "logs/format/format_piece.h"

namespace folio::logs {

/// Directives that folio has no use for skip their text.
[[nodiscard]] Result<FormatPieces> read_apache_format(std::string_view format);

}  // namespace folio::logs
