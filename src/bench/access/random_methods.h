// SPDX-License-Identifier: Apache-2.0
// Looking at blocks at random places of a file.
#pragma once

#include "bench/access/methods.h"

namespace folio::bench {

[[nodiscard]] Result<Answer> visit_places(const Task& task);

}  // namespace folio::bench
