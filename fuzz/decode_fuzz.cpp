// SPDX-License-Identifier: Apache-2.0
// Decompressors and converters on arbitrary bytes: no crash, no end that never comes, and the same bytes in
// pieces of any size. The first byte chooses what decodes, the second the size of the pieces; data follows.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "folio/decode.h"

namespace {

using folio::ByteStream;
using folio::Compression;
using folio::MutableByteView;

constexpr std::size_t kOutputMax = 1U << 20;
constexpr std::array<std::string_view, 6> kLabels{"utf-16le",  "utf-16be",    "koi8-r",
                                                  "shift_jis", "iso-2022-jp", "gb18030"};

class Memory final : public ByteStream {
 public:
  Memory(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}
  [[nodiscard]] folio::Result<std::size_t> read(MutableByteView target) override {
    const std::size_t size = std::min({target.size(), piece_, bytes_.size()});
    if (size != 0) std::memcpy(target.data(), bytes_.data(), size);
    bytes_.remove_prefix(size);
    return size;
  }
  [[nodiscard]] bool has_more_within(int) override { return true; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  std::string_view bytes_;
  std::size_t piece_;
  const std::string name_ = "fuzz";
};

folio::Result<std::unique_ptr<ByteStream>> decoder_of(unsigned choice, std::unique_ptr<ByteStream> from) {
  if (choice == 0) return folio::decompress_sniffed(std::move(from));
  if (choice == 1) return folio::transcode(std::move(from), {});
  if (choice < 7) return folio::decompress(std::move(from), static_cast<Compression>(choice - 1));
  const auto encoding = folio::Encoding::parse(kLabels[(choice - 7) % kLabels.size()]);
  if (!encoding) return from;
  return folio::transcode(std::move(from), *encoding);
}

std::string decoded(unsigned choice, std::string_view bytes, std::size_t piece_in, std::size_t piece_out) {
  auto stream = decoder_of(choice, std::make_unique<Memory>(bytes, piece_in));
  if (!stream) std::abort();
  std::string text;
  std::string buffer(piece_out, '\0');
  while (text.size() < kOutputMax) {
    const auto got = (*stream)->read(std::as_writable_bytes(std::span{buffer}));
    if (!got) return text + " error";
    if (*got == 0) return text + " end";
    text.append(buffer, 0, *got);
  }
  text.resize(kOutputMax);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const unsigned choice = data[0] % 13U;
  const std::string_view bytes = folio::to_text(std::as_bytes(std::span{data, size}).subspan(2));
  const std::string whole = decoded(choice, bytes, SIZE_MAX, 1U << 16);
  const std::string pieces = decoded(choice, bytes, 1U + data[1] % 16U, 1U + data[1] / 4U);
  // Where the data is damaged, how much comes out before may depend on the pieces.
  const std::size_t common = std::min(whole.size(), pieces.size());
  const bool fails = whole.ends_with(" error") && pieces.ends_with(" error");
  if (!fails && whole != pieces) std::abort();
  if (fails && whole.compare(0, common - 6, pieces, 0, common - 6) != 0) std::abort();
  return 0;
}
