// SPDX-License-Identifier: Apache-2.0
// A stream whose beginning can be looked at before it is read.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "folio/stream.h"

namespace folio::logs {

class PeekedStream final : public ByteStream {
 public:
  explicit PeekedStream(std::unique_ptr<ByteStream> from) : from_(std::move(from)) {}

  /// The first bytes: up to `size`, fewer where the stream ends before, or where it has an error, which
  /// read() then tells. REQUIRES: nothing was read.
  [[nodiscard]] std::string_view peek(std::size_t size);

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override;
  [[nodiscard]] bool has_more_within(int timeout_ms) override;
  [[nodiscard]] const std::string& name() const override { return from_->name(); }

 private:
  enum class State : std::uint8_t { Open, AtEnd, Failed };

  std::unique_ptr<ByteStream> from_;
  std::string head_;
  std::size_t taken_ = 0;
  State state_ = State::Open;
  Error error_;
};

}  // namespace folio::logs
