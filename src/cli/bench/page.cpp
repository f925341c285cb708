// SPDX-License-Identifier: Apache-2.0
// folio bench page: the HTML report from a saved file of JSON lines.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>
#include "core/fail.h"

#include "cli/bench/access_page.h"
#include "cli/bench/bench.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/read_whole.h"
#include "cli/scan_flags.h"
#include "cli/text.h"
#include "cli/write_file.h"
#include "core/json_object.h"
#include "os/interrupt.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

constexpr std::uint64_t kInputSizeMax = std::uint64_t{256} << 20;
constexpr std::string_view kSchema = "folio.bench.access/1";

struct PageFlags {
  std::string input;
  std::string output;
};

bool is_json_object(std::string_view line) {
  return is_valid_utf8(line) && json_members(line).has_value();
}

bool begins_run(std::string_view line) {
  const std::string wanted = std::string{"\""}.append(kSchema).append("\"");
  const auto members = json_members(line);
  return members && std::ranges::any_of(*members, [&](const JsonMember& member) {
           return member.name == "schema" && member.value == wanted;
         });
}

// The lines of a run. A writer that was killed leaves a last line without its end, which is left out.
Result<std::vector<std::string>> lines_of_run(const std::string& name, std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (is_json_object(line)) {
      lines.emplace_back(line);
    } else if (end == std::string_view::npos && !lines.empty()) {
      complain(quoted_name(name) + ": the last line is cut off and left out");
    } else {
      return fail(Errc::BadData, name, "line " + std::to_string(number) + " is not a JSON object");
    }
    if (lines.size() == 1 && !begins_run(lines.front())) break;
  }
  if (lines.empty() || !begins_run(lines.front())) {
    return fail(Errc::BadData, name,
                "is not what `folio bench access --json` writes: its first line must have the schema " +
                    std::string{kSchema});
  }
  return lines;
}

ExitStatus show_page(const PageFlags& flags, std::string_view page) {
  if (flags.output.empty() || flags.output == "-") {
    Output output;
    output.write(page);
    return output.finish(ExitStatus::Success);
  }
  const auto written = write_file(flags.output, page);
  return written ? ExitStatus::Success : tell_error(written.error());
}

}  // namespace

ExitStatus run_bench_page(Words words) {
  PageFlags flags;
  CLI::App app{"Makes the HTML report from the JSON lines of a run.", "folio bench page"};
  add_text(app, "FILE", flags.input, "What `folio bench access --json FILE` wrote; - is standard input")
      ->required();
  add_text(
      app, "-o,--output", flags.output,
      "File to write, replaced when it is complete; - is standard output, the default but for terminals");
  if (const auto done = parse(app, words)) return *done;
  if (flags.output.empty() && os::is_terminal(os::kStandardOutput)) {
    complain("page: name the file to write by -o FILE.html (or -o - for this terminal)");
    return ExitStatus::Failure;
  }
  const auto text = read_whole(flags.input, kInputSizeMax);
  if (!text) return tell_error(text.error());
  const auto lines = lines_of_run(flags.input, *text);
  if (!lines) return tell_error(lines.error());
  return show_page(flags, access_page(*lines));
}

}  // namespace folio::cli
