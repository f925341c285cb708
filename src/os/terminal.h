// SPDX-License-Identifier: Apache-2.0
// Facts about a terminal.
#pragma once

namespace folio::os {

[[nodiscard]] bool is_terminal(int descriptor);
/// Columns of the terminal behind `descriptor`; 80 where there is none.
[[nodiscard]] unsigned terminal_width(int descriptor);

}  // namespace folio::os
