// SPDX-License-Identifier: Apache-2.0
// folio cache: finds the action and hands it its words.
#include "cli/cache/cache.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "cli/output.h"

namespace folio::cli {

namespace {

struct Action {
  std::string_view name;
  std::string_view summary;
  ExitStatus (*run)(Words);
};

constexpr std::array kActions{
    Action{"status", "how much of each file is in the page cache, and where", run_cache_status},
    Action{"load", "brings files into the page cache, on all cores", run_cache_load},
    Action{"evict", "drops files from the page cache", run_cache_evict},
    Action{"lock", "keeps files in memory until it is interrupted", run_cache_lock},
};

std::string help() {
  std::string text =
      "The page cache: the memory in which the system keeps what was read from files.\n\n"
      "usage: folio cache ACTION [FLAGS] FILES or DIRECTORIES\n\n";
  for (const Action& action : kActions) {
    text += "  ";
    text += action.name;
    text.append(9 - action.name.size(), ' ');
    text += action.summary;
    text += '\n';
  }
  return text + "\n`folio cache ACTION --help` tells more.\n";
}

ExitStatus wrong_usage(std::string what) {
  complain(what.append(" (`folio cache --help` lists the actions)"));
  return ExitStatus::Failure;
}

}  // namespace

ExitStatus run_cache(Words words) {
  if (words.size() < 2) return wrong_usage("cache: say what to do");
  const std::string_view name = words[1];
  if (name == "--help" || name == "-h") {
    Output output;
    output.write(help());
    return output.finish(ExitStatus::Success);
  }
  const auto* const found = std::find_if(kActions.begin(), kActions.end(),
                                         [&](const Action& action) { return action.name == name; });
  if (found == kActions.end()) return wrong_usage("cache: there is no action '" + std::string{name} + "'");
  return found->run(words.subspan(1));
}

}  // namespace folio::cli
