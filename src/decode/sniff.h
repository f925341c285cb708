// SPDX-License-Identifier: Apache-2.0
// Compressions by their first bytes.
#pragma once

#include "folio/decode.h"

namespace folio::decode {

/// Whether these first bytes, fewer than kSniffSize, are too few to tell.
[[nodiscard]] bool needs_more_to_sniff(ByteView first_bytes);

/// Whether a member, frame or stream of `compression`, or a frame to be skipped, may begin with these bytes.
[[nodiscard]] bool begins_member(ByteView bytes, Compression compression);

/// Output of compress(1), which folio does not read.
[[nodiscard]] bool is_compress_output(ByteView first_bytes);

}  // namespace folio::decode
