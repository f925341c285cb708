// SPDX-License-Identifier: Apache-2.0
// Mappings as the methods want them.
#pragma once

#include "bench/access/situation.h"
#include "folio/mapping.h"

namespace folio::bench {

/// Maps the range (default: all) of a file, guarded: it may be cut while it is measured.
[[nodiscard]] Result<Mapping> map_as(Method method, const File& file, ByteRange range = kWholeMapping);

/// What was computed from a mapping counts if the file still had all of its bytes.
[[nodiscard]] Result<std::uint64_t> checked(const Mapping& mapping, std::uint64_t value);

}  // namespace folio::bench
