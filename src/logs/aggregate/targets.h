// SPDX-License-Identifier: Apache-2.0
// What requested targets and referrers say by their form.
//
// Results are parts of the argument. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace folio::logs {

/// Without query and fragment.
[[nodiscard]] std::string_view path_of(std::string_view target);
/// Images, styles, scripts, fonts, archives, documents: by the ending of the path.
[[nodiscard]] bool is_static_file(std::string_view path);
/// Host of a URL in lower case, without user and port; empty where there is none.
[[nodiscard]] std::string referring_site(std::string_view referrer);
/// "404 Not Found"; of codes that nobody has registered the code alone; of 0 "none".
[[nodiscard]] std::string status_text(std::size_t status);
/// "4xx Client Error".
[[nodiscard]] std::string_view status_class(std::size_t first_digit);

}  // namespace folio::logs
