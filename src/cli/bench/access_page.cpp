// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_page.h"

#include <array>

#include "cli/html/page.h"

namespace folio::cli {

std::string access_page(std::span<const std::string> lines) {
  static constexpr std::array kStyles{&assets::kPageCss};
  static constexpr std::array kScripts{
      &assets::kThemeJs,      &assets::kDomJs,        &assets::kFormatJs,      &assets::kScaleJs,
      &assets::kFrameJs,      &assets::kLinePlotJs,   &assets::kBarPlotJs,     &assets::kTableJs,
      &assets::kControlsJs,   &assets::kAccessDataJs, &assets::kAccessPlotsJs, &assets::kAccessCellsJs,
      &assets::kAccessPageJs,
  };
  return html_page({.title = "folio bench access", .styles = kStyles, .scripts = kScripts, .data = lines});
}

}  // namespace folio::cli
