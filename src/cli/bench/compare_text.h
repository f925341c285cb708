// SPDX-License-Identifier: Apache-2.0
// The tables of `folio bench compare`.
#pragma once

#include <span>
#include <string>

#include "bench/compare.h"
#include "bench/compare_peers.h"

namespace folio::cli {

/// One line for each program: whether it is installed, its version, what it is compared with.
[[nodiscard]] std::string compare_text_peers(std::span<const bench::PeerFacts> peers);
/// One line for each case of the table.
[[nodiscard]] std::string compare_text_cases(std::span<const bench::CompareCase> cases);

/// `limit` is in bytes a second.
[[nodiscard]] std::string compare_text_begin(std::span<const bench::PeerFacts> peers, double limit);
[[nodiscard]] std::string compare_text_state(const bench::PageCacheState& state);
[[nodiscard]] std::string compare_text_row(const bench::CompareRow& row);
[[nodiscard]] std::string compare_text_end(const bench::CompareEnd& end);

}  // namespace folio::cli
