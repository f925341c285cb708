// SPDX-License-Identifier: Apache-2.0
// folio generate: files to test with.
#include <fmt/format.h>

#include <string>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress_line.h"
#include "cli/quantity.h"
#include "cli/text.h"
#include "folio/generate.h"
#include "os/interrupt.h"

namespace folio::cli {

namespace {

struct GenerateFlags {
  GenerateOptions options;
  std::string file;
  std::string needle;
  ProgressWhen progress = ProgressWhen::Auto;
  bool json = false;
  bool no_sync = false;
};

std::string text_result(const GenerateFlags& flags, const Generated& made) {
  const double rate = made.seconds > 0 ? static_cast<double>(made.size) / made.seconds / 1e9 : 0;
  std::string text =
      fmt::format("{}: {} bytes, {} lines, in {:.2f} s ({:.2f} GB/s)\n", quoted_name(flags.file),
                  format_count(made.size), format_count(made.lines), made.seconds, rate);
  if (flags.options.needle) {
    text += fmt::format("needle: {} times, on {} lines\n", format_count(made.needle_count),
                        format_count(made.needle_lines));
  }
  return text;
}

std::string json_result(const GenerateFlags& flags, const Generated& made) {
  std::string line = R"({"schema":"folio.generate/1","path":)";
  append_json_bytes(line, flags.file);
  fmt::format_to(std::back_inserter(line), R"(,"kind":"{}","seed":{},"size":{},"lines":{},"seconds":{:.6f})",
                 generate_kind_name(flags.options.kind), flags.options.seed, made.size, made.lines,
                 made.seconds);
  if (flags.options.needle) {
    line += R"(,"needle":)";
    append_json_bytes(line, *flags.options.needle);
    fmt::format_to(std::back_inserter(line), R"(,"needle_count":{},"needle_lines":{})", made.needle_count,
                   made.needle_lines);
  }
  return line + "}\n";
}

void add_flags(CLI::App& app, GenerateFlags& flags, CLI::Option*& needle) {
  GenerateOptions& options = flags.options;
  add_converted(app, "KIND", options.kind, parse_generate_kind, "text, log, random, zeros or binary",
                "text, log (web server, Combined format), random, zeros or binary")
      ->required();
  add_text(app, "FILE", flags.file, "File to write; an existing one is replaced when the new one is complete")
      ->required();
  add_converted(app, "--size", options.size, parse_size, "a size in bytes (K, M, G allowed)",
                "Exact size in bytes")
      ->required();
  add_converted(
      app, "--seed", options.seed, [](std::string_view text) { return parse_number(text); }, "a whole number",
      "Same seed, same bytes; default 1");
  needle = add_text(app, "--needle", flags.needle, "Text to hide in the file; its exact count is printed");
  add_converted(
      app, "--every", options.every, [](std::string_view text) { return parse_number(text, 1); },
      "a whole number from 1 on", "Hide it in one of so many lines on average; default 1000")
      ->needs(needle);
  add_converted(app, "--threads", options.threads, parse_threads, "a number from 1 to 1024",
                "Threads; default: the cores that may be used");
  add_progress_flag(app, flags.progress);
  app.add_flag("--no-sync", flags.no_sync, "Do not wait until the file is on the disk");
  app.add_flag("--json", flags.json, "The result as one JSON object");
  app.footer("The same kind, size, seed and needle give the same bytes on every machine.");
}

}  // namespace

ExitStatus run_generate(Words words) {
  GenerateFlags flags;
  CLI::App app{"Writes a file to test with, on all cores.", "folio generate"};
  CLI::Option* needle = nullptr;
  add_flags(app, flags, needle);
  if (const auto done = parse(app, words)) return *done;
  if (needle->count() > 0) flags.options.needle = flags.needle;
  if (flags.no_sync) flags.options.durability = Durability::Cached;
  flags.options.stop = os::interrupt_token();

  ProgressLine progress(flags.file, flags.progress);
  flags.options.progress = progress.counters();
  const auto made = generate_file(flags.file, flags.options);
  progress.finish();
  if (!made) return tell_error(made.error());
  Output output;
  output.write(flags.json ? json_result(flags, *made) : text_result(flags, *made));
  return output.finish(ExitStatus::Success);
}

}  // namespace folio::cli
