// SPDX-License-Identifier: Apache-2.0
// Trees out of trees: what -w, -x, -F and several -e need.
#pragma once

#include <string_view>

#include "pattern/code_set.h"
#include "pattern/syntax.h"

namespace folio::pattern {

enum class WordKind : std::uint8_t { Unicode, Ascii };

/// \b{start-half}(?:tree)\b{end-half}
[[nodiscard]] Tree wrap_word(Tree tree, WordKind kind = WordKind::Unicode);
/// ^(?:tree)$
[[nodiscard]] Tree wrap_line(Tree tree);
/// (?:tree|tree|...), the groups numbered through; of several with one name the first keeps it. Matches
/// nothing if there are no trees.
[[nodiscard]] Tree alternation(std::vector<Tree> trees);
/// The bytes themselves; those that are not valid UTF-8 as Bytes.
[[nodiscard]] Tree literal_tree(std::string_view bytes, Folding folding);

}  // namespace folio::pattern
