// SPDX-License-Identifier: Apache-2.0
// Files and their total as lines of text and of JSON (docs/schema/cache.md).
#pragma once

#include <string>
#include <string_view>

#include "cache/total.h"

namespace folio::cli {

enum class CacheAction { Status, Load, Evict, Lock };

[[nodiscard]] std::string cache_header();
[[nodiscard]] std::string cache_row(const cache_detail::CachedFile& file, unsigned bar_width);
[[nodiscard]] std::string cache_total_row(const cache_detail::CacheTotal& total);

[[nodiscard]] std::string cache_json(CacheAction action, const cache_detail::CachedFile& file);
[[nodiscard]] std::string cache_total_json(CacheAction action, const cache_detail::CacheTotal& total);

/// Why pages stayed, as part of a sentence.
[[nodiscard]] std::string_view hold_reason(CacheHold hold);

}  // namespace folio::cli
