// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: a folder that is removed again, files with known bytes, and child
// processes.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "folio/bytes.h"
#include "os/small_file.h"

namespace folio::os {

class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string name = (parent / "folio_os_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// A file of `size` pattern bytes.
  [[nodiscard]] std::filesystem::path file(const std::string& name, std::uint64_t size) const;

  std::filesystem::path text(const std::filesystem::path& name, const std::string& content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name, std::ios::binary} << content;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

/// Byte of the pattern at an offset; never 0, so that a lost byte is seen.
[[nodiscard]] inline std::byte pattern_byte(std::uint64_t offset) {
  return static_cast<std::byte>(1 + (offset ^ (offset >> 8) ^ (offset >> 16)) % 251);
}

inline std::filesystem::path ScratchFolder::file(const std::string& name, std::uint64_t size) const {
  std::string content(size, '\0');
  for (std::uint64_t offset = 0; offset < size; ++offset)
    content[offset] = static_cast<char>(pattern_byte(offset));
  return text(name, content);
}

[[nodiscard]] inline std::string read_whole(const std::filesystem::path& path) {
  return read_small_file(path.c_str()).value_or("");
}

/// Offset of the first byte that is not the pattern's; the size if all are.
[[nodiscard]] inline std::uint64_t first_difference(ByteView bytes, std::uint64_t file_offset = 0) {
  std::uint64_t offset = 0;
  while (offset < bytes.size() && bytes[offset] == pattern_byte(file_offset + offset)) ++offset;
  return offset;
}

/// Runs `body` in a child; returns the child's status as of waitpid(2). The body's result is the exit status.
inline int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
  }
  return status;
}

[[nodiscard]] inline bool exited_with(int status, int code) {
  return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

[[nodiscard]] inline bool died_by(int status, int signal) {
  return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

[[nodiscard]] inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

// Sanitizers make mlock(2) do nothing, and their shadow memory faults too.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

[[nodiscard]] inline unsigned torture_rounds(unsigned rounds) {
  const char* const text = std::getenv("FOLIO_TORTURE_ROUNDS");
  return text == nullptr ? rounds : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace folio::os
