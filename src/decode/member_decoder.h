// SPDX-License-Identifier: Apache-2.0
// What the formats share whose data may be several members (gzip, bzip2) or frames (zstd, lz4), one behind
// the other, perhaps with zeros behind the last.
#pragma once

#include "decode/decoder.h"
#include "folio/decode.h"

namespace folio::decode {

class MemberDecoder : public Decoder {
 public:
  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) final;
  [[nodiscard]] std::string_view format() const final { return compression_name(compression_); }

 protected:
  explicit MemberDecoder(Compression compression) : compression_(compression) {}
  /// Makes ready for the first or the next member.
  [[nodiscard]] virtual Result<void> begin_member() = 0;
  /// As step(), within one member; State::Done at its end.
  [[nodiscard]] virtual Result<Step> member_step(ByteView in, MutableByteView out) = 0;
  /// The data is damaged, as `reason` says.
  [[nodiscard]] Error damaged(std::string_view reason, std::size_t offset = 0) const;

 private:
  enum class Place : std::uint8_t { First, Inside, Between, Padding };
  [[nodiscard]] Result<Step> step_inside(ByteView in, MutableByteView out, Input input);
  [[nodiscard]] Result<Step> step_between(ByteView in, MutableByteView out, Input input);
  [[nodiscard]] Result<Step> skip_padding(ByteView in, Input input) const;

  Compression compression_;
  Place place_ = Place::First;
};

}  // namespace folio::decode
