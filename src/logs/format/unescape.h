// SPDX-License-Identifier: Apache-2.0
// Undoes what Apache and nginx do to bytes that would break a line. For distinct values, at report time.
#pragma once

#include <string>
#include <string_view>

namespace folio::logs {

/// \" \' \\ \/ \b \f \n \r \t \v and \xHH; everything else stays as it is. The result may hold any bytes.
[[nodiscard]] std::string unescape(std::string_view text);

}  // namespace folio::logs
