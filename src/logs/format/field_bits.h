// SPDX-License-Identifier: Apache-2.0
// Sets of fields as bits, as in Record::present.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "logs/record.h"

namespace folio::logs {

[[nodiscard]] constexpr std::uint32_t field_bits(std::initializer_list<Field> fields) {
  std::uint32_t bits = 0;
  for (const Field field : fields) bits |= 1U << static_cast<unsigned>(field);
  return bits;
}

}  // namespace folio::logs
