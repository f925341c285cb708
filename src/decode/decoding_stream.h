// SPDX-License-Identifier: Apache-2.0
// A stream that reads another one through a Decoder.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "decode/decoder.h"
#include "folio/stream.h"

namespace folio::decode {

class DecodingStream final : public ByteStream {
 public:
  DecodingStream(std::unique_ptr<ByteStream> from, std::unique_ptr<Decoder> decoder)
      : from_(std::move(from)), decoder_(std::move(decoder)) {}

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override;
  [[nodiscard]] bool has_more_within(int timeout_ms) override;
  [[nodiscard]] const std::string& name() const override { return from_->name(); }

 private:
  struct Progress {
    std::size_t produced = 0;
    enum class Until : std::uint8_t { Full, Starved, Done, Failed } until = Until::Starved;
  };
  [[nodiscard]] Result<std::size_t> decode(MutableByteView target);
  [[nodiscard]] Progress advance(MutableByteView target);
  [[nodiscard]] Result<void> fill();
  [[nodiscard]] std::size_t take_spilled(MutableByteView target);
  [[nodiscard]] Error at_offset(Error error) const;

  std::unique_ptr<ByteStream> from_;
  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<std::byte[]> buffer_;  // made with the first read
  std::size_t begin_ = 0;                // of what is not consumed yet
  std::size_t end_ = 0;
  std::uint64_t consumed_ = 0;  // bytes of `from_`
  Input input_ = Input::Open;
  Progress::Until until_ = Progress::Until::Starved;  // why the last decoding ended
  std::optional<Error> failure_;                      // to be told when all before it has been read
  std::array<std::byte, kOutputMin> spill_{};         // for targets with less room than a decoder needs
  std::size_t spill_begin_ = 0;
  std::size_t spill_end_ = 0;
};

}  // namespace folio::decode
