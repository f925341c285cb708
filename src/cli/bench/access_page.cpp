// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_page.h"

#include <array>

#include "cli/html/page.h"

namespace folio::cli {

std::string access_page(std::span<const std::string> lines) {
  static constexpr std::array kStyles{&assets::page_css};
  static constexpr std::array kScripts{
      &assets::theme_js,       &assets::dom_js,         &assets::format_js,       &assets::scale_js,
      &assets::frame_js,       &assets::line_plot_js,   &assets::bar_plot_js,     &assets::table_js,
      &assets::controls_js,    &assets::access_data_js, &assets::access_plots_js, &assets::access_cells_js,
      &assets::access_page_js,
  };
  return html_page({.title = "folio bench access", .styles = kStyles, .scripts = kScripts, .data = lines});
}

}  // namespace folio::cli
