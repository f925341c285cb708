// SPDX-License-Identifier: Apache-2.0
// bzip2, by libbz2; also what parallel compressors write, which is many streams.
#include <bzlib.h>

#include <algorithm>

#include "decode/codecs.h"
#include "decode/member_decoder.h"

namespace folio::decode {

namespace {

constexpr std::size_t kStepMax = 1U << 30;  // libbz2 counts in unsigned int

class Bzip2Decoder final : public MemberDecoder {
 public:
  Bzip2Decoder() : MemberDecoder(Compression::Bzip2) {}
  Bzip2Decoder(const Bzip2Decoder&) = delete;
  Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;
  ~Bzip2Decoder() override { end(); }

 private:
  void end() {
    if (stream_.state != nullptr) BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
  }

  [[nodiscard]] Result<void> begin_member() override {
    end();
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) return std::unexpected(out_of_memory());
    return {};
  }

  [[nodiscard]] Result<Step> member_step(ByteView in, MutableByteView out) override {
    const auto in_size = static_cast<unsigned>(std::min(in.size(), kStepMax));
    const auto out_size = static_cast<unsigned>(std::min(out.size(), kStepMax));
    if (failed_ != BZ_OK) return std::unexpected(error_of(failed_, 0));
    // SAFETY: libbz2 takes char, which may alias anything, and does not write to its input.
    stream_.next_in = reinterpret_cast<char*>(const_cast<std::byte*>(in.data()));
    stream_.avail_in = in_size;
    stream_.next_out = reinterpret_cast<char*>(out.data());
    stream_.avail_out = out_size;
    const int result = BZ2_bzDecompress(&stream_);
    const std::size_t consumed = in_size - stream_.avail_in;
    const std::size_t produced = out_size - stream_.avail_out;
    if (result == BZ_OK) return Step{consumed, produced};
    if (result == BZ_STREAM_END) return Step{consumed, produced, Step::State::Done};
    // The blocks before a damaged one are delivered first; the next step tells of it.
    failed_ = result;
    if (produced > 0) return Step{consumed, produced};
    return std::unexpected(error_of(result, consumed));
  }

  [[nodiscard]] Error error_of(int result, std::size_t offset) const {
    if (result == BZ_MEM_ERROR) return out_of_memory();
    if (result == BZ_DATA_ERROR_MAGIC) return damaged("no block begins where one should", offset);
    return damaged("a block does not agree with its checksum", offset);
  }

  bz_stream stream_{};
  int failed_ = BZ_OK;
};

}  // namespace

std::unique_ptr<Decoder> make_bzip2_decoder() {
  return std::make_unique<Bzip2Decoder>();
}

}  // namespace folio::decode
