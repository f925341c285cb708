// SPDX-License-Identifier: Apache-2.0
#include "os/output.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "os/interrupt.h"

namespace folio::os {

namespace {

ssize_t write_once(int descriptor, ByteView bytes) {
  const InterruptibleCall call;
  return write(descriptor, bytes.data(), bytes.size());
}

}  // namespace

Result<Outcome> write_all(int descriptor, ByteView bytes, const std::stop_token& stop) {
  while (!bytes.empty()) {
    // Looked at before each call: a signal that cut a write short would not end the next one.
    if (stop.stop_requested()) return Outcome::Interrupted;
    const ssize_t written = write_once(descriptor, bytes);
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return Outcome::Closed;
    } else if (errno == EAGAIN) {
      pollfd room{.fd = descriptor, .events = POLLOUT, .revents = 0};
      static_cast<void>(poll(&room, 1, -1));
    } else if (errno != EINTR) {
      return std::unexpected(system_error(errno, {}, "cannot write"));
    }
  }
  return Outcome::Written;
}

void ignore_closed_pipes() {
  static_cast<void>(signal(SIGPIPE, SIG_IGN));
}

void set_position(int descriptor, std::uint64_t offset) {
  static_cast<void>(lseek(descriptor, static_cast<off_t>(offset), SEEK_SET));
}

void enlarge_pipe(int descriptor) {
  constexpr int kPipeSize = 1 << 20;
  static_cast<void>(fcntl(descriptor, F_SETPIPE_SZ, kPipeSize));
}

}  // namespace folio::os
