// SPDX-License-Identifier: Apache-2.0
// The subcommands, and how each one parses its words.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_status.h"

namespace folio::cli {

/// The words behind `folio`, the subcommand's name first.
using Words = std::span<char* const>;

ExitStatus run_count(Words words);
ExitStatus run_search(Words words);
ExitStatus run_generate(Words words);
ExitStatus run_cache(Words words);
ExitStatus run_bench(Words words);
ExitStatus run_demo(Words words);

/// Parses the words with `app`. A status means that the command is done: help was printed, or a sentence
/// about wrong usage.
[[nodiscard]] std::optional<ExitStatus> parse(CLI::App& app, Words words);

/// A word as the user typed it. The parser takes [a,b] for a list of two words, so parse() marks such words.
[[nodiscard]] std::string as_typed(std::string word);

/// Adds an option or an operand that takes any text.
CLI::Option* add_text(CLI::App& app, const std::string& names, std::string& text, const std::string& help);

/// Adds the operands that name files.
CLI::Option* add_files(CLI::App& app, std::vector<std::string>& files, const std::string& help);

/// Adds an option whose text `convert` turns into a value; `expected` completes "expected ..." in the
/// message.
template <class Value, class Convert>
CLI::Option* add_converted(CLI::App& app, const std::string& names, Value& value, Convert convert,
                           const std::string& expected, const std::string& help) {
  CLI::Option* const option = app.add_option_function<std::string>(
      names,
      [&value, convert, expected, names](const std::string& text) {
        auto converted = convert(std::string_view{text});
        if (!converted) throw CLI::ValidationError(names, "expected " + expected + ", not '" + text + "'");
        value = std::move(*converted);
      },
      help);
  // As with other tools, the last one counts.
  return option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// A whole number from `least` on; nothing for signs, other text and what does not fit.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t least = 0);

}  // namespace folio::cli
