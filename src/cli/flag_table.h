// SPDX-License-Identifier: Apache-2.0
// Flags as a table, applied in the order in which they were typed, so that of flags that contradict each
// other the last one counts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace folio::cli {

/// A flag of a subcommand whose flags end up in a `Flags`.
template <class Flags>
struct Flag {
  const char* names;  ///< As CLI11 wants them: "-i,--ignore-case".
  const char* value;  ///< What the help calls its value ("NUM"); null where it takes none.
  const char* group;
  const char* help;  ///< Empty: not shown.
  /// Null, or what was expected instead of the value.
  const char* (*apply)(Flags& flags, const std::string& value);
};

namespace flag_table_detail {
/// Makes an option that remembers every value it is given.
[[nodiscard]] CLI::Option* add(CLI::App& app, const char* names, const char* value, const char* group,
                               const char* help);
/// Complains and gives the status.
ExitStatus refuse(std::string_view command, const CLI::Option& option, const std::string& value,
                  const char* expected);
}  // namespace flag_table_detail

/// Parses `words` by the tables. A status means that the command is done.
template <class Flags>
[[nodiscard]] std::optional<ExitStatus> parse_flags(CLI::App& app, Words words,
                                                    std::span<const std::span<const Flag<Flags>>> tables,
                                                    Flags& flags) {
  struct Entry {
    const Flag<Flags>* flag;
    CLI::Option* option;
    std::size_t used = 0;
  };
  std::vector<Entry> entries;
  for (const auto& table : tables) {
    for (const Flag<Flags>& flag : table) {
      entries.push_back({&flag, flag_table_detail::add(app, flag.names, flag.value, flag.group, flag.help)});
    }
  }
  if (const auto done = parse(app, words)) return done;
  for (const CLI::Option* option : app.parse_order()) {
    for (Entry& entry : entries) {
      if (entry.option != option) continue;
      const std::string value = as_typed(option->results()[entry.used++]);
      const char* const expected = entry.flag->apply(flags, value);
      if (expected != nullptr) {
        return flag_table_detail::refuse(words.front(), *option, value, expected);
      }
    }
  }
  return std::nullopt;
}

}  // namespace folio::cli
