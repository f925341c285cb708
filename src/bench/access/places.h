// SPDX-License-Identifier: Apache-2.0
// The same random places in a file for every method.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/access/situation.h"

namespace folio::bench {

/// Offsets of `count` blocks of `block` bytes in a file of `size` bytes, each a multiple of `block`. Uniform,
/// or by Zipf's law with exponent 1, popular blocks being strewn over the file. The same for the same
/// arguments. Empty where the file holds no block.
[[nodiscard]] std::vector<std::uint64_t> random_places(Shape shape, std::uint64_t size, std::uint64_t block,
                                                       std::uint64_t count);

}  // namespace folio::bench
