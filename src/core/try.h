// SPDX-License-Identifier: Apache-2.0
// FOLIO_TRY: the value of a Result, or a return of its error from the enclosing function.
#pragma once

#include <expected>
#include <utility>

// A statement expression (GNU, known to both compilers that folio supports) is the only form that works
// inside an initialiser and hands on move-only values.
#define FOLIO_TRY(...)                                                                  \
  __extension__({                                                                       \
    auto folio_try_result = (__VA_ARGS__);                                              \
    if (!folio_try_result) return std::unexpected(std::move(folio_try_result).error()); \
    *std::move(folio_try_result);                                                       \
  })
