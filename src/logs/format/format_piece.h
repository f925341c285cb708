// SPDX-License-Identifier: Apache-2.0
// A format as its language has it: literal texts and fields in the order of a line. What the readers of
// Apache's and nginx's languages make, and what a program is built from.
//
// Ownership: pieces own their texts. Threads: plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "logs/record.h"

namespace folio::logs {

/// What becomes of a field's text.
enum class Conversion : std::uint8_t {
  Skip,
  SkipCount,  ///< A number that another one makes superfluous; still it must be one.
  Text,
  HostPort,      ///< Text, without ":port" at its end.
  Request,       ///< Method, Target and Protocol.
  Status,        ///< Three digits; 0, 000 and -1: none.
  Count,         ///< A whole number.
  CountOrZero,   ///< "-" is 0.
  Duration,      ///< Times `unit`; a negative one is absent.
  DurationSum,   ///< All of them together are the Latency; none if one is negative.
  DurationList,  ///< Sum of "0.1, - : 0.2" of nginx.
  StatusList,    ///< The last of "502, 200" of nginx.
  ClfTime,
  IsoTime,
  EpochTime,  ///< Times `unit`.
  TimePart,   ///< By `pattern`; all parts together are the Time.
};

struct FieldSpec {
  Conversion conversion = Conversion::Skip;
  Field field = Field::Message;
  std::int64_t unit = 1;  ///< Nanoseconds.
  unsigned rank = 1;      ///< Of several pieces for one field the highest is taken, of equal ones the first.
  std::string pattern = {};  ///< Of TimePart.
  // How the text is found.
  bool is_padded = false;      ///< Spaces before it belong to nothing.
  bool may_be_quoted = false;  ///< "text in quotes" or text.
  bool is_list = false;        ///< May hold ", " and " : " of nginx's upstreams.
};

struct FormatPiece {
  std::string literal = {};  ///< Not empty: a literal.
  FieldSpec spec = {};       ///< Otherwise a field.
  std::string name = {};     ///< "%h", "$remote_addr", for messages.
  std::size_t position = 0;  ///< In the format, from 0.

  [[nodiscard]] bool is_field() const { return literal.empty(); }
};

using FormatPieces = std::vector<FormatPiece>;

/// Appends to the last piece if that is a literal.
void append_literal(FormatPieces& pieces, char byte, std::size_t position);

}  // namespace folio::logs
