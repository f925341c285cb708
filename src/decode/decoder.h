// SPDX-License-Identifier: Apache-2.0
// What turns bytes into other bytes, piece by piece: a format's decompressor, a converter of text.
//
// Threads: one call at a time. Errors: their offset, where there is one, counts from the beginning
// of the step's input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::decode {

enum class Input : std::uint8_t { Open, Ended };

struct Step {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  enum class State : std::uint8_t { Going, Done } state = State::Going;
};

/// Room that a decoder may ask for before it produces anything.
inline constexpr std::size_t kOutputMin = 16;

class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Goes as far as input and room allow; `out` has room for kOutputMin bytes. A step that neither consumes
  /// nor produces asks for more input; with Input::Ended it says that the data ends too early. At most 32
  /// bytes may be left unconsumed when asking for more.
  [[nodiscard]] virtual Result<Step> step(ByteView in, MutableByteView out, Input input) = 0;
  /// From now on the output is what is left of the input.
  [[nodiscard]] virtual bool passes_through() const { return false; }
  /// What an error calls the data.
  [[nodiscard]] virtual std::string_view format() const = 0;
};

[[nodiscard]] inline Error decode_error(Errc code, std::string detail,
                                        std::optional<std::uint64_t> offset = 0) {
  return {.code = code, .system_errno = 0, .path = {}, .offset = offset, .detail = std::move(detail)};
}
[[nodiscard]] inline Error bad_data(std::string detail, std::size_t offset = 0) {
  return decode_error(Errc::BadData, std::move(detail), offset);
}
[[nodiscard]] inline Error out_of_memory() {
  return decode_error(Errc::OutOfMemory, "there is not enough memory to decode it");
}

}  // namespace folio::decode
