// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM as a stop token, for the command. The library itself never installs this.
#pragma once

#include <stop_token>

namespace folio::os {

/// Token that is stopped by the first SIGINT or SIGTERM; the second one ends the process at once with status
/// 130. Installs the handlers at the first call.
[[nodiscard]] std::stop_token interrupt_token();

}  // namespace folio::os
