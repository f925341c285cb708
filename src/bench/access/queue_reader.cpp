// SPDX-License-Identifier: Apache-2.0
#include "bench/access/queue_reader.h"

#include <algorithm>

#include "core/checked.h"
#include "core/try.h"

namespace folio::bench {

Result<QueueReader> QueueReader::open(const File& file, const MethodSpec& method) {
  auto queue = FOLIO_TRY(os::UringQueue::create(file.descriptor(), method.depth, method.block));
  return QueueReader(std::move(queue), method);
}

Result<void> QueueReader::start(unsigned slot, ByteRange range) {
  // Past the page cache only whole blocks can be read; the end of the file cuts them short.
  const std::uint64_t length =
      method_.method == Method::Direct ? round_up(range.size(), kDirectAlignment) : range.size();
  FOLIO_TRY(queue_->start(slot, range.begin, length));
  pending_.push_back({slot, range.size()});
  return {};
}

Result<void> QueueReader::run(const std::function<std::optional<ByteRange>()>& next,
                              const std::function<Result<void>(ByteView)>& look) {
  for (unsigned slot = 0; slot < method_.depth; ++slot) {
    const auto range = next();
    if (!range) break;
    FOLIO_TRY(start(slot, *range));
  }
  while (!pending_.empty()) {
    const Pending first = pending_.front();
    pending_.pop_front();
    const std::uint64_t got = FOLIO_TRY(queue_->finish(first.slot));
    FOLIO_TRY(look(queue_->buffer(first.slot).first(std::min(got, first.size))));
    if (const auto range = next()) FOLIO_TRY(start(first.slot, *range));
  }
  return {};
}

}  // namespace folio::bench
