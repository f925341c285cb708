// SPDX-License-Identifier: Apache-2.0
// `folio bench compare` as JSON lines. docs/schema/bench-compare.md describes them.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "bench/compare.h"
#include "bench/compare_peers.h"

namespace folio::cli {

/// `folder` holds the files; `limit` is in bytes a second.
[[nodiscard]] std::string compare_json_begin(std::span<const bench::PeerFacts> peers,
                                             const std::filesystem::path& folder, double limit);
[[nodiscard]] std::string compare_json_state(const bench::PageCacheState& state);
[[nodiscard]] std::string compare_json_row(const bench::CompareRow& row);
[[nodiscard]] std::string compare_json_end(const bench::CompareEnd& end);

}  // namespace folio::cli
