// SPDX-License-Identifier: Apache-2.0
// Why a mapping or read() was faster: a sentence for each outcome, with what was measured in it.
#pragma once

#include <string>

#include "demo/steps/access.h"

namespace folio::cli {

[[nodiscard]] std::string reason(const demo::AccessRow& row);

}  // namespace folio::cli
