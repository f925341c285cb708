// SPDX-License-Identifier: Apache-2.0
// The tables of an aggregate as bytes, in sorted order: equal content gives equal bytes.
#pragma once

#include "logs/aggregate/tables.h"
#include "logs/partial/byte_reader.h"
#include "logs/partial/byte_writer.h"

namespace folio::logs {

void write_tables(ByteWriter& writer, const Tables& tables);
/// Into empty tables; what they hold where the reader refuses means nothing.
void read_tables(ByteReader& reader, Tables& tables);

}  // namespace folio::logs
