// SPDX-License-Identifier: Apache-2.0
// The subcommands, and the words that they are given. Without the parser of flags, whose header takes seconds
// to compile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/exit_status.h"

namespace CLI {  // NOLINT(readability-identifier-naming)
class App;
class Option;
}  // namespace CLI

namespace folio::cli {

/// The words behind `folio`, the subcommand's name first.
using Words = std::span<char* const>;

ExitStatus run_count(Words words);
ExitStatus run_search(Words words);
ExitStatus run_logs(Words words);
ExitStatus run_generate(Words words);
ExitStatus run_cache(Words words);
ExitStatus run_bench(Words words);
ExitStatus run_demo(Words words);

/// A word as the user typed it. The parser takes [a,b] for a list of two words, so parse() marks such words.
[[nodiscard]] std::string as_typed(std::string word);

/// A whole number from `least` on; nothing for signs, other text and what does not fit.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t least = 0);

}  // namespace folio::cli
