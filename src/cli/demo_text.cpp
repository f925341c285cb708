// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_text.h"
#include "cli/duration.h"

#include <fmt/format.h>

#include <array>

#include "cli/demo_numbers.h"
#include "cli/demo_reasons.h"
#include "cli/quantity.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

using bench::Measured;
using demo::AccessRow;
using demo::Situation;
using demo::Winner;

struct Chapter {
  std::string_view title;
  std::string_view words;
};

// In the order of demo::Step.
constexpr std::array kChapters{
    Chapter{"1. Creating the test file",
            "A made-up log of a web server. One line in about 1,000 holds the text \"folio-was-here\"; how "
            "many they are "
            "is known exactly, so that every search can be checked."},
    Chapter{"2. Searching it through a mapping, on one core",
            "A mapping (mmap) makes a file look like memory: nothing is read into a buffer, nothing is "
            "copied. The "
            "system puts the pages of the file in place when they are first touched; each such interruption "
            "is called "
            "a page fault."},
    Chapter{"3. The same on all cores",
            "The file is cut into chunks of whole lines, and each core takes the next chunk as soon as it is "
            "free."},
    Chapter{"4. mmap against read()",
            "The same work, counting line ends on one core, and two ways to the bytes: a mapping, or read() "
            "into a "
            "buffer. Small files and random places: the time for one of them."},
    Chapter{
        "5. What a mapping costs in memory",
        "Addresses are only numbers that were reserved (virtual memory). In memory is what really takes room "
        "(resident): data of the program's own (anonymous), and pages of files, which it shares with the "
        "page "
        "cache. A minor fault finds its page in the page cache, a major one has to wait for the disk."},
    Chapter{
        "6. Is the answer right?",
        "folio's search compares many bytes with one instruction (SIMD). Boyer-Moore is the algorithm of the "
        "textbooks. Both must find what the generator wrote."},
    Chapter{"7. More cores, and the limit",
            "No program can look at bytes faster than the memory delivers them. So that speed is measured "
            "too, with as "
            "many cores, on plain memory without any file. Here folio chooses the way to the bytes itself."},
    Chapter{"8. The first search and the second",
            "Before the first search the page cache is asked to forget this part of the file; the second one "
            "finds it "
            "there."},
    Chapter{
        "9. Safety: the file is cut while folio reads it",
        "A program that touches a mapped page which the file no longer has is normally killed by a signal "
        "(SIGBUS). Now the tour cuts a small file of its own in the middle of a scan."},
};

std::string row_label(const AccessRow& row) {
  switch (row.situation) {
    case Situation::FirstPass:
      return "whole file, new mapping";
    case Situation::SecondPass:
      return "whole file, mapping used before";
    case Situation::Cold:
      return format_size(row.bytes) +
             (row.coldness && row.coldness->is_cold() ? " from the disk (cold)" : ", not cold");
    case Situation::SmallFile:
      return "small file: open, look, close (4 KiB)";
    case Situation::MediumFile:
      return "small file: open, look, close (64 KiB)";
    case Situation::RandomNew:
      return "4 KiB at a random place, new mapping";
    case Situation::RandomAgain:
      return "4 KiB at a random place, once more";
  }
  return {};
}

std::string verdict(const AccessRow& row) {
  switch (row.winner()) {
    case Winner::Mapping:
      return "mmap, " + format_times(row.reading.seconds / row.mapping.seconds);
    case Winner::Reading:
      return "read(), " + format_times(row.mapping.seconds / row.reading.seconds);
    case Winner::Even:
      return "neither";
  }
  return {};
}

std::string access_row(const AccessRow& row) {
  const auto each = [&](const Measured& cost) {
    return format_seconds(cost.seconds / static_cast<double>(row.touches));
  };
  return fmt::format("   {:<40}{:>11}{:>11}   {}\n", row_label(row), each(row.mapping), each(row.reading),
                     verdict(row)) +
         paragraph(reason(row), 5);
}

std::string piece_words(double density) {
  if (density < 1.5)
    return "The page cache holds this file in large pieces (2 MiB): few faults, the best case for a mapping.";
  if (density < 10) return "The page cache holds this file in pieces of different sizes.";
  return "The page cache holds this file in small pieces: that costs a mapping many faults. (Pieces of 2 MiB "
         "cost one "
         "fault each.)";
}

std::string search_row(const demo::SearchCost& search, std::uint64_t size) {
  return fmt::format("   {:>3} core{}{:>11}{:>13}   {} lines found, {} page faults\n", search.threads,
                     search.threads == 1 ? " " : "s", format_seconds(search.cost.seconds),
                     format_rate(size, search.cost), format_count(search.lines),
                     format_count(search.cost.minor_faults + search.cost.major_faults));
}

