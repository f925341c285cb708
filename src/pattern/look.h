// SPDX-License-Identifier: Apache-2.0
// Whether an assertion holds at a place in a text.
#pragma once

#include "folio/bytes.h"
#include "pattern/syntax.h"

namespace folio::pattern {

/// Requires at <= size. Constant time.
[[nodiscard]] bool holds(Assertion assertion, ByteView text, std::size_t at);

/// Whether the assertion is about words as Unicode has them, so that bytes from 0x80 on matter.
[[nodiscard]] bool is_unicode_word_assertion(Assertion assertion);

}  // namespace folio::pattern
