// SPDX-License-Identifier: Apache-2.0
#include "decode/decoding_stream.h"

#include <algorithm>
#include <cstring>

#include "core/try.h"

namespace folio::decode {

namespace {

constexpr std::size_t kBufferSize = 128U << 10;

}  // namespace

Result<std::size_t> DecodingStream::read(MutableByteView target) {
  if (spill_begin_ < spill_end_) return take_spilled(target);
  if (target.size() >= 2 * kOutputMin) return decode(target);
  spill_begin_ = 0;
  spill_end_ = FOLIO_TRY(decode(spill_));
  return take_spilled(target);
}

std::size_t DecodingStream::take_spilled(MutableByteView target) {
  const std::size_t size = std::min(target.size(), spill_end_ - spill_begin_);
  if (size != 0) std::memcpy(target.data(), spill_.data() + spill_begin_, size);
  spill_begin_ += size;
  return size;
}

bool DecodingStream::has_more_within(int timeout_ms) {
  const bool is_starved = until_ == Progress::Until::Starved && input_ == Input::Open;
  return spill_begin_ < spill_end_ || !is_starved || from_->has_more_within(timeout_ms);
}

Result<std::size_t> DecodingStream::decode(MutableByteView target) {
  for (;;) {
    if (failure_) return std::unexpected(*failure_);
    if (until_ == Progress::Until::Done) return 0;
    if (decoder_->passes_through() && begin_ == end_ && input_ == Input::Open) {
      until_ = Progress::Until::Starved;
      return from_->read(target);
    }
    const Progress progress = advance(target);
    until_ = progress.until;
    if (progress.produced > 0) return progress.produced;
    if (until_ != Progress::Until::Starved) continue;
    if (input_ == Input::Ended) {
      failure_ = at_offset(bad_data("the " + std::string{decoder_->format()} + " data ends too early"));
    } else {
      FOLIO_TRY(fill());
    }
  }
}

// Steps until the target is full or the decoder can't go on with what there is. Damage is told once all that
// comes before it has been delivered.
DecodingStream::Progress DecodingStream::advance(MutableByteView target) {
  std::size_t produced = 0;
  for (;;) {
    const MutableByteView out = target.subspan(produced);
    if (out.size() < kOutputMin) return {produced, Progress::Until::Full};
    auto step = decoder_->step({buffer_.get() + begin_, end_ - begin_}, out, input_);
    if (!step) {
      failure_ = at_offset(std::move(step).error());
      return {produced, Progress::Until::Failed};
    }
    begin_ += step->consumed;
    consumed_ += step->consumed;
    produced += step->produced;
    if (step->state == Step::State::Done) return {produced, Progress::Until::Done};
    if (step->consumed == 0 && step->produced == 0) return {produced, Progress::Until::Starved};
  }
}

Result<void> DecodingStream::fill() {
  if (!buffer_) buffer_ = std::make_unique_for_overwrite<std::byte[]>(kBufferSize);
  if (begin_ < end_ && begin_ > 0) std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const std::size_t got = FOLIO_TRY(from_->read({buffer_.get() + end_, kBufferSize - end_}));
  if (got == 0) input_ = Input::Ended;
  end_ += got;
  return {};
}

Error DecodingStream::at_offset(Error error) const {
  error.path = from_->name();
  error.offset = consumed_ + error.offset.value_or(0);
  return error;
}

}  // namespace folio::decode
