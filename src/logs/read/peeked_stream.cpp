// SPDX-License-Identifier: Apache-2.0
#include "logs/read/peeked_stream.h"

#include <algorithm>
#include <cstring>

namespace folio::logs {

std::string_view PeekedStream::peek(std::size_t size) {
  std::size_t filled = head_.size();
  if (filled < size) head_.resize(size);
  while (filled < size && state_ == State::Open) {
    const auto target = std::as_writable_bytes(std::span(head_).subspan(filled));
    auto got = from_->read(target);
    if (!got) {
      state_ = State::Failed;
      error_ = std::move(got).error();
    } else if (*got == 0) {
      state_ = State::AtEnd;
    } else {
      filled += *got;
    }
  }
  head_.resize(filled);
  return head_;
}

Result<std::size_t> PeekedStream::read(MutableByteView target) {
  if (taken_ < head_.size()) {
    const std::size_t size = std::min(target.size(), head_.size() - taken_);
    std::memcpy(target.data(), head_.data() + taken_, size);
    taken_ += size;
    return size;
  }
  if (state_ == State::Failed) return std::unexpected(error_);
  if (state_ == State::AtEnd) return std::size_t{0};
  return from_->read(target);
}

bool PeekedStream::has_more_within(int timeout_ms) {
  return taken_ < head_.size() || state_ != State::Open || from_->has_more_within(timeout_ms);
}

}  // namespace folio::logs
