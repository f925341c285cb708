// SPDX-License-Identifier: Apache-2.0
// Waiting for input on a descriptor.
#pragma once

namespace folio::os {

/// True when a read would not block (input, end or error). Waits up to `timeout_ms`; a signal ends the wait
/// early.
[[nodiscard]] bool is_readable_within(int descriptor, int timeout_ms);

}  // namespace folio::os
