// SPDX-License-Identifier: Apache-2.0
#include "scan/file_input.h"

#include <algorithm>

#include "core/try.h"
#include "os/poll.h"
#include "scan/file_source.h"

namespace folio::scan {

bool PositionInput::has_more_within(int timeout_ms) {
  return os::is_readable_within(file_.descriptor(), timeout_ms);
}

Result<std::size_t> OffsetInput::read(MutableByteView target) {
  const std::uint64_t left = file_.size() - std::min(next_, file_.size());
  const std::size_t wanted = std::min<std::uint64_t>(target.size(), left);
  if (wanted == 0) return 0;
  const std::size_t got = FOLIO_TRY(file_.read_at(next_, target.first(wanted)));
  if (got == 0) return std::unexpected(truncation_error(file_, next_));
  next_ += got;
  return got;
}

}  // namespace folio::scan
