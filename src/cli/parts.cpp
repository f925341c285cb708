// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "cli/output.h"

namespace folio::cli {

namespace {

std::string help(const Parts& parts) {
  std::string text = fmt::format("{}\n\nusage: {}\n\n", parts.about, parts.usage);
  std::size_t width = 0;
  for (const Part& part : parts.parts) width = std::max(width, part.name.size());
  for (const Part& part : parts.parts) text += fmt::format("  {:{}}  {}\n", part.name, width, part.summary);
  return text + fmt::format("\n`folio {} {} --help` tells more.\n", parts.command, parts.kind);
}

ExitStatus wrong_usage(const Parts& parts, std::string_view what) {
  complain(fmt::format("{}: {} (`folio {} --help` lists the {}s)", parts.command, what, parts.command,
                       parts.kind));
  return ExitStatus::Failure;
}

}  // namespace

ExitStatus run_part(const Parts& parts, Words words) {
  if (words.size() < 2) return wrong_usage(parts, fmt::format("say which {}", parts.kind));
  const std::string_view name = words[1];
  if (name == "--help" || name == "-h") {
    Output output;
    output.write(help(parts));
    return output.finish(ExitStatus::Success);
  }
  const auto found = std::ranges::find(parts.parts, name, &Part::name);
  if (found == parts.parts.end())
    return wrong_usage(parts, fmt::format("there is no {} '{}'", parts.kind, name));
  return found->run(words.subspan(1));
}

}  // namespace folio::cli
