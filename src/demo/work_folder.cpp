// SPDX-License-Identifier: Apache-2.0
#include "demo/work_folder.h"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/fail.h"

namespace folio::demo {

namespace {

namespace fs = std::filesystem;

std::string random_name() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string name = "folio-demo-";
  for (int i = 0; i < 12; ++i) name += kDigits[random() % kDigits.size()];
  return name;
}

}  // namespace

Result<std::uint64_t> free_space(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) {
    return fail(Errc::NotFound, folder.string(), "there is no such folder; name another one with --dir");
  }
  if (error)
    return std::unexpected(system_error(error.value(), folder.string(), "cannot look at the folder"));
  if (status.type() != fs::file_type::directory) {
    return fail(Errc::InvalidArgument, folder.string(), "is not a folder; name one with --dir");
  }
  const fs::space_info room = fs::space(folder, error);
  if (error)
    return std::unexpected(system_error(error.value(), folder.string(), "cannot tell how much is free"));
  return room.available;
}

Result<WorkFolder> WorkFolder::create(const fs::path& parent) {
  fs::path path = parent / random_name();
  std::error_code error;
  if (!fs::create_directory(path, error)) {
    if (!error) return fail(Errc::Io, path.string(), "exists already");
    return std::unexpected(system_error(error.value(), parent.string(),
                                        "cannot create a folder here; name another place with --dir"));
  }
  WorkFolder folder(std::move(path));
  fs::permissions(folder.path_, fs::perms::owner_all, error);
  return folder;
}

WorkFolder::WorkFolder(fs::path path) : path_(std::move(path)) {}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

WorkFolder::~WorkFolder() {
  if (!path_.empty()) static_cast<void>(remove());
}

Result<fs::path> WorkFolder::move_out(const fs::path& file) const {
  fs::path target = path_;
  target += file.extension();
  std::error_code error;
  fs::rename(file, target, error);
  if (error) return std::unexpected(system_error(error.value(), file.string(), "cannot be kept"));
  return target;
}

Result<void> WorkFolder::remove() {
  std::error_code error;
  fs::remove_all(path_, error);
  if (error) return std::unexpected(system_error(error.value(), path_.string(), "cannot be removed"));
  path_.clear();
  return {};
}

}  // namespace folio::demo