std::string memory_row(std::string_view label, const demo::MemoryMoment& moment) {
  const os::MemoryUse& use = moment.use;
  return fmt::format("   {:<29}{:>11}{:>11}{:>11}{:>11}{:>10}{:>9}\n", label, format_size(use.address_space),
                     format_size(use.resident), format_size(use.anonymous), format_size(use.file_backed),
                     format_count(moment.faults.minor), format_count(moment.faults.major));
}

std::string matching_row(std::string_view label, std::uint64_t lines, std::string_view cost) {
  return fmt::format("   {:<32}{:>12} lines{}\n", label, format_count(lines), cost);
}

std::string cost_words(std::uint64_t bytes, const Measured& cost) {
  return fmt::format("{:>12}{:>14}", format_seconds(cost.seconds), format_rate(bytes, cost));
}

}  // namespace

void DemoText::say(std::string_view text) {
  if (output_.write(text) == Flow::Stop) flow_ = Flow::Stop;
}

void DemoText::welcome(const demo::Setting& setting) {
  size_ = setting.size;
  say("folio demo: a tour, with numbers measured on this machine now\n\n");
  say(fmt::format("   folder    {}{}\n", quoted_name(setting.folder.string()),
                  keep_ == demo::Keep::Yes ? "" : " (removed at the end)"));
  say(fmt::format("   machine   {} core{} and {} of memory that this process may use\n\n", setting.cores,
                  setting.cores == 1 ? "" : "s", format_size(setting.memory_available)));
  say(paragraph(
      "A time is the median of 3 to 5 rounds; what is compared takes turns. GB/s: thousand million bytes a "
      "second. Page cache: the memory in which the system keeps the contents of files that were used lately, "
      "so that the disk is not needed again."));
}

Flow DemoText::begin(demo::Step step) {
  const Chapter& chapter = kChapters.at(static_cast<std::size_t>(step));
  say(fmt::format("\n{}\n", chapter.title) + paragraph(chapter.words) + "\n");
  return flow_;
}

void DemoText::show(const demo::Creation& creation) {
  const Generated& made = creation.made;
  size_ = made.size;
  say(fmt::format("   {} in {} lines; {} of them with the text\n", format_size(made.size),
                  format_count(made.lines), format_count(made.needle_lines)));
  say(fmt::format("   written and flushed to the disk in {}: {}\n", format_seconds(made.seconds),
                  format_rate(bench::rate(made.size, made.seconds))));
  say(fmt::format("   {} of the file is in the page cache now\n", format_share(creation.cached)));
  if (creation.file_system == FileSystemKind::Memory) {
    say(
        paragraph("Note: this folder lies in memory (tmpfs), not on a disk, so nothing can be cold here. "
                  "Name a folder on "
                  "a disk with --dir to see that too."));
  } else if (creation.cached && *creation.cached < 0.95) {
    say(paragraph(
        "Note: the page cache does not hold the whole file, so the times below have waiting for the disk in "
        "them. A smaller --size avoids that."));
  }
}

void DemoText::show_one_core(const demo::SearchCost& search) {
  const double density = bench::faults_per_mib(search.cost, size_);
  say(search_row(search, size_));
  say(paragraph(fmt::format("{:.1f} faults per MiB. ", density) + piece_words(density)));
}

void DemoText::show_all_cores(const std::vector<demo::SearchCost>& searches) {
  for (const demo::SearchCost& search : searches) say(search_row(search, size_));
  if (searches.size() < 2) {
    say("   This process may use one core only: there is nothing to compare.\n");
    return;
  }
  const double speed_up = searches.front().cost.seconds / searches.back().cost.seconds;
  say(fmt::format("   {} cores are {} as fast as one.\n", searches.back().threads, format_times(speed_up)));
  if (speed_up < 1.2) {
    say(
        paragraph("That is less than one expects: other programs use the cores now, or the memory is the "
                  "limit (see 7)."));
  }
}

void DemoText::show(const std::vector<AccessRow>& rows) {
  say(fmt::format("   {:<40}{:>11}{:>11}   {}\n", "", "mmap", "read()", "faster"));
  for (const AccessRow& row : rows) {
    say(access_row(row));
    if (row.coldness && row.coldness->by == bench::ColdBy::DropCaches) {
      say(paragraph("(For this, root's right to empty the whole page cache was used.)", 5));
    }
  }
}

