// SPDX-License-Identifier: Apache-2.0
// How a subcommand parses its words.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/words.h"

namespace folio::cli {

/// Parses the words with `app`. A status means that the command is done: help was printed, or a sentence
/// about wrong usage.
[[nodiscard]] std::optional<ExitStatus> parse(CLI::App& app, Words words);

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

}  // namespace folio::cli
