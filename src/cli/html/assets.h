// SPDX-License-Identifier: Apache-2.0
// The styles and scripts of HTML pages: the files of assets/, made constants by
// cmake/assets.cmake: line_plot.js is kLinePlotJs.
#pragma once

#include <string_view>

namespace folio::cli {

struct Asset {
  std::string_view text;
  std::string_view hash;  ///< As a content security policy names it: "sha256-..." in base64.
};

namespace assets {

// Shared by all pages.
extern const Asset kPageCss;
extern const Asset kThemeJs;
extern const Asset kDomJs;
extern const Asset kFormatJs;
extern const Asset kScaleJs;
extern const Asset kFrameJs;
extern const Asset kLinePlotJs;
extern const Asset kBarPlotJs;
extern const Asset kTableJs;
extern const Asset kControlsJs;
extern const Asset kTimePlotJs;
extern const Asset kColumnPlotJs;

// `folio bench access`.
extern const Asset kAccessDataJs;
extern const Asset kAccessPlotsJs;
extern const Asset kAccessCellsJs;
extern const Asset kAccessPageJs;

// `folio logs`.
extern const Asset kLogsCss;
extern const Asset kLogsDataJs;
extern const Asset kLogsPlotsJs;
extern const Asset kLogsPanelsJs;
extern const Asset kLogsPageJs;

}  // namespace assets

}  // namespace folio::cli
