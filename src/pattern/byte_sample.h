// SPDX-License-Identifier: Apache-2.0
// A sample of a file's bytes, and the choice of the probe bytes for a needle by it.
//
// Ownership: a sample owns its bytes. Threads: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "folio/bytes.h"
#include "pattern/case_folding.h"
#include "simd/packed_pair.h"

namespace folio::pattern {

/// How often each byte was seen, blended with what is usual in text, so that unseen bytes can be told apart.
class ByteHistogram {
 public:
  void add(ByteView bytes);

  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] std::uint64_t count(std::byte byte) const {
    return counts_[std::to_integer<std::size_t>(byte)];
  }
  /// Estimated share of `byte`, above 0; of both cases of a letter under CaseFolding::Ascii.
  [[nodiscard]] double share(std::byte byte, CaseFolding folding) const;

 private:
  [[nodiscard]] double share(std::byte byte) const;

  std::array<std::uint64_t, 256> counts_{};
  std::uint64_t total_ = 0;
};

struct ByteSample {
  ByteHistogram histogram;
  std::vector<std::byte> bytes;  ///< The blocks one after the other.
};

/// Fills the buffer from `offset` of the file; returns the number of bytes read, which may be less.
using ReadAt = std::function<std::size_t(std::uint64_t offset, MutableByteView buffer)>;

inline constexpr std::size_t kSampleBlock = 4096;
inline constexpr std::size_t kMaxSampleBlocks = 16;

/// Blocks spread over the file: one per MiB, at least 1, at most 16, so that sampling never costs more than a
/// small part of the scan. The first block lies at the front.
[[nodiscard]] ByteSample take_sample(std::uint64_t file_size, const ReadAt& read_at);

/// Two offsets below 255 (and below the needle's size) with probe bytes that are rare, and rare together.
/// Needles of one byte get the same offset twice. `sample` may be null. Requires a needle that is not empty.
[[nodiscard]] simd::PairProbes choose_probe_offsets(ByteView needle, CaseFolding folding,
                                                    const ByteSample* sample);

}  // namespace folio::pattern
