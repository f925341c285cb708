// SPDX-License-Identifier: Apache-2.0
// Errors that folio finds by itself, without a system call that failed.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "folio/error.h"

namespace folio {

[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string path, std::string detail) {
  return std::unexpected(Error{.code = code,
                               .system_errno = 0,
                               .path = std::move(path),
                               .offset = std::nullopt,
                               .detail = std::move(detail)});
}

}  // namespace folio
