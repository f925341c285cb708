// SPDX-License-Identifier: Apache-2.0
// folio demo: flags, room on the disk, and who shows the tour.
#include <fmt/format.h>
#include "cli/work_place.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "cli/command.h"
#include "cli/demo_json.h"
#include "cli/demo_text.h"
#include "cli/output.h"
#include "cli/quantity.h"
#include "cli/scan_flags.h"
#include "cli/text.h"
#include "demo/tour.h"
#include "demo/work_folder.h"
#include "os/interrupt.h"
#include "os/output.h"

namespace folio::cli {

namespace {

struct DemoFlags {
  std::uint64_t size = demo::TourOptions{}.size;
  std::string folder;
  // Plain switches, as the parser sets them.
  bool keep = false;
  bool json = false;
};

std::optional<std::uint64_t> parse_tour_size(std::string_view text) {
  const auto size = parse_size(text);
  return size && *size >= demo::kTourSizeMin ? size : std::nullopt;
}

void add_flags(CLI::App& app, DemoFlags& flags) {
  add_converted(app, "--size", flags.size, parse_tour_size, "a size of at least 1M",
                "Size of the test file; default 1G");
  app.add_option("--dir", flags.folder,
                 "Folder to work in; default: the one for temporary files ($TMPDIR, /tmp)");
  app.add_flag("--keep", flags.keep, "Keep the test file, and print where it is");
  app.add_flag("--json", flags.json, "One JSON object a line for each step");
  app.footer(
      "The tour works in a new folder of its own and removes it at the end, also when it is interrupted.\n"
      "Exit status: 0 done; 2 an error, or an answer that was not right; 130 interrupted.");
}

/// False, after a sentence about it, where the tour would fill the disk.
bool has_room(const std::filesystem::path& place, std::uint64_t size, std::uint64_t free) {
  const std::uint64_t needed = demo::space_needed(size);
  if (free >= needed) return true;
  complain(fmt::format(
      "demo: {} has {} free, but a test file of {} needs {}: choose a smaller --size or another --dir",
      quoted_name(place.string()), format_size(free), format_size(size), format_size(needed)));
  return false;
}

ExitStatus fail(const Error& error) {
  if (error.code != Errc::Cancelled) return tell_error(error);
  complain("demo: interrupted; everything that it created is removed");
  return ExitStatus::Interrupted;
}

template <class Show>
ExitStatus show_tour(const demo::TourOptions& options, Output& output, Show& show) {
  const auto end = demo::run_tour(options, show);
  if (!end) {
    const bool unheard = end.error().code == Errc::Cancelled && !options.stop.stop_requested();
    return output.finish(unheard ? ExitStatus::Success : fail(end.error()));
  }
  show.finish(*end);
  return output.finish(end->counts_agree && end->proof_holds ? ExitStatus::Success : ExitStatus::Failure);
}

}  // namespace

ExitStatus run_demo(Words words) {
  DemoFlags flags;
  CLI::App app{
      "A tour on a large file of its own: searching through a mapping, mmap against read(), memory,\n"
      "cores and safety, in plain words with numbers measured on this machine.",
      "folio demo"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;

  const auto place = work_place(flags.folder);
  if (!place) return tell_error(place.error());
  const auto free = demo::free_space(*place);
  if (!free) return tell_error(free.error());
  if (!has_room(*place, flags.size, *free)) return ExitStatus::Failure;

  os::ignore_closed_pipes();  // the files have to be removed first
  Output output;
  const demo::TourOptions options{.size = flags.size,
                                  .folder = *place,
                                  .keep = flags.keep ? demo::Keep::Yes : demo::Keep::No,
                                  .stop = os::interrupt_token()};
  if (flags.json) {
    DemoJson show(output);
    return show_tour(options, output, show);
  }
  DemoText show(output, options.keep);
  return show_tour(options, output, show);
}

}  // namespace folio::cli
