// SPDX-License-Identifier: Apache-2.0
// Errors that a measurement itself finds.
#pragma once

#include <expected>
#include <string>

#include "folio/error.h"

namespace folio::bench {

[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string path, std::string detail) {
  return std::unexpected(Error{.code = code,
                               .system_errno = 0,
                               .path = std::move(path),
                               .offset = std::nullopt,
                               .detail = std::move(detail)});
}

}  // namespace folio::bench
