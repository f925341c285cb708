// SPDX-License-Identifier: Apache-2.0
// Literal search by a packed pair of probe bytes: 64 positions per step, candidates verified against the
// needle. Reads only inside the haystack. Linear by a budget: when verification costs too much, the kernel
// gives up and says how far it came, and the caller goes on with a linear-time algorithm.
#pragma once

#include <cstddef>
#include <cstdint>

#include "folio/bytes.h"

namespace folio::simd {

/// Two offsets into the needle, first <= second; equal only for a needle of one byte.
struct PairProbes {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// A needle as the kernels want it. A view: the owner keeps the bytes.
struct PairNeedle {
  ByteView bytes;      ///< At least one byte; letters in lower case where the fold bit is set.
  ByteView fold_bits;  ///< Empty, or per byte the bit that is ignored: 0x20 at ASCII letters, else 0.
  PairProbes probes;
};

/// Cost of the verifications so far, and what may still be spent. One per thread; carried from call to call.
struct PairWork {
  std::uint64_t candidates = 0;
  std::uint64_t verified_bytes = 0;
  std::uint64_t allowance = 4096;  ///< Bytes that may be verified beyond kVerifiedPerByte per byte advanced.
};

/// Verification budget: bytes compared per byte of haystack. Needles up to this size never exhaust it.
inline constexpr std::uint64_t kVerifiedPerByte = 8;
/// Upper bound of PairWork::allowance, so that an easy stretch does not pay for a long hopeless one.
inline constexpr std::uint64_t kMaxAllowance = 65536;

enum class PairOutcome : std::uint8_t {
  Found,      ///< `position` is the first match at or after `from`.
  Exhausted,  ///< No match in the rest of the haystack.
  GaveUp,     ///< No match before `position`; go on from there with another algorithm.
};

struct PairResult {
  PairOutcome outcome = PairOutcome::Exhausted;
  std::size_t position = 0;
};

[[nodiscard]] PairResult find_pair(ByteView haystack, std::size_t from, const PairNeedle& needle,
                                   PairWork& work);

struct PairCount {
  std::uint64_t records = 0;
  PairOutcome outcome = PairOutcome::Exhausted;  ///< Never Found.
  std::size_t position = 0;  ///< After GaveUp: go on from here, inside a record that is not yet counted.
};

/// What the caller expects. The answer is the same.
enum class RecordDensity : std::uint8_t {
  Sparse,  ///< Most blocks of 64 bytes have no match.
  Dense,   ///< A match in every few hundred bytes: more comparisons, but no branches.
};
/// Longer needles are always counted the sparse way.
inline constexpr std::size_t kDenseNeedleSizeMax = 8;

/// Number of records from `from` on (ended by `terminator` or by the end) in which the needle occurs.
/// Requires that the needle cannot match the terminator.
[[nodiscard]] PairCount count_records_pair(ByteView haystack, std::size_t from, std::byte terminator,
                                           const PairNeedle& needle, RecordDensity density, PairWork& work);

/// Number of positions at which both probes match: what a pair would cost on data like `sample`.
[[nodiscard]] std::uint64_t count_pair_candidates(ByteView sample, const PairNeedle& needle);

/// The same three, byte by byte: oracle of the kernels and their stand-in where there are no vectors.
[[nodiscard]] PairResult find_pair_scalar(ByteView haystack, std::size_t from, const PairNeedle& needle,
                                          PairWork& work);
[[nodiscard]] PairCount count_records_pair_scalar(ByteView haystack, std::size_t from, std::byte terminator,
                                                  const PairNeedle& needle, PairWork& work);
[[nodiscard]] std::uint64_t count_pair_candidates_scalar(ByteView sample, const PairNeedle& needle);
}  // namespace folio::simd
