// SPDX-License-Identifier: Apache-2.0
#include "cli/flag_table.h"

#include "cli/output.h"

namespace folio::cli {

CLI::Option* flag_table_detail::add(CLI::App& app, const char* names, const char* value, const char* group,
                                    const char* help) {
  // As constants: variables would be taken for the place of the result.
  const std::string description{help};
  if (value == nullptr) {
    return app.add_flag(names, description)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(*help == '\0' ? "" : group);
  }
  return app.add_option(names, description)
      ->expected(1)
      ->type_name(value)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group(*help == '\0' ? "" : group);
}

ExitStatus flag_table_detail::refuse(std::string_view command, const CLI::Option& option,
                                     const std::string& value, const char* expected) {
  const std::string name{command};
  complain(name + ": " + option.get_name() + ": expected " + expected + ", not '" + value + "' (`folio " +
           name + " --help` tells more)");
  return ExitStatus::Failure;
}

}  // namespace folio::cli
