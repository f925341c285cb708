// SPDX-License-Identifier: Apache-2.0
#include "os/output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace folio::os {

Result<Outcome> write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return Outcome::Closed;
    } else if (errno != EINTR && errno != EAGAIN) {
      return std::unexpected(system_error(errno, {}, "cannot write"));
    }
  }
  return Outcome::Written;
}

void ignore_closed_pipes() {
  static_cast<void>(signal(SIGPIPE, SIG_IGN));
}

void enlarge_pipe(int descriptor) {
  constexpr int kPipeSize = 1 << 20;
  static_cast<void>(fcntl(descriptor, F_SETPIPE_SZ, kPipeSize));
}

}  // namespace folio::os
