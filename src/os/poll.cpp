// SPDX-License-Identifier: Apache-2.0
#include "os/poll.h"

#include <poll.h>

namespace folio::os {

bool is_readable_within(int descriptor, int timeout_ms) {
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  return poll(&watched, 1, timeout_ms) > 0;
}

}  // namespace folio::os
