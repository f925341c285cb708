// SPDX-License-Identifier: Apache-2.0
#include "os/aligned_buffer.h"

#include "core/try.h"

namespace folio::os {

// Never in 2 MiB pages: many buffers are filled in part only, and the memory of a scan is to stay small.
Result<AlignedBuffer> AlignedBuffer::allocate(std::uint64_t size) {
  return AlignedBuffer{FOLIO_TRY(Mapping::anonymous(size, HugePages::Never))};
}

Result<void> AlignedBuffer::grow(std::uint64_t size) {
  if (size <= memory_.size()) return {};
  if (memory_.empty()) {
    memory_ = FOLIO_TRY(Mapping::anonymous(size, HugePages::Never));
    return {};
  }
  return memory_.resize(size);
}

}  // namespace folio::os
