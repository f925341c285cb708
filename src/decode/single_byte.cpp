// SPDX-License-Identifier: Apache-2.0
// Encodings in which each byte is a character, by tables: they are there whatever the C library has.
#include <algorithm>
#include <array>
#include <iterator>

#include "decode/text_decoders.h"

namespace folio::decode {

namespace {

struct Table {
  std::string_view name;
  std::array<char16_t, 128> upper;  // of the bytes from 0x80 on
};

constexpr Table kTables[] = {
#include "decode/single_byte_tables.inc"
};

class SingleByteDecoder final : public Decoder {
 public:
  explicit SingleByteDecoder(const Table& table) : table_(table) {}
  [[nodiscard]] std::string_view format() const override { return table_.name; }

  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    Utf8Writer writer(out);
    std::size_t at = 0;
    for (; at < in.size() && writer.room() >= kCharacterMax; ++at) {
      const auto byte = std::to_integer<std::size_t>(in[at]);
      writer.put(byte < 0x80 ? static_cast<char32_t>(byte) : table_.upper[byte - 0x80]);
    }
    const bool done = input == Input::Ended && at == in.size();
    return Step{at, writer.size(), done ? Step::State::Done : Step::State::Going};
  }

 private:
  const Table& table_;
};

}  // namespace

std::unique_ptr<Decoder> make_single_byte_decoder(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kTables), std::end(kTables),
                                         [&](const Table& table) { return table.name == name; });
  return found == std::end(kTables) ? nullptr : std::make_unique<SingleByteDecoder>(*found);
}

}  // namespace folio::decode
