// SPDX-License-Identifier: Apache-2.0
// What is measured: a method of reaching bytes, in a situation (what is done, where the file lies, how large
// it is, how many threads).
//
// Ownership: plain values. Threads: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace folio::bench {

enum class Method : std::uint8_t {
  Map,            ///< One mapping of the file, as the system makes it.
  MapSequential,  ///< ... with MADV_SEQUENTIAL.
  MapHuge,        ///< ... congruent to the file offset modulo 2 MiB, with MADV_HUGEPAGE.
  MapPopulate,    ///< ... populated chunk by chunk before it is looked at.
  MapWindow,      ///< A mapping of `block` bytes, made and removed for each part of the file.
  MapRandom,      ///< ... with MADV_RANDOM.
  Read,           ///< pread into a buffer of `block` bytes.
  Uring,          ///< io_uring through the page cache, `depth` reads of `block` bytes under way.
  Direct,         ///< io_uring past the page cache.
  Auto,           ///< folio's own choice.
};

struct MethodSpec {
  Method method = Method::Read;
  std::uint64_t block = 0;  ///< Bytes of a read, a window or a populated chunk; 0 where it has none.
  unsigned depth = 0;       ///< Reads under way; 0 where it has none.

  friend bool operator==(const MethodSpec&, const MethodSpec&) = default;
};

enum class Shape : std::uint8_t {
  OnePass,
  Passes,  ///< kPasses passes over the same bytes.
  Random4K,
  Random4KZipf,
  Touch64,
  SmallFiles,
};

enum class WorkKind : std::uint8_t { Newlines, Sum };

enum class CacheState : std::uint8_t {
  Cold,
  WarmSmall,  ///< In folios of 4 KiB.
  WarmLarge,  ///< In folios of 2 MiB.
  Limited,    ///< Larger than the memory allowed.
};

struct Situation {
  Shape shape = Shape::OnePass;
  WorkKind work = WorkKind::Newlines;
  CacheState state = CacheState::WarmSmall;
  std::uint64_t size = 0;  ///< Bytes of the file; of each one of SmallFiles.
  unsigned threads = 1;
  std::size_t file = 0;  ///< Which of the files, or of the sets of small files.

  friend bool operator==(const Situation&, const Situation&) = default;
};

inline constexpr unsigned kPasses = 4;
inline constexpr std::uint64_t kRandomBlock = 4096;
inline constexpr std::uint64_t kTouchBlock = 64;

[[nodiscard]] std::string_view method_name(Method method);
[[nodiscard]] std::string_view shape_name(Shape shape);
[[nodiscard]] std::string_view work_name(WorkKind work);
[[nodiscard]] std::string_view state_name(CacheState state);

/// "read 256 KiB", "uring 1 MiB x8".
[[nodiscard]] std::string label(const MethodSpec& spec);

[[nodiscard]] constexpr bool is_mapped(Method method) {
  return method <= Method::MapRandom;
}
/// All bytes of each file, in sequence: the shapes that `auto` is for.
[[nodiscard]] constexpr bool is_sequential(Shape shape) {
  return shape == Shape::OnePass || shape == Shape::Passes || shape == Shape::SmallFiles;
}

enum class Breadth : std::uint8_t { Quick, Full };

/// The methods that make sense in the situation, `auto` last where it applies.
[[nodiscard]] std::vector<MethodSpec> methods_for(const Situation& situation, Breadth breadth);

}  // namespace folio::bench
