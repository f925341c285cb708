// SPDX-License-Identifier: Apache-2.0
// The first JSON line of a measurement: what it was taken on.
#pragma once

#include <string>
#include <string_view>

#include "bench/machine.h"

namespace folio::cli {

/// The members that every such line has, without braces.
[[nodiscard]] std::string machine_members(std::string_view schema, const bench::Machine& machine);

/// `more` are further members, each beginning with a comma.
[[nodiscard]] std::string machine_line(std::string_view schema, std::string_view more = {});

}  // namespace folio::cli
