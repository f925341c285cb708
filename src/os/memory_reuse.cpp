// SPDX-License-Identifier: Apache-2.0
#include "os/memory_reuse.h"

#include <malloc.h>

namespace folio::os {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kKept = 32 << 20;
  constexpr int kStep = 1 << 20;
  // NOLINTBEGIN(concurrency-mt-unsafe): called before the first thread is started.
  ::mallopt(M_MMAP_THRESHOLD, kKept);
  ::mallopt(M_TRIM_THRESHOLD, kKept);
  ::mallopt(M_TOP_PAD, kStep);
  // NOLINTEND(concurrency-mt-unsafe)
#endif
}

}  // namespace folio::os
