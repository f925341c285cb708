// SPDX-License-Identifier: Apache-2.0
// The folio command: finds the subcommand and hands it its words.
#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"

namespace folio::cli {

namespace {

struct Subcommand {
  std::string_view name;
  std::string_view summary;
  ExitStatus (*run)(Words);
};

constexpr std::array kSubcommands{
    Subcommand{"count", "lines, words, characters, bytes and the longest line, as wc counts them", run_count},
    Subcommand{"search", "lines that hold a pattern, found by all cores inside one file", run_search},
    Subcommand{"logs", "reports from log files: requests, visitors, times, errors, and more", run_logs},
    Subcommand{"generate", "files to test with, the same bytes for the same seed", run_generate},
    Subcommand{"cache", "what of files is in the page cache; loads, evicts and locks them", run_cache},
    Subcommand{"bench", "measures how this machine reads files best, and folio against other tools",
               run_bench},
    Subcommand{"demo", "a tour on a big file of its own, with measured numbers", run_demo},
};

std::string help() {
  std::string text =
      "folio: counts and searches large files on all cores, and stays right when they change underneath "
      "it\n\n"
      "usage: folio COMMAND [FLAGS] [FILES]\n\n";
  for (const Subcommand& command : kSubcommands) {
    text += "  " + std::string{command.name} + std::string(10 - command.name.size(), ' ') +
            std::string{command.summary} + "\n";
  }
  text +=
      "\n`folio COMMAND --help` tells more; `folio --version` tells the version.\n\n"
      "examples:\n"
      "  folio count -l access.log\n"
      "  folio search -n 'HTTP/1.1\" 500' access.log\n\n"
      "exit status: 0 done, or found; 1 nothing found; 2 wrong usage or an error;\n"
      "3 the result is incomplete because an input changed while it was read; 130 interrupted\n";
  return text;
}

ExitStatus wrong_usage(std::string_view what) {
  complain(std::string{what} + " (`folio --help` lists the commands)");
  return ExitStatus::Failure;
}

ExitStatus run(Words words) {
  if (words.empty()) return wrong_usage("a command is missing");
  const std::string_view name = words.front();
  Output output;
  if (name == "--help" || name == "-h" || name == "help") {
    output.write(help());
    return output.finish(ExitStatus::Success);
  }
  if (name == "--version" || name == "-V") {
    output.write("folio " FOLIO_VERSION "\n");
    return output.finish(ExitStatus::Success);
  }
  const auto* const found = std::find_if(kSubcommands.begin(), kSubcommands.end(),
                                         [&](const Subcommand& command) { return command.name == name; });
  if (found == kSubcommands.end()) return wrong_usage("there is no command '" + std::string{name} + "'");
  return found->run(words);
}

constexpr char kMark = '\x01';

std::string marked(std::string word) {
  const bool looks_like_list = word.size() >= 2 && word.front() == '[' && word.back() == ']';
  return looks_like_list || word.starts_with(kMark) ? kMark + word : word;
}

}  // namespace

std::string as_typed(std::string word) {
  return word.starts_with(kMark) ? word.substr(1) : word;
}

CLI::Option* add_text(CLI::App& app, const std::string& names, std::string& text, const std::string& help) {
  return app
      .add_option_function<std::string>(
          names, [&text](const std::string& word) { text = as_typed(word); }, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

CLI::Option* add_files(CLI::App& app, std::vector<std::string>& files, const std::string& help) {
  return app.add_option_function<std::vector<std::string>>(
      "FILE",
      [&files](const std::vector<std::string>& words) {
        std::ranges::transform(words, std::back_inserter(files), as_typed);
      },
      help);
}

std::optional<ExitStatus> parse(CLI::App& app, Words words) {
  try {
    std::vector<std::string> last_first;
    for (char* const word : words.subspan(1)) last_first.push_back(marked(word));
    std::ranges::reverse(last_first);
    app.parse(std::move(last_first));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    Output output;
    output.write(app.help());
    return output.finish(ExitStatus::Success);
  } catch (const CLI::ParseError& error) {
    complain(std::string{words.front()} + ": " + error.what() + " (`" + app.get_name() +
             " --help` tells more)");
    return ExitStatus::Failure;
  }
}

}  // namespace folio::cli

int main(int argc, char** argv) {
  using folio::cli::ExitStatus;
  try {
    const folio::cli::Words words(argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0)));
    return static_cast<int>(folio::cli::run(words));
  } catch (const std::bad_alloc&) {
    folio::cli::complain("memory is exhausted");
  } catch (const std::exception& error) {
    folio::cli::complain(error.what());
  }
  return static_cast<int>(ExitStatus::Failure);
}
