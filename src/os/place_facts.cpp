// SPDX-License-Identifier: Apache-2.0
// The file system and the block device under a path.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "os/directory.h"
#include "os/file_system.h"
#include "os/kernel_text.h"
#include "os/machine_facts.h"
#include "os/mount_table.h"

namespace folio::os {

namespace {

namespace fs = std::filesystem;

/// Where sysfs shows the device; empty where it shows none.
fs::path device_folder(const Mount& mount, const fs::path& root) {
  const fs::path devices = root / "sys/dev/block";
  std::error_code error;
  fs::path folder = fs::canonical(devices / mount.device, error);
  if (!error) return folder;
  // File systems of several devices (btrfs) have numbers of their own, but name one as their source.
  struct stat facts{};
  if (!mount.source.starts_with('/') || ::stat(mount.source.c_str(), &facts) != 0) return {};
  if (!S_ISBLK(facts.st_mode)) return {};
  const std::string numbers =
      std::to_string(major(facts.st_rdev)) + ":" + std::to_string(minor(facts.st_rdev));
  folder = fs::canonical(devices / numbers, error);
  return error ? fs::path{} : folder;
}

std::optional<std::uint64_t> read_readahead(const fs::path& path) {
  constexpr std::uint64_t kUnit = 1024;
  const auto value = read_number(path);
  if (!value || *value > UINT64_MAX / kUnit) return std::nullopt;
  return *value * kUnit;
}

void add_device(PlaceFacts& facts, const Mount& mount, const fs::path& root) {
  // Network file systems read ahead without any block device.
  facts.readahead = read_readahead(root / "sys/class/bdi" / mount.device / "read_ahead_kb");
  fs::path folder = device_folder(mount, root);
  if (folder.empty()) return;
  facts.device = printable(folder.filename().string());
  std::error_code ignored;
  if (fs::exists(folder / "partition", ignored)) folder = folder.parent_path();
  if (const auto rotational = read_number(folder / "queue/rotational")) facts.rotational = *rotational != 0;
  if (!facts.readahead) facts.readahead = read_readahead(folder / "queue/read_ahead_kb");
}

}  // namespace

Result<PlaceFacts> place_facts(const fs::path& path, const fs::path& root) {
  const int descriptor = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(system_error(errno, path.string(), "cannot look at it"));
  PlaceFacts facts;
  facts.kind = file_system_facts(descriptor).kind;
  ::close(descriptor);
  const auto real = real_path(path.c_str());
  const auto table = read_text(root / "proc/self/mountinfo");
  if (!real || !table) return facts;
  const auto mount = find_mount(*table, *real);
  if (!mount) return facts;
  facts.file_system = printable(mount->type);
  add_device(facts, *mount, root);
  return facts;
}

}  // namespace folio::os
