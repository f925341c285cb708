// SPDX-License-Identifier: Apache-2.0
// A compiled format: a list of steps, each of which cuts one field off the line, and the literal behind it.
//
// Ownership: a program owns all texts that its steps refer to; parsers share it. Threads: immutable once
// built. Errors: a Result that says what is wrong with a format, and where.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/format/format_piece.h"
#include "logs/time/time_pattern.h"

namespace folio::logs {

/// How the end of a field is found.
enum class Ending : std::uint8_t {
  Byte,     ///< The literal behind it is one byte: its first occurrence.
  Literal,  ///< First occurrence of the literal.
  Quote,    ///< A quote that no backslash escapes.
  Line,     ///< The end of the line, or of the word, as Rest has it.
};

struct Literal {
  std::string_view text = {};  ///< Points to bytes even where it is empty.
  std::uint64_t bits = 0;      ///< The first eight bytes of it.
  std::uint64_t mask = 0;      ///< Those that there are.
};

struct Step {
  Conversion conversion = Conversion::Skip;
  Ending ending = Ending::Line;
  Field field = Field::Message;
  bool is_last = false;
  bool is_padded = false;
  bool may_be_quoted = false;
  bool is_list = false;
  std::int64_t unit = 1;
  const TimePattern* pattern = nullptr;
  Literal literal{};               ///< Behind the field; may be empty for the last step.
  std::string_view expected = {};  ///< "a space after the host"
};

/// How a line ends.
enum class Rest : std::uint8_t {
  Nothing,      ///< With the last field, which may hold spaces.
  NoMoreWords,  ///< With the last field, which may hold neither spaces nor tabs.
  Anything,     ///< Behind a space anything may follow the last field.
};

struct FormatProgram {
  Literal prefix;
  std::vector<Step> steps;
  std::uint32_t fields = 0;  ///< Bits, as Record::present.
  Rest rest = Rest::Nothing;
  bool has_sums = false;  ///< TimeParts or DurationSums, which are resolved at the line's end.
  // What the steps refer to.
  std::deque<std::string> texts;
  std::deque<TimePattern> patterns;
};

using SharedProgram = std::shared_ptr<const FormatProgram>;

[[nodiscard]] Result<SharedProgram> build_program(const FormatPieces& pieces, Rest rest = Rest::Nothing);

/// "the host", "the user agent", for messages.
[[nodiscard]] std::string name_of(Field field);

}  // namespace folio::logs
