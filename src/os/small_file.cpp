// SPDX-License-Identifier: Apache-2.0
#include "os/small_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace folio::os {

std::optional<std::string> read_small_file(const char* path) {
  const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  do {
    got = ::read(descriptor, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  } while (got > 0 || (got < 0 && errno == EINTR));
  ::close(descriptor);
  if (got < 0) return std::nullopt;
  return text;
}

int write_small_file(const char* path, std::string_view text) {
  const int descriptor = ::open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return errno;
  ssize_t written = 0;
  do {
    written = ::write(descriptor, text.data(), text.size());
  } while (written < 0 && errno == EINTR);
  const int problem = written < 0 ? errno : 0;
  ::close(descriptor);
  return problem;
}

}  // namespace folio::os
