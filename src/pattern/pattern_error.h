// SPDX-License-Identifier: Apache-2.0
// The error of a pattern that cannot be taken.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "folio/error.h"

namespace folio::pattern {

[[nodiscard]] inline std::unexpected<Error> pattern_error(std::string sentence) {
  Error error;
  error.code = Errc::InvalidArgument;
  error.detail = std::move(sentence);
  return std::unexpected{std::move(error)};
}

}  // namespace folio::pattern