void DemoText::show(const demo::MemoryTour& memory) {
  say(fmt::format("   {:<29}{:>11}{:>11}{:>11}{:>11}{:>10}{:>9}\n", "", "", "in memory", "", "", "minor",
                  "major"));
  say(fmt::format("   {:<29}{:>11}{:>11}{:>11}{:>11}{:>10}{:>9}\n", "", "addresses", "(sum)", "own",
                  "of files", "faults", "faults"));
  say(memory_row("before", memory.before));
  say(memory_row("file mapped, nothing touched", memory.mapped));
  say(memory_row("half of the pages touched", memory.half_touched));
  say(memory_row("all pages touched", memory.all_touched));
  say(memory_row("mapping removed", memory.unmapped));
  const std::uint64_t faults = memory.half_touched.faults.minor + memory.half_touched.faults.major +
                               memory.all_touched.faults.minor + memory.all_touched.faults.major;
  say(paragraph(
      fmt::format("Mapping {} took addresses only. Its pages came when they were touched (lazy loading): {} "
                  "faults for {} pages, since one fault brings the neighbours along. They are "
                  "pages of the page cache, where {} of the file is, and no second copy of it.",
                  format_size(memory.mapping_size), format_count(faults), format_count(memory.pages),
                  format_share(memory.cached))));
}

void DemoText::show(const demo::Matching& matching) {
  say(matching_row("written by the generator", matching.written_lines, ""));
  say(matching_row("found by folio (SIMD)", matching.fast_lines, cost_words(matching.bytes, matching.fast)));
  say(matching_row("found by Boyer-Moore", matching.boyer_moore_lines,
                   cost_words(matching.bytes, matching.boyer_moore)));
  say(matching.agrees() ? "   All three agree.\n"
                        : "   THEY DIFFER. This is a defect of folio: please report it.\n");
  if (matching.first_number == 0) return;
  say(fmt::format("   The first one is in line {}, from byte {} on:\n     {}\n",
                  format_count(matching.first_number), format_count(matching.first_offset),
                  shortened(matching.first_line, 95)));
}

void DemoText::show(const std::vector<demo::CoresRow>& rows) {
  say(fmt::format("   {:>8}{:>14}{:>12}{:>16}{:>15}   {}\n", "cores", "search", "speed-up", "memory gives",
                  "of the limit", "way"));
  for (const demo::CoresRow& row : rows) {
    const double speed = bench::rate(size_, row.search.cost.seconds);
    say(fmt::format("   {:>8}{:>14}{:>12}{:>16}{:>13.0f} %   {}\n", row.search.threads, format_rate(speed),
                    format_times(rows.front().search.cost.seconds / row.search.cost.seconds),
                    format_rate(row.limit), row.limit > 0 ? speed / row.limit * 100 : 0.0,
                    access_name(row.search.access)));
  }
}

void DemoText::show(const demo::CacheEffect& effect) {
  const auto row = [&](std::string_view label, const Measured& cost, std::optional<double> cached,
                       Access access) {
    say(fmt::format("   {:<16}{:>11}{:>13}   {} cached before, way: {}\n", label,
                    format_seconds(cost.seconds), format_rate(effect.bytes, cost), format_share(cached),
                    access_name(access)));
  };
  row("first search", effect.first, effect.before_first.cached, effect.first_access);
  row("second search", effect.second, effect.before_second, effect.second_access);
  const std::string size = format_size(effect.bytes);
  if (!effect.before_first.is_cold()) {
    say(paragraph("The page cache did not forget it, so the first search of these " + size +
                  " was not cold."));
    return;
  }
  say(paragraph(fmt::format("{}: the first search had to wait for the disk; the second one was {} as fast.",
                            size, format_times(effect.first.seconds / effect.second.seconds))));
}

void DemoText::show(const demo::Proof& proof) {
  say(fmt::format("   the file            {} bytes, cut to {} in the middle of the scan\n",
                  format_count(proof.size), format_count(proof.size_after)));
  say("   what folio says:\n");
  say(paragraph(proof.problem ? fmt::format("error \"{}\": the file {}", errc_name(proof.problem->code),
                                            proof.problem->detail)
                              : "nothing",
                5));
  say(fmt::format("   its result          right for bytes {} to {}: {} lines (an uncut copy has {} there)\n",
                  format_count(proof.covered.begin), format_count(proof.covered.end),
                  format_count(proof.lines), format_count(proof.lines_really)));
  say(fmt::format("   signals survived    {}\n", format_count(proof.faults_survived)));
  say(proof.holds() ? "   No crash and no wrong number: this process goes on.\n"
                    : "   THIS IS NOT WHAT SHOULD HAPPEN. It is a defect of folio: please report it.\n");
}

void DemoText::finish(const demo::TourEnd& end) {
  say(end.kept ? "\nKept: " + quoted_name(end.kept->string()) + "\n"
               : std::string{"\nThe test file and its folder are removed.\n"});
}

}  // namespace folio::cli
