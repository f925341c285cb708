// SPDX-License-Identifier: Apache-2.0
// How wc sees each code point: word, separator or neutral, and its columns.
#pragma once

#include "simd/text_scan.h"

namespace folio::count_detail {

/// Built at the first call. Threads: any.
[[nodiscard]] const simd::CharacterTable& character_table() noexcept;

/// Version of the glibc whose classes these are.
[[nodiscard]] const char* character_table_libc_version() noexcept;

}  // namespace folio::count_detail
