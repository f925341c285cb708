// SPDX-License-Identifier: Apache-2.0
// Cuts the text of a condition into words, values and signs.
//
// Ownership: tokens are views of the text, but for texts between quotes. Threads: plain functions. Errors:
// one sentence with the column, counted in bytes from 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"

namespace folio::logs {

struct Token {
  enum class Kind : std::uint8_t {
    Word,    ///< A field, or a word such as "and".
    Number,  ///< Digits with what follows: 404, 1.5s, 2MiB, -1.
    Text,    ///< Between quotes.
    Sign,    ///< == != < <= > >= ~ !~ ( ) , && || !
    End,
  };
  Kind kind = Kind::End;
  std::size_t column = 1;
  std::string_view shown = {};  ///< As it stands in the condition.
  std::string text = {};        ///< Of Kind::Text: what it means.
};

/// The last token is Kind::End. Between "..." \" stands for a quote and every other backslash for itself, so
/// that regular expressions need no second ones; between '...' everything stands for itself.
[[nodiscard]] Result<std::vector<Token>> tokens_of(std::string_view text);

/// Errc::InvalidArgument, "column 8: what".
[[nodiscard]] std::unexpected<Error> query_mistake(std::size_t column, std::string_view what);

}  // namespace folio::logs
