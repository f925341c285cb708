// SPDX-License-Identifier: Apache-2.0
// Which kinds of bytes a match of a node begins and ends with, as far as \b of ASCII is concerned.
#pragma once

#include "pattern/syntax.h"

namespace folio::pattern {

/// What may stand at one end of a match.
struct Beside {
  bool word = false;   ///< A word character of ASCII.
  bool other = false;  ///< Another byte.
  bool empty = false;  ///< Nothing: what stands further out counts.

  [[nodiscard]] bool always_word() const { return word && !other && !empty; }
  [[nodiscard]] bool never_word() const { return !word; }
};

enum class MatchEnd : std::uint8_t { Begin, End };

/// Which texts an answer is for; on those of ASCII only a class matches nothing else.
enum class Texts : std::uint8_t { Ascii, All };

[[nodiscard]] Beside beside(const Node& node, MatchEnd end, Texts texts);
/// `near`, and where that may be empty, `far`.
[[nodiscard]] Beside beside(Beside near, Beside far);
/// Anything at all.
inline constexpr Beside kBesideUnknown{true, true, false};

}  // namespace folio::pattern
