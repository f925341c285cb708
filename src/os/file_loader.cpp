// SPDX-License-Identifier: Apache-2.0
#include "os/file_loader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/try.h"

namespace folio::os {

namespace {

// Room behind the content: the read that finds the end need not be a second one.
constexpr std::uint64_t kSlack = 4096;
constexpr std::uint64_t kBufferMin = 128ULL << 10;

}  // namespace

FileLoader::~FileLoader() {
  close();
}

void FileLoader::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

Result<FileLoader::Loaded> FileLoader::load(int directory, const char* name, std::string_view shown,
                                            std::uint64_t size_max) {
  close();
  const auto opened = open_for_reading(directory, name);
  if (!opened) return std::unexpected(system_error(opened.error(), std::string{shown}, "can't open"));
  descriptor_ = *opened;
  struct stat facts{};
  if (::fstat(descriptor_, &facts) != 0) {
    return std::unexpected(system_error(errno, std::string{shown}, "can't be looked at"));
  }
  if (S_ISDIR(facts.st_mode)) return std::unexpected(system_error(EISDIR, std::string{shown}, "can't read"));
  if (!S_ISREG(facts.st_mode)) return Loaded{.outcome = Outcome::NotRegular, .content = {}, .size = 0};
  facts_ = {facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size > size_max) return Loaded{.outcome = Outcome::TooLarge, .content = {}, .size = size};
  const std::uint64_t got = FOLIO_TRY(read_all(size, shown));
  // Files of the kernel have no size, and may have any content.
  if (got > size_max) return Loaded{.outcome = Outcome::TooLarge, .content = {}, .size = got};
  return Loaded{.outcome = Outcome::Loaded, .content = {buffer_.data(), got}, .size = size};
}

Result<std::uint64_t> FileLoader::read_all(std::uint64_t size, std::string_view shown) {
  FOLIO_TRY(buffer_.grow(std::max(kBufferMin, size + kSlack)));
  for (std::uint64_t got = 0;;) {
    if (got == buffer_.size()) FOLIO_TRY(buffer_.grow(2 * buffer_.size()));
    const ssize_t read = ::read(descriptor_, buffer_.data() + got, buffer_.size() - got);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return std::unexpected(system_error(errno, std::string{shown}, "can't read"));
    got += static_cast<std::uint64_t>(read);
    // A regular file that gives less than the room that there is has ended.
    if (read == 0 || (size > 0 && got < buffer_.size())) return got;
  }
}

bool FileLoader::is_unchanged() const {
  struct stat now{};
  if (::fstat(descriptor_, &now) != 0) return false;
  return facts_ == Facts{now.st_size, now.st_mtim.tv_sec, now.st_mtim.tv_nsec};
}

}  // namespace folio::os
