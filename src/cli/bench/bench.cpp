// SPDX-License-Identifier: Apache-2.0
// folio bench: finds the part and hands it its words.
#include "cli/bench/bench.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "cli/output.h"

namespace folio::cli {

namespace {

struct Part {
  std::string_view name;
  std::string_view summary;
  ExitStatus (*run)(Words);
};

constexpr std::array kParts{
    Part{"access", "mmap, read or io_uring: which is fastest for which file, here", run_bench_access},
    Part{"page", "the report of `access` as one HTML file, from the JSON lines of a run", run_bench_page},
    Part{"algorithms", "searchers for one text, in memory: which is fastest for which needle",
         run_bench_algorithms},
    Part{"compare", "folio against wc, grep, rg, ugrep on the same files", run_bench_compare},
};

std::string help() {
  std::string text = "Measures on this machine.\n\nusage: folio bench PART [FLAGS] [FILES]\n\n";
  for (const Part& part : kParts) {
    text += "  ";
    text += part.name;
    text.append(13 - part.name.size(), ' ');
    text += part.summary;
    text += '\n';
  }
  return text + "\n`folio bench PART --help` tells more.\n";
}

ExitStatus wrong_usage(std::string what) {
  complain(what.append(" (`folio bench --help` lists the parts)"));
  return ExitStatus::Failure;
}

}  // namespace

ExitStatus run_bench(Words words) {
  if (words.size() < 2) return wrong_usage("bench: say what to measure");
  const std::string_view name = words[1];
  if (name == "--help" || name == "-h") {
    Output output;
    output.write(help());
    return output.finish(ExitStatus::Success);
  }
  const auto* const found =
      std::find_if(kParts.begin(), kParts.end(), [&](const Part& part) { return part.name == name; });
  if (found == kParts.end()) return wrong_usage("bench: there is no part '" + std::string{name} + "'");
  return found->run(words.subspan(1));
}

}  // namespace folio::cli
