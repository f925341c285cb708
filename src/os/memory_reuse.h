// SPDX-License-Identifier: Apache-2.0
// How the process deals with memory that it has freed.
#pragma once

namespace folio::os {

/// From now on freed memory is kept for the next allocation, up to some tens of MiB, and not given back to
/// the kernel each time. For programs that fill and free buffers of a MiB over and over; the library itself
/// never calls it. PERF: `folio search the` over 200 files of 10 MB: 0.192 s instead of 0.248 s (2 cores),
/// for the sake of the page faults.
void keep_freed_memory();

}  // namespace folio::os
