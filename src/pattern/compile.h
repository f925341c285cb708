// SPDX-License-Identifier: Apache-2.0
// From patterns to what finds them: which finder leads to candidates, and which engine decides.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "pattern/byte_sample.h"
#include "pattern/pattern_state.h"

namespace folio::pattern {

/// Errc::InvalidArgument where the literal holds the terminator, which no record does.
[[nodiscard]] Result<void> check_literal(ByteView needle, const PatternOptions& options);

[[nodiscard]] Result<std::shared_ptr<const Pattern::State>> compile(std::span<const std::string> patterns,
                                                                    const PatternOptions& options);

/// The same pattern with a finder for data like `sample`. REQUIRES: a state with a recipe.
[[nodiscard]] std::shared_ptr<const Pattern::State> tuned(const Pattern::State& state,
                                                          const ByteSample& sample);

}  // namespace folio::pattern
