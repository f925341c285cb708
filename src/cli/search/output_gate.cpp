// SPDX-License-Identifier: Apache-2.0
#include "cli/search/output_gate.h"

#include <utility>

namespace folio::cli {

bool OutputGate::may_enter(std::uint64_t index) const {
  return state_ == State::Free && (order_ == Order::Any || next_ == index);
}

void OutputGate::enter(std::uint64_t index) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return may_enter(index); });
  state_ = State::Taken;
}

void OutputGate::pass_on(std::uint64_t index) {
  const std::scoped_lock lock(mutex_);
  state_ = State::Free;
  last_ = index;
  next_ = index + 1;
  write_waiting();
  turn_.notify_all();
}

Flow OutputGate::write(std::string_view text) {
  if (reader_ == Reader::There && !text.empty()) {
    written_ += text.size();
    if (output_.write(text) == Flow::Stop) reader_ = Reader::Gone;
  }
  return reader_ == Reader::There ? Flow::Continue : Flow::Stop;
}

void OutputGate::write_file(std::uint64_t index, const Waiting& file) {
  if (file.text.empty()) return;
  if (is_behind_other(index)) write(file.separator);
  write(file.text);
  last_ = index;
}

void OutputGate::write_waiting() {
  for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_; ++next_) {
    write_file(first->first, first->second);
    waiting_size_ -= first->second.text.size();
    first = waiting_.erase(first);
  }
}

void OutputGate::leave(std::uint64_t index, std::string separator, std::string text) {
  std::unique_lock lock(mutex_);
  const auto may_wait_here = [&] {
    return order_ == Order::ByIndex && waiting_size_ + text.size() <= kWaitingMax;
  };
  turn_.wait(lock, [&] { return may_enter(index) || may_wait_here(); });
  if (!may_enter(index)) {
    waiting_size_ += text.size();
    waiting_.emplace(index, Waiting{std::move(separator), std::move(text)});
    return;
  }
  write_file(index, {std::move(separator), std::move(text)});
  next_ = index + 1;
  write_waiting();
  turn_.notify_all();
}

bool OutputGate::is_closed() {
  const std::scoped_lock lock(mutex_);
  return reader_ == Reader::Gone;
}

void OutputGate::write_last(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  write(text);
}

std::uint64_t OutputGate::written() {
  const std::scoped_lock lock(mutex_);
  return written_;
}

FileOutput::~FileOutput() {
  if (state_ == State::Inside) {
    gate_.pass_on(index_);
  } else {
    gate_.leave(index_, std::move(separator_), std::move(buffer_));
  }
}

Flow FileOutput::write(std::string_view text) {
  size_ += text.size();
  if (state_ == State::Inside) return gate_.write(text);
  buffer_ += text;
  return buffer_.size() > kBufferMax ? enter() : Flow::Continue;
}

Flow FileOutput::flush() {
  if (buffer_.empty()) return Flow::Continue;
  const Flow flow = enter();
  gate_.pass_on(index_);
  state_ = State::Buffering;
  return flow;
}

Flow FileOutput::enter() {
  gate_.enter(index_);
  state_ = State::Inside;
  if (gate_.is_behind_other(index_)) gate_.write(separator_);
  return gate_.write(std::exchange(buffer_, {}));
}

}  // namespace folio::cli
