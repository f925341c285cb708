// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM as a stop token, for the command. The library itself never installs this.
#pragma once

#include <stop_token>

namespace folio::os {

/// Token that is stopped by the first SIGINT or SIGTERM; a second one of the same kind ends the process as
/// if there were no handler. Installed at the first call; a signal that is ignored stays ignored.
[[nodiscard]] std::stop_token interrupt_token();

}  // namespace folio::os
