// SPDX-License-Identifier: Apache-2.0
// Encodings by label, and streams of text through the converters.
#include <algorithm>
#include <array>
#include <iterator>

#include "core/try.h"
#include "decode/byte_order_mark.h"
#include "decode/decoding_stream.h"
#include "decode/pass_through.h"
#include "decode/text_decoders.h"
#include "folio/decode.h"

namespace folio {

namespace {

struct Label {
  std::string_view label;
  Encoding::Kind kind;
  std::string_view name;
};

constexpr Label kLabels[] = {
#include "decode/encoding_labels.inc"
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

namespace decode {

namespace {

Result<std::unique_ptr<Decoder>> make_text_decoder(const Encoding& encoding) {
  switch (encoding.kind()) {
    case Encoding::Kind::Utf16Le:
      return make_utf16_decoder(ByteOrder::Little);
    case Encoding::Kind::Utf16Be:
      return make_utf16_decoder(ByteOrder::Big);
    case Encoding::Kind::SingleByte:
      return make_single_byte_decoder(encoding.name());
    case Encoding::Kind::System:
      return make_system_decoder(encoding.name());
    case Encoding::Kind::Auto:
    case Encoding::Kind::None:
    case Encoding::Kind::Utf8:
      break;
  }
  return std::make_unique<PassThrough>();
}

std::unique_ptr<Decoder> decoder_by(const ByteOrderMark& mark) {
  if (mark.encoding == Encoding::Kind::Utf16Le) return make_utf16_decoder(ByteOrder::Little);
  if (mark.encoding == Encoding::Kind::Utf16Be) return make_utf16_decoder(ByteOrder::Big);
  return std::make_unique<PassThrough>();
}

// Leaves out a byte-order mark and becomes the decoder that it asks for.
class MarkDecoder final : public Decoder {
 public:
  explicit MarkDecoder(std::unique_ptr<Decoder> unmarked) : decoder_(std::move(unmarked)) {}

  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    if (is_chosen_) return decoder_->step(in, out, input);
    if (input == Input::Open && needs_more_for_mark(in)) return Step{};
    is_chosen_ = true;
    const ByteOrderMark mark = byte_order_mark(in);
    if (mark.size == 0) return decoder_->step(in, out, input);
    decoder_ = decoder_by(mark);
    Step step = FOLIO_TRY(decoder_->step(in.subspan(mark.size), out, input));
    step.consumed += mark.size;
    return step;
  }
  [[nodiscard]] bool passes_through() const override { return is_chosen_ && decoder_->passes_through(); }
  [[nodiscard]] std::string_view format() const override { return decoder_->format(); }

 private:
  std::unique_ptr<Decoder> decoder_;
  bool is_chosen_ = false;
};

}  // namespace

}  // namespace decode

Result<Encoding> Encoding::parse(std::string_view label) {
  std::string lowered(label);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  const auto* const found =
      std::lower_bound(std::begin(kLabels), std::end(kLabels), lowered,
                       [](const Label& known, const std::string& wanted) { return known.label < wanted; });
  if (found == std::end(kLabels) || found->label != lowered) {
    std::string detail{label};
    detail += ": no encoding that folio knows; try auto, none, utf-16 or latin1";
    return std::unexpected(decode::decode_error(Errc::InvalidArgument, std::move(detail), std::nullopt));
  }
  Encoding encoding;
  encoding.kind_ = found->kind;
  encoding.name_ = found->name;
  if (encoding.kind_ == Kind::System)
    static_cast<void>(FOLIO_TRY(decode::make_system_decoder(encoding.name_)));
  return encoding;
}

Result<std::unique_ptr<ByteStream>> transcode(std::unique_ptr<ByteStream> from, const Encoding& encoding) {
  if (encoding.kind() == Encoding::Kind::None) return from;
  auto decoder = FOLIO_TRY(decode::make_text_decoder(encoding));
  return std::make_unique<decode::DecodingStream>(std::move(from),
                                                  std::make_unique<decode::MarkDecoder>(std::move(decoder)));
}

}  // namespace folio
