// SPDX-License-Identifier: Apache-2.0
#include "pattern/byte_sample.h"

#include <algorithm>
#include <utility>

#include "pattern/byte_rank.h"
#include "pattern/prepared_needle.h"

namespace folio::pattern {

namespace {

constexpr auto kStaticShares = static_byte_shares();
/// The static shares weigh as much as a sample of so many bytes.
constexpr double kStaticWeight = 64;
constexpr std::uint64_t kBytesPerSampleBlock = 1 << 20;
constexpr std::size_t kMaxProbeOffset = 254;
/// Pairs are tried among so many offsets: 45 passes over the sample, about 0.1 ms for the largest sample.
constexpr std::size_t kMaxProbeCandidates = 10;

struct Candidate {
  std::size_t offset;
  double share;
};

/// The rarest bytes of the needle; one offset for each value as long as there are two values.
std::vector<Candidate> rarest_offsets(ByteView needle, CaseFolding folding, const ByteHistogram& histogram) {
  std::vector<Candidate> candidates;
  std::vector<Candidate> repeated;
  std::array<bool, 256> seen{};
  for (std::size_t i = 0; i < std::min(needle.size(), kMaxProbeOffset + 1); ++i) {
    bool& known = seen[std::to_integer<std::size_t>(needle[i])];
    (known ? repeated : candidates).push_back({i, histogram.share(needle[i], folding)});
    known = true;
  }
  // A needle of one repeated byte: its two ends exclude the most.
  if (candidates.size() < 2 && !repeated.empty()) candidates.push_back(repeated.back());
  std::ranges::sort(candidates, {},
                    [](const Candidate& candidate) { return std::pair{candidate.share, candidate.offset}; });
  if (candidates.size() > kMaxProbeCandidates) candidates.resize(kMaxProbeCandidates);
  return candidates;
}

}  // namespace

void ByteHistogram::add(ByteView bytes) {
  for (const std::byte byte : bytes) ++counts_[std::to_integer<std::size_t>(byte)];
  total_ += bytes.size();
}

double ByteHistogram::share(std::byte byte) const {
  const double expected = kStaticShares[std::to_integer<std::size_t>(byte)] * kStaticWeight;
  return (static_cast<double>(count(byte)) + expected) / (static_cast<double>(total_) + kStaticWeight);
}

double ByteHistogram::share(std::byte byte, CaseFolding folding) const {
  const std::byte lower = FoldAscii{}(byte);
  const bool letter = lower >= std::byte{'a'} && lower <= std::byte{'z'};
  if (folding == CaseFolding::None || !letter) return share(byte);
  return share(lower) + share(lower ^ std::byte{0x20});
}

ByteSample take_sample(std::uint64_t file_size, const ReadAt& read_at) {
  ByteSample sample;
  const std::uint64_t blocks =
      std::clamp<std::uint64_t>(file_size / kBytesPerSampleBlock, 1, kMaxSampleBlocks);
  const std::uint64_t stride = file_size / blocks / kSampleBlock * kSampleBlock;
  sample.bytes.reserve(blocks * kSampleBlock);
  std::array<std::byte, kSampleBlock> buffer;
  for (std::uint64_t block = 0; block < blocks; ++block) {
    const std::size_t size = std::min(buffer.size(), read_at(block * stride, buffer));
    sample.bytes.insert(sample.bytes.end(), buffer.begin(),
                        buffer.begin() + static_cast<std::ptrdiff_t>(size));
  }
  sample.histogram.add(sample.bytes);
  return sample;
}

// Bytes are not independent: in a server log `"` and ` 4` are common, but `" 4` is not. So the pairs are
// counted where a sample is at hand, and the product of the shares only decides between equals. PERF:
// `HTTP/1.1" 404` in a log of which 5 % of the lines match: see LiteralSearcher::count_records.
simd::PairProbes choose_probe_offsets(ByteView needle, CaseFolding folding, const ByteSample* sample) {
  const ByteHistogram empty;
  const auto candidates = rarest_offsets(needle, folding, sample != nullptr ? sample->histogram : empty);
  PreparedNeedle prepared{needle, folding};
  simd::PairProbes best{candidates.front().offset, candidates.front().offset};
  std::pair<std::uint64_t, double> best_cost{~std::uint64_t{0}, 0};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (std::size_t j = i + 1; j < candidates.size(); ++j) {
      const auto [first, second] = std::minmax(candidates[i].offset, candidates[j].offset);
      const auto view = prepared.view({first, second});
      const std::uint64_t seen = sample != nullptr ? simd::count_pair_candidates(sample->bytes, view) : 0;
      const std::pair cost{seen, candidates[i].share * candidates[j].share};
      if (cost >= best_cost) continue;
      best_cost = cost;
      best = {first, second};
    }
  }
  return best;
}

}  // namespace folio::pattern
