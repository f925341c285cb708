// SPDX-License-Identifier: Apache-2.0
#include "scan/stream_supply.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "simd/find_byte.h"

namespace folio::scan {

namespace {

constexpr int kPollMs = 100;  // how often a wait for input looks whether the scan was stopped

}  // namespace

StreamSupply::StreamSupply(StreamInput& input, ByteRange range, std::uint64_t chunk_size, CutRules rules,
                           unsigned workers, std::stop_token stop)
    : input_(input), range_(range), chunk_size_(chunk_size), rules_(rules), stop_(std::move(stop)) {
  buffers_.resize(workers);
}

std::uint64_t StreamSupply::valid_end() {
  const std::scoped_lock lock(mutex_);
  return damaged_from_;
}

std::optional<Error> StreamSupply::damage() const {
  const std::scoped_lock lock(mutex_);
  return damage_;
}

void StreamSupply::note(std::uint64_t offset, Error error) {
  const std::scoped_lock lock(mutex_);
  if (offset >= damaged_from_) return;
  error.offset = offset;
  damage_ = std::move(error);
  damaged_from_ = offset;
}

bool StreamSupply::fetch(unsigned worker, std::uint64_t index, Chunk& chunk) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return next_index_ == index || state_ == State::Ended; });
  if (state_ == State::Ended) return false;
  // The input is touched by the worker whose turn it is alone; the lock is free meanwhile for valid_end().
  lock.unlock();
  const State after = read_chunk(worker, index, chunk);
  lock.lock();
  state_ = after;
  ++next_index_;
  turn_.notify_all();
  return !chunk.bytes.empty() || after != State::Ended;
}

bool StreamSupply::wait_for_input() {
  while (!stop_.stop_requested()) {
    if (input_.has_more_within(kPollMs)) return true;
  }
  note(position_, {.code = Errc::Cancelled, .system_errno = 0, .path = {}, .offset = std::nullopt,
                   .detail = "stopped before the end"});
  return false;
}

// Reads until `target` bytes are held, or until the input pauses behind a whole record: what has arrived should not
// wait for what may come much later.
StreamSupply::Filled StreamSupply::fill(os::AlignedBuffer& buffer, std::uint64_t size, std::uint64_t target) {
  while (size < target) {
    const bool complete = whole_records({buffer.data(), size}, {size, Filled::Input::Open}) > 0;
    if (complete && !input_.has_more_within(0)) break;
    if (!complete && !wait_for_input()) return {size, Filled::Input::Ended};
    auto got = input_.read({buffer.data() + size, target - size});
    if (!got) {
      note(position_ + size, std::move(got).error());
      return {size, Filled::Input::Ended};
    }
    if (*got == 0) return {size, Filled::Input::Ended};
    size += *got;
  }
  return {size, Filled::Input::Open};
}

// Bytes up to the end of the last record that is complete.
std::uint64_t StreamSupply::whole_records(ByteView bytes, Filled filled) const {
  if (filled.input == Filled::Input::Ended) return bytes.size();
  switch (rules_.records.kind) {
    case Records::Kind::None: return bytes.size();
    case Records::Kind::Fixed: {
      const std::uint64_t record = rules_.records.size;
      const std::uint64_t end = (position_ + bytes.size()) / record * record;
      return end > position_ ? end - position_ : 0;
    }
    case Records::Kind::Delimited: break;
  }
  const std::size_t last = simd::find_last_byte(bytes, rules_.records.delimiter);
  return last == bytes.size() ? 0 : last + 1;
}

// Of `whole` bytes, those of records that begin before the end of the range.
std::uint64_t StreamSupply::owned_records(ByteView bytes, std::uint64_t whole) const {
  if (position_ >= range_.end) return 0;
  const std::uint64_t inside = range_.end - position_;
  if (whole <= inside) return whole;
  switch (rules_.records.kind) {
    case Records::Kind::None: return inside;
    case Records::Kind::Fixed: {
      const std::uint64_t record = rules_.records.size;
      return std::min(whole, (range_.end + record - 1) / record * record - position_);
    }
    case Records::Kind::Delimited: break;
  }
  const ByteView tail = bytes.subspan(inside - 1, whole - (inside - 1));
  const std::size_t found = simd::find_byte(tail, rules_.records.delimiter);
  return found == tail.size() ? whole : inside - 1 + found + 1;
}

