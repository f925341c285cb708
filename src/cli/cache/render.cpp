// SPDX-License-Identifier: Apache-2.0
#include "cli/cache/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "cli/quantity.h"
#include "cli/text.h"
#include "os/process_stats.h"

namespace folio::cli {

namespace {

using cache_detail::CachedFile;
using cache_detail::CacheOutcome;
using cache_detail::CacheTotal;

/// What a row shows of a file or of all.
struct Cells {
  std::uint64_t resident = 0;  // bytes
  std::uint64_t size = 0;      // bytes
  CachePages pages;
  ResidencyMethod method = ResidencyMethod::Unknown;
};

/// Whole percent; 0 and 100 only where it is none and all.
std::string percent(const CachePages& pages) {
  if (pages.pages == 0) return "-";
  const std::uint64_t share = static_cast<std::uint64_t>(100.0 * static_cast<double>(pages.resident) /
                                                         static_cast<double>(pages.pages));
  if (pages.resident > 0 && share == 0) return "<1 %";
  return fmt::format("{} %", pages.resident < pages.pages ? std::min<std::uint64_t>(share, 99) : 100);
}

std::string unwritten(const CachePages& pages) {
  if (pages.writeback == 0) return format_count(pages.dirty);
  return fmt::format("{} + {}", format_count(pages.dirty), format_count(pages.writeback));
}

std::string cells(const Cells& cells) {
  const std::string size = format_size(cells.size);
  const std::string pages = format_count(cells.pages.pages);
  if (cells.method == ResidencyMethod::Unknown)
    return fmt::format("{:>10} {:>10} {:>11} {:>25} {:>13}", "unknown", size, "?", "? of " + pages, "?");
  const bool is_exact = cells.method == ResidencyMethod::Cachestat;
  const std::string about = is_exact ? "" : "about ";
  return fmt::format(
      "{:>10} {:>10} {:>11} {:>25} {:>13}", format_size(cells.resident), size, about + percent(cells.pages),
      about + format_count(cells.pages.resident) + " of " + pages, is_exact ? unwritten(cells.pages) : "?");
}

char bar_character(const CachePages& region) {
  if (region.resident == 0) return '.';
  if (region.resident >= region.pages) return 'O';
  return region.resident * 2 < region.pages ? '-' : 'o';
}

std::string bar(const CacheState& state, unsigned width) {
  std::string text;
  if (state.method == ResidencyMethod::Unknown) {
    text = "[?]";
  } else {
    std::ranges::transform(state.regions, std::back_inserter(text), bar_character);
    text = "[" + text + "]";
  }
  if (text.size() < width + 2U) text.append(width + 2U - text.size(), ' ');
  return text;
}

std::string folios_text(const CacheFolios& folios) {
  return fmt::format("    {} of {} in folios of 2 MiB or more; {:.2f} page faults per MiB mapped\n",
                     format_size(folios.huge), format_size(folios.resident), folios.faults_per_mib());
}

std::string_view action_name(CacheAction action) {
  switch (action) {
    case CacheAction::Status:
      return "status";
    case CacheAction::Load:
      return "load";
    case CacheAction::Evict:
      return "evict";
    case CacheAction::Lock:
      return "lock";
  }
  return "";
}

void append_pages(std::string& out, const CachePages& pages, ResidencyMethod method) {
  const auto add = std::back_inserter(out);
  fmt::format_to(add, ",\"page_size\":{},\"pages\":{},\"method\":\"{}\"", os::page_size(), pages.pages,
                 residency_method_name(method));
  if (method == ResidencyMethod::Unknown) return;
  fmt::format_to(add, ",\"resident\":{}", pages.resident);
  if (method != ResidencyMethod::Cachestat) return;
  fmt::format_to(add, ",\"dirty\":{},\"writeback\":{},\"recently_evicted\":{}", pages.dirty, pages.writeback,
                 pages.recently_evicted);
}

/// What the action did, for a file or for all.
void append_deed(std::string& out, CacheAction action, std::uint64_t before, std::uint64_t bytes) {
  const auto add = std::back_inserter(out);
  if (action == CacheAction::Load || action == CacheAction::Evict)
    fmt::format_to(add, ",\"resident_before\":{}", before);
  if (action == CacheAction::Load) fmt::format_to(add, ",\"loaded_bytes\":{}", bytes);
  if (action == CacheAction::Lock) fmt::format_to(add, ",\"locked_bytes\":{}", bytes);
}

std::string_view hold_name(CacheHold hold) {
  switch (hold) {
    case CacheHold::None:
      return "none";
    case CacheHold::FileSystem:
      return "file-system";
    case CacheHold::Dirty:
      return "dirty";
    case CacheHold::InUse:
      return "in-use";
  }
  return "";
}

void append_regions(std::string& out, const CacheState& state) {
  if (state.method == ResidencyMethod::Unknown) return;
  out += ",\"regions\":[";
  std::string_view comma;
  for (const CachePages& region : state.regions) {
    fmt::format_to(std::back_inserter(out), "{}[{},{}]", comma, region.resident, region.pages);
    comma = ",";
  }
  out += ']';
}

}  // namespace

std::string cache_header() {
  return fmt::format("{:>10} {:>10} {:>11} {:>25} {:>13} {}\n", "cached", "of", "share", "pages",
                     "dirty+writing", "from begin to end, and whose");
}

std::string cache_row(const CachedFile& file, unsigned bar_width) {
  const CacheState& state = file.outcome.state;
  std::string row = cells({.resident = cache_detail::bytes_of_pages(state.total.resident, state),
                           .size = state.range.size(),
                           .pages = state.total,
                           .method = state.method});
  row += " " + bar(state, bar_width) + " " + quoted_name(file.path) + "\n";
  if (file.outcome.folios) row += folios_text(*file.outcome.folios);
  return row;
}

std::string cache_total_row(const CacheTotal& total) {
  const std::uint64_t resident = std::min(total.pages.resident * os::page_size(), total.size);
  std::string row =
      cells({.resident = resident, .size = total.size, .pages = total.pages, .method = total.method});
  fmt::format_to(std::back_inserter(row), " total of {} file{}", format_count(total.files),
                 total.files == 1 ? "" : "s");
  if (total.repeated > 0) row += fmt::format(" ({} more names of them)", format_count(total.repeated));
  return row + "\n";
}

std::string cache_json(CacheAction action, const CachedFile& file) {
  const CacheOutcome& outcome = file.outcome;
  std::string line =
      fmt::format(R"({{"schema":"folio.cache/1","type":"file","action":"{}","path":)", action_name(action));
  append_json_bytes(line, file.path);
  fmt::format_to(std::back_inserter(line), ",\"range\":[{},{}]", outcome.state.range.begin,
                 outcome.state.range.end);
  append_pages(line, outcome.state.total, outcome.state.method);
  append_regions(line, outcome.state);
  append_deed(line, action, outcome.before.resident, outcome.bytes);
  if (action == CacheAction::Evict) line += fmt::format(",\"held\":\"{}\"", hold_name(outcome.hold));
  if (outcome.folios) {
    line += fmt::format(",\"folios\":{{\"resident_bytes\":{},\"huge_bytes\":{},\"faults\":{}}}",
                        outcome.folios->resident, outcome.folios->huge, outcome.folios->faults);
  }
  if (outcome.problem) line += fmt::format(",\"problem\":\"{}\"", errc_name(outcome.problem->code));
  return line + "}\n";
}

std::string cache_total_json(CacheAction action, const CacheTotal& total) {
  std::string line = fmt::format(
      R"({{"schema":"folio.cache/1","type":"total","action":"{}","files":{},"bytes":{},"failed":{},"repeated":{},"skipped":{})",
      action_name(action), total.files, total.size, total.failed, total.repeated, total.skipped);
  append_pages(line, total.pages, total.method);
  append_deed(line, action, total.resident_before, total.bytes);
  return line + "}\n";
}

std::string_view hold_reason(CacheHold hold) {
  switch (hold) {
    case CacheHold::None:
      return "";
    case CacheHold::FileSystem:
      return "the file system lives in memory, and the cache is all there is";
    case CacheHold::Dirty:
      return "they were changed again before they could be dropped";
    case CacheHold::InUse:
      return "programs have mapped or locked them, or are reading them";
  }
  return "";
}

}  // namespace folio::cli
