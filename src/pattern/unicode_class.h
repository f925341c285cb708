// SPDX-License-Identifier: Apache-2.0
// Classes by name: \p{...}, [:name:], and those of Perl.
#pragma once

#include <optional>
#include <string_view>

#include "pattern/syntax.h"

namespace folio::pattern {

enum class PerlClass : std::uint8_t { Digit, Space, Word };

[[nodiscard]] CodeSet unicode_perl_class(PerlClass perl_class);
[[nodiscard]] CodeSet ascii_perl_class(PerlClass perl_class);

/// Class of what stands between the braces of \p{...}; nothing if there is no such property. ASCII only.
[[nodiscard]] std::optional<CodeSet> unicode_property(std::string_view query);

/// Class of [:name:]; nothing if there is none.
[[nodiscard]] std::optional<CodeSet> posix_class(std::string_view name);

}  // namespace folio::pattern
