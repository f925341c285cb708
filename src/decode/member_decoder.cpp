// SPDX-License-Identifier: Apache-2.0
#include "decode/member_decoder.h"

#include <algorithm>

#include "core/try.h"
#include "decode/sniff.h"

namespace folio::decode {

Result<Step> MemberDecoder::step(ByteView in, MutableByteView out, Input input) {
  switch (place_) {
    case Place::First:
      FOLIO_TRY(begin_member());
      place_ = Place::Inside;
      [[fallthrough]];
    case Place::Inside:
      return step_inside(in, out, input);
    case Place::Between:
      return step_between(in, out, input);
    case Place::Padding:
      break;
  }
  return skip_padding(in, input);
}

Result<Step> MemberDecoder::step_inside(ByteView in, MutableByteView out, Input input) {
  Step step = FOLIO_TRY(member_step(in, out));
  if (step.state != Step::State::Done) return step;
  place_ = Place::Between;
  step.state = Step::State::Going;
  if (step.consumed > 0 || step.produced > 0) return step;
  return step_between(in, out, input);
}

Result<Step> MemberDecoder::step_between(ByteView in, MutableByteView out, Input input) {
  if (input == Input::Open && needs_more_to_sniff(in)) return Step{};
  if (begins_member(in, compression_)) {
    FOLIO_TRY(begin_member());
    place_ = Place::Inside;
    return step_inside(in, out, input);
  }
  place_ = Place::Padding;
  return skip_padding(in, input);
}

// Tapes and some writers fill the last block with zeros.
Result<Step> MemberDecoder::skip_padding(ByteView in, Input input) const {
  const auto end = std::find_if(in.begin(), in.end(), [](std::byte byte) { return byte != std::byte{0}; });
  const auto zeros = static_cast<std::size_t>(end - in.begin());
  if (zeros < in.size()) {
    return std::unexpected(
        bad_data("there is something else behind the " + std::string{format()} + " data", zeros));
  }
  return Step{zeros, 0, input == Input::Ended ? Step::State::Done : Step::State::Going};
}

Error MemberDecoder::damaged(std::string_view reason, std::size_t offset) const {
  return bad_data("the " + std::string{format()} + " data is damaged (" + std::string{reason} + ")", offset);
}

}  // namespace folio::decode