// Reads and drops what lies before the first record of the range.
bool StreamSupply::skip_to_range() {
  if (range_.begin == 0) return true;
  std::vector<std::byte> dropped(1U << 16);
  bool at_record = rules_.records.kind != Records::Kind::Delimited;
  const std::uint64_t target = at_record ? range_.begin : range_.begin - 1;
  const std::uint64_t record = rules_.records.kind == Records::Kind::Fixed ? rules_.records.size : 1;
  const std::uint64_t stop_at = (target + record - 1) / record * record;
  while (position_ < stop_at || !at_record) {
    if (!wait_for_input()) return false;
    // Byte by byte behind the target: a stream cannot be put back. Streams with a range are rare and short.
    const std::uint64_t wish = position_ < stop_at ? std::min<std::uint64_t>(dropped.size(), stop_at - position_) : 1;
    auto got = input_.read({dropped.data(), wish});
    if (!got) {
      note(position_, std::move(got).error());
      return false;
    }
    if (*got == 0) return false;
    if (position_ >= stop_at) at_record = dropped[0] == rules_.records.delimiter;
    position_ += *got;
  }
  return true;
}

// Fills the worker's buffer with the carried bytes and new ones until at least one record is whole.
StreamSupply::Filled StreamSupply::gather(os::AlignedBuffer& buffer) {
  const std::uint64_t limit = rules_.record_size_max + 1;  // one byte more shows that a record is too long
  std::uint64_t capacity = std::max<std::uint64_t>(chunk_size_, carried_.size() + 1);
  Filled filled{carried_.size(), Filled::Input::Open};
  for (;;) {
    if (auto grown = buffer.grow(capacity); !grown) {
      note(position_, std::move(grown).error());
      return {0, Filled::Input::Ended};
    }
    if (!carried_.empty()) std::memcpy(buffer.data(), carried_.data(), carried_.size());
    carried_.clear();
    filled = fill(buffer, filled.size, capacity);
    if (first_record_is_too_long({buffer.data(), filled.size})) {
      note(position_, record_too_long(rules_.record_size_max));
      return {0, Filled::Input::Ended};
    }
    const bool whole = whole_records({buffer.data(), filled.size}, filled) > 0;
    if (whole || filled.input == Filled::Input::Ended) return filled;
    capacity = std::min(filled.size * 2, std::max(limit, filled.size + 1));
  }
}

bool StreamSupply::first_record_is_too_long(ByteView bytes) const {
  if (rules_.records.kind != Records::Kind::Delimited || bytes.size() <= rules_.record_size_max) return false;
  return simd::find_byte(bytes, rules_.records.delimiter) >= rules_.record_size_max;
}

// REQUIRES: it is this worker's turn. Returns State::Ended behind the last chunk.
StreamSupply::State StreamSupply::read_chunk(unsigned worker, std::uint64_t index, Chunk& chunk) {
  if (!in_range_ && !skip_to_range()) return State::Ended;
  in_range_ = true;
  chunk = {.bytes = {}, .offset = position_, .index = index, .worker = worker};
  if (position_ >= range_.end) return State::Ended;

  os::AlignedBuffer& buffer = buffers_[worker];
  const Filled filled = gather(buffer);
  const ByteView bytes{buffer.data(), filled.size};
  const std::uint64_t whole = whole_records(bytes, filled);
  const std::uint64_t owned = owned_records(bytes, whole);
  chunk.bytes = bytes.first(owned);
  carried_.assign(bytes.begin() + static_cast<std::ptrdiff_t>(whole), bytes.end());
  position_ += owned;
  const bool ended = filled.input == Filled::Input::Ended || owned < whole || position_ >= range_.end;
  return ended ? State::Ended : State::Reading;
}

}  // namespace folio::scan
