// SPDX-License-Identifier: Apache-2.0
// The decompressors, one for each format. Making one is cheap; its library is asked for memory by its first
// step.
#pragma once

#include <memory>

#include "decode/decoder.h"

namespace folio::decode {

[[nodiscard]] std::unique_ptr<Decoder> make_gzip_decoder();
[[nodiscard]] std::unique_ptr<Decoder> make_zstd_decoder();
[[nodiscard]] std::unique_ptr<Decoder> make_lz4_decoder();
[[nodiscard]] std::unique_ptr<Decoder> make_xz_decoder();
[[nodiscard]] std::unique_ptr<Decoder> make_bzip2_decoder();

}  // namespace folio::decode
