// SPDX-License-Identifier: Apache-2.0
#include "cli/work_place.h"

#include <fmt/format.h>

#include <system_error>

#include "cli/quantity.h"
#include "core/fail.h"
#include "core/try.h"
#include "demo/work_folder.h"

namespace folio::cli {

Result<std::filesystem::path> work_place(const std::string& folder) {
  std::error_code error;
  if (!folder.empty()) return std::filesystem::absolute(folder, error);
  auto place = std::filesystem::temp_directory_path(error);
  if (!error) return place;
  return std::unexpected(
      system_error(error.value(), place.string(),
                   "the folder for temporary files can't be used; name another one with --dir"));
}

Result<void> check_room(const std::filesystem::path& place, std::uint64_t needed) {
  const std::uint64_t free = FOLIO_TRY(demo::free_space(place));
  if (free >= needed) return {};
  return fail(Errc::NoSpace, place.string(),
              fmt::format("{} is free and {} is needed: choose a smaller --size or another --dir",
                          format_size(free), format_size(needed)));
}

}  // namespace folio::cli
