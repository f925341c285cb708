// SPDX-License-Identifier: Apache-2.0
// Regular expressions on RE2, with the Pike machine where RE2 does not know what the pattern means.
//
// RE2's \b and \B are those of ASCII. On texts of ASCII only RE2 decides. On others it finds candidates
// without the assertions on words; where these stand at the ends of the pattern only they are checked there,
// else the Pike machine decides. Ownership: each engine has an RE2 of its own. Threads: one per engine.
// Errors: a pattern too large for RE2.
#pragma once

#include "pattern/engine.h"
#include "pattern/syntax.h"

namespace folio::pattern {

struct RegexOptions {
  std::int64_t max_memory = 16 << 20;  ///< Per engine: RE2's program and its cache of states.
};

/// The tree is not kept.
[[nodiscard]] Result<std::unique_ptr<EngineFactory>> make_regex_engine_factory(
    const Tree& tree, const RegexOptions& options = {});

/// An engine that may look at several records at once: it finds whatever the tree finds in one of them, and
/// more where has_droppable(). Null where RE2 can't say it, or refuses.
[[nodiscard]] std::shared_ptr<const EngineFactory> make_scanner_factory(const Tree& tree,
                                                                        const RegexOptions& options = {});

}  // namespace folio::pattern
