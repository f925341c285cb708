// SPDX-License-Identifier: Apache-2.0
// A command that is made of parts: finds the one that was named and hands it its words.
#pragma once

#include <span>
#include <string_view>

#include "cli/words.h"

namespace folio::cli {

struct Part {
  std::string_view name;
  std::string_view summary;
  ExitStatus (*run)(Words);
};

struct Parts {
  std::string_view command;  ///< "bench"
  std::string_view kind;     ///< What a part is called: "part", "action".
  std::string_view about;    ///< The first paragraph of the help.
  std::string_view usage;    ///< "folio bench PART [FLAGS] [FILES]"
  std::span<const Part> parts;
};

ExitStatus run_part(const Parts& parts, Words words);

}  // namespace folio::cli
