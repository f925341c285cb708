// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/html_report.h"

#include <array>
#include <optional>

#include "cli/html/page.h"
#include "cli/logs/html_data.h"

namespace folio::cli {

namespace {

std::string page_of(const logs::Report& report, const PageLimits& limits) {
  static constexpr std::array kStyles{&assets::kPageCss, &assets::kLogsCss};
  static constexpr std::array kScripts{
      &assets::kThemeJs,      &assets::kDomJs,      &assets::kFormatJs,    &assets::kScaleJs,
      &assets::kFrameJs,      &assets::kTableJs,    &assets::kControlsJs,  &assets::kTimePlotJs,
      &assets::kColumnPlotJs, &assets::kLogsDataJs, &assets::kLogsPlotsJs, &assets::kLogsPanelsJs,
      &assets::kLogsPageJs,
  };
  const std::vector<std::string> data = page_data(report, limits);
  return html_page({.title = "folio logs", .styles = kStyles, .scripts = kScripts, .data = data});
}

std::optional<std::string> fitting_page(const logs::Report& report, const PageLimits& limits) {
  std::string page = page_of(report, limits);
  return page.size() <= kPageBytesMax ? std::optional{std::move(page)} : std::nullopt;
}

/// The page with the most rows that fits; nothing where not even one row does.
std::optional<std::string> with_most_rows(const logs::Report& report, PageLimits limits) {
  if (auto page = fitting_page(report, limits)) return page;
  std::optional<std::string> best;
  std::size_t fits = 0;
  std::size_t too_many = limits.rows;
  while (too_many - fits > 1) {
    limits.rows = (fits + too_many) / 2;
    if (auto page = fitting_page(report, limits)) {
      best = std::move(page);
      fits = limits.rows;
    } else {
      too_many = limits.rows;
    }
  }
  return best;
}

}  // namespace

std::string html_report(const logs::Report& report) {
  PageLimits limits;
  if (auto page = with_most_rows(report, limits)) return *std::move(page);
  limits = {.rows = limits.rows / 10, .characters = limits.characters / 10, .buckets = limits.buckets / 10};
  if (auto page = with_most_rows(report, limits)) return *std::move(page);
  logs::Report without = report;
  without.panels.clear();
  without.notes.emplace_back("The tables do not fit into this page.");
  return page_of(without, limits);
}

}  // namespace folio::cli
