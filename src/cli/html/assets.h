// SPDX-License-Identifier: Apache-2.0
// The styles and scripts of HTML pages: the files of assets/, made constants by cmake/assets.cmake.
#pragma once

#include <string_view>

namespace folio::cli {

struct Asset {
  std::string_view text;
  std::string_view hash;  ///< As a content security policy names it: "sha256-..." in base64.
};

namespace assets {

// Shared by all pages.
extern const Asset page_css;
extern const Asset theme_js;
extern const Asset dom_js;
extern const Asset format_js;
extern const Asset scale_js;
extern const Asset frame_js;
extern const Asset line_plot_js;
extern const Asset bar_plot_js;
extern const Asset table_js;
extern const Asset controls_js;

// `folio bench access`.
extern const Asset access_data_js;
extern const Asset access_plots_js;
extern const Asset access_cells_js;
extern const Asset access_page_js;

}  // namespace assets

}  // namespace folio::cli
