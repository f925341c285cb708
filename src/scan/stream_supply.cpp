// SPDX-License-Identifier: Apache-2.0
#include "scan/stream_supply.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "simd/find_byte.h"

namespace folio::scan {

namespace {

constexpr int kPollMs = 100;  // how often a wait for input looks whether the scan was stopped
constexpr std::uint64_t kSkipSize = 1U << 16;

}  // namespace

StreamSupply::StreamSupply(ByteStream& input, ByteRange range, std::uint64_t chunk_size, CutRules rules,
                           unsigned workers, std::stop_token stop, std::uint64_t begin)
    : input_(input),
      range_(range),
      chunk_size_(chunk_size),
      rules_(rules),
      stop_(std::move(stop)),
      position_(begin) {
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
  // A stream that is made of something else knows better where that is damaged.
  if (!error.offset) error.offset = offset;
  damage_ = std::move(error);
  damaged_from_ = offset;
}

void StreamSupply::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  state_ = State::Ended;
  turn_.notify_all();
}

Fetched StreamSupply::fetch(unsigned worker, std::uint64_t index, Chunk& chunk) {
  {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return next_index_ == index || state_ == State::Ended; });
    if (state_ == State::Ended) return Fetched::BehindEnd;
  }
  return take_turn(worker, index, chunk);
}

// The input is touched by the worker whose turn it is alone; the lock is free meanwhile for valid_end() and
// close().
Fetched StreamSupply::take_turn(unsigned worker, std::uint64_t index, Chunk& chunk) {
  const auto pass_on = [&](State after) {
    const std::scoped_lock lock(mutex_);
    if (after == State::Ended) state_ = State::Ended;
    ++next_index_;
    turn_.notify_all();
  };
  try {
    const State after = read_chunk(worker, index, chunk);
    // Damage ends the stream: what there is was noted in this turn.
    const Fetched behind = after == State::Ended && chunk.bytes.empty() ? Fetched::BehindEnd : Fetched::Whole;
    const Fetched fetched = damage() ? Fetched::CutShort : behind;
    pass_on(after);
    return fetched;
  } catch (...) {
    pass_on(State::Ended);
    throw;
  }
}

bool StreamSupply::wait_for_input() {
  while (!stop_.stop_requested()) {
    if (closed_) return false;
    if (input_.has_more_within(kPollMs)) return true;
  }
  note(position_, {.code = Errc::Cancelled,
                   .system_errno = 0,
                   .path = {},
                   .offset = std::nullopt,
                   .detail = "stopped before the end"});
  return false;
}

// Reads until `target` bytes are held, or until the input pauses behind a whole record: what has arrived
// should not wait for what may come much later.
StreamSupply::Filled StreamSupply::fill(os::AlignedBuffer& buffer, std::uint64_t size, std::uint64_t target) {
  bool complete = ends_a_record({buffer.data(), size}, size);
  while (size < target) {
    if (complete && !input_.has_more_within(0)) break;
    if (!complete && !wait_for_input()) return {size, Filled::Input::Ended};
    auto got = input_.read({buffer.data() + size, target - size});
    if (!got) {
      note(position_ + size, std::move(got).error());
      return {size, Filled::Input::Ended};
    }
    if (*got == 0) return {size, Filled::Input::Ended};
    size += *got;
    complete = complete || ends_a_record({buffer.data() + size - *got, *got}, size);
  }
  return {size, Filled::Input::Open};
}

// Whether a record ends in the bytes that `arrived`, the last of `size`.
bool StreamSupply::ends_a_record(ByteView arrived, std::uint64_t size) const {
  if (rules_.records.kind == Records::Kind::Delimited)
    return simd::has_byte(arrived, rules_.records.delimiter);
  if (rules_.records.kind == Records::Kind::None) return size > 0;
  if (rules_.records.kind == Records::Kind::Whole) return left_of_range(size) == 0;
  return (position_ + size) / rules_.records.size * rules_.records.size > position_;
}

