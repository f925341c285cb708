// SPDX-License-Identifier: Apache-2.0
#include "os/new_file.h"
#include "core/fail.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/try.h"

namespace folio::os {

namespace {

namespace fs = std::filesystem;

/// Names that stand for an open descriptor of this process, whatever it is.
bool names_descriptor(const fs::path& path) {
  constexpr auto kPrefixes = std::to_array<std::string_view>({"/dev/std", "/dev/fd/", "/proc/"});
  const std::string text = path.lexically_normal().string();
  for (auto prefix : kPrefixes) {
    if (text.starts_with(prefix)) return true;
  }
  return text == "-";
}

/// The file that is to be replaced, behind symbolic links.
Result<fs::path> resolve_target(const fs::path& path) {
  constexpr std::string_view kRegularOnly = "only regular files can be replaced; name a file in a folder";
  if (path.empty()) return fail(Errc::InvalidArgument, path.string(), "the name of the file is empty");
  if (names_descriptor(path)) return fail(Errc::Unsupported, path.string(), std::string{kRegularOnly});

  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::none) {
    return std::unexpected(system_error(error.value(), path.string(), "cannot look at the target"));
  }
  if (status.type() == fs::file_type::directory || !path.has_filename()) {
    return fail(Errc::IsDirectory, path.string(), "is a directory; name a file in it");
  }
  if (status.type() != fs::file_type::not_found && status.type() != fs::file_type::regular) {
    return fail(Errc::Unsupported, path.string(), std::string{kRegularOnly});
  }
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  fs::path target = fs::canonical(path, error);
  if (error)
    return std::unexpected(system_error(error.value(), path.string(), "cannot follow the symbolic link"));
  return target;
}

fs::path temporary_name(const fs::path& target) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string name = ".folio-";
  for (int i = 0; i < 16; ++i) name += kDigits[random() % kDigits.size()];
  return target.parent_path() / (name + ".tmp");
}

}  // namespace

Result<NewFile> NewFile::create(const fs::path& path) {
  fs::path target = FOLIO_TRY(resolve_target(path));
  std::error_code error;
  if (fs::exists(target, error)) FOLIO_TRY(File::open(target, {.mode = OpenMode::ReadWrite}));
  fs::path temporary = temporary_name(target);
  auto file = File::open(temporary, {.mode = OpenMode::CreateNew});
  if (!file) {
    Error cause = std::move(file).error();
    cause.path = target.string();
    cause.detail = "cannot create a file in this folder";
    return std::unexpected(std::move(cause));
  }
  return NewFile(*std::move(file), std::move(temporary), std::move(target));
}

NewFile::NewFile(File file, fs::path temporary, fs::path target)
    : file_(std::move(file)), temporary_(std::move(temporary)), target_(std::move(target)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : file_(std::move(other.file_)),
      temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)) {}

NewFile::~NewFile() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

Result<void> NewFile::commit() {
  std::error_code error;
  const fs::file_status old = fs::status(target_, error);
  if (old.type() == fs::file_type::regular) fs::permissions(temporary_, old.permissions(), error);
  fs::rename(temporary_, target_, error);
  if (error) return std::unexpected(system_error(error.value(), target_.string(), "cannot replace the file"));
  temporary_.clear();
  return {};
}

}  // namespace folio::os
