// SPDX-License-Identifier: Apache-2.0
// The decoder of what needs none.
#pragma once

#include <algorithm>
#include <cstring>

#include "decode/decoder.h"

namespace folio::decode {

class PassThrough final : public Decoder {
 public:
  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    const std::size_t size = std::min(in.size(), out.size());
    if (size != 0) std::memcpy(out.data(), in.data(), size);
    const bool done = input == Input::Ended && size == in.size();
    return Step{size, size, done ? Step::State::Done : Step::State::Going};
  }
  [[nodiscard]] bool passes_through() const override { return true; }
  [[nodiscard]] std::string_view format() const override { return "plain"; }
};

}  // namespace folio::decode