// Of the range, when `size` bytes from its position on are held.
std::uint64_t StreamSupply::left_of_range(std::uint64_t size) const {
  return range_.end - std::min(range_.end, position_ + size);
}

// Bytes up to the end of the last record that is complete.
std::uint64_t StreamSupply::whole_records(ByteView bytes, Filled filled) const {
  if (filled.input == Filled::Input::Ended) return bytes.size();
  switch (rules_.records.kind) {
    case Records::Kind::None:
      return bytes.size();
    case Records::Kind::Whole:
      return left_of_range(bytes.size()) == 0 ? bytes.size() : 0;
    case Records::Kind::Fixed: {
      const std::uint64_t record = rules_.records.size;
      const std::uint64_t end = (position_ + bytes.size()) / record * record;
      return end > position_ ? end - position_ : 0;
    }
    case Records::Kind::Delimited:
      break;
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
    case Records::Kind::None:
    case Records::Kind::Whole:
      return inside;
    case Records::Kind::Fixed: {
      const std::uint64_t record = rules_.records.size;
      return std::min(whole, (range_.end + record - 1) / record * record - position_);
    }
    case Records::Kind::Delimited:
      break;
  }
  const ByteView tail = bytes.subspan(inside - 1, whole - (inside - 1));
  const std::size_t found = simd::find_byte(tail, rules_.records.delimiter);
  return found == tail.size() ? whole : inside - 1 + found + 1;
}

// Reads and drops what lies before the first record of the range. False where the input has none.
bool StreamSupply::skip_to_range() {
  if (rules_.records.kind == Records::Kind::Fixed) {
    const std::uint64_t over = range_.begin % rules_.records.size;
    return skip_to(over == 0 ? range_.begin : range_.begin - over + rules_.records.size);
  }
  if (rules_.records.kind == Records::Kind::Delimited && range_.begin > rules_.origin)
    return skip_to(range_.begin - 1) && skip_record();
  return skip_to(range_.begin);
}

bool StreamSupply::skip_to(std::uint64_t offset) {
  std::vector<std::byte> dropped;
  while (position_ < offset) {
    dropped.resize(std::min(kSkipSize, offset - position_));
    const std::uint64_t got = read_dropped(dropped);
    if (got == 0) return false;
    position_ += got;
  }
  return true;
}

// Skips up to the end of the record at hand. What was read behind it is carried to the first chunk.
bool StreamSupply::skip_record() {
  for (;;) {
    carried_.resize(std::min(kSkipSize, chunk_size_));
    const std::uint64_t got = read_dropped(carried_);
    carried_.resize(got);
    if (got == 0) return false;
    const std::uint64_t found = simd::find_byte(carried_, rules_.records.delimiter);
    const std::uint64_t skipped = std::min(found + 1, got);
    carried_.erase(carried_.begin(), carried_.begin() + static_cast<std::ptrdiff_t>(skipped));
    position_ += skipped;
    if (found < got) return true;
  }
}

// Bytes read; 0 at the end, and where the input can't be read.
std::uint64_t StreamSupply::read_dropped(MutableByteView target) {
  if (!wait_for_input()) return 0;
  auto got = input_.read(target);
  if (got) return *got;
  note(position_, std::move(got).error());
  return 0;
}

// Fills the worker's buffer with the carried bytes and new ones until at least one record is whole.
StreamSupply::Filled StreamSupply::gather(os::AlignedBuffer& buffer) {
  // One byte more shows that a record is too long.
  const std::uint64_t limit = std::max(rules_.record_size_max, rules_.record_size_max + 1);
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
  if (bytes.size() <= rules_.record_size_max) return false;
  if (rules_.records.kind == Records::Kind::Whole)
    return position_ + rules_.record_size_max < std::min(range_.end, position_ + bytes.size());
  if (rules_.records.kind != Records::Kind::Delimited) return false;
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
