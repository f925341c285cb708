// SPDX-License-Identifier: Apache-2.0
// Where git's global ignore file is, by git's configuration and the environment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace folio::walk_detail {

/// What of the environment git looks at; empty where not set.
struct GitEnvironment {
  std::string home;
  std::string config_home;  ///< XDG_CONFIG_HOME
};

/// core.excludesFile in the text of a git configuration; the last one counts.
[[nodiscard]] std::optional<std::string> excludes_file_of(std::string_view config);

/// Path of the global ignore file; empty where there can't be one.
[[nodiscard]] std::string global_excludes_path(const GitEnvironment& environment);

}  // namespace folio::walk_detail
