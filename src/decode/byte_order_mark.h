// SPDX-License-Identifier: Apache-2.0
// The byte-order marks that tell an encoding.
#pragma once

#include "folio/decode.h"

namespace folio::decode {

struct ByteOrderMark {
  Encoding::Kind encoding = Encoding::Kind::None;
  std::size_t size = 0;  // 0: there is none
};

[[nodiscard]] inline ByteOrderMark byte_order_mark(ByteView bytes) {
  const std::string_view text = to_text(bytes.first(std::min<std::size_t>(bytes.size(), 3)));
  if (text == "\xef\xbb\xbf") return {Encoding::Kind::Utf8, 3};
  if (text.starts_with("\xff\xfe")) return {Encoding::Kind::Utf16Le, 2};
  if (text.starts_with("\xfe\xff")) return {Encoding::Kind::Utf16Be, 2};
  return {};
}

[[nodiscard]] inline bool needs_more_for_mark(ByteView bytes) {
  const std::string_view text = to_text(bytes);
  return text.empty() || text == "\xef" || text == "\xef\xbb" || text == "\xff" || text == "\xfe";
}

}  // namespace folio::decode
