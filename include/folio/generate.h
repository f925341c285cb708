// SPDX-License-Identifier: Apache-2.0
// Test files whose content, and whose number of occurrences of a needle, are known exactly.
//
// Same kind, size, seed, needle and every: same bytes, on every machine, compiler and number of threads. The
// file is made of blocks of 1 MiB that depend on nothing but these and their index; a shorter file is a
// prefix of a longer one up to its last whole block. In text and log each block begins with a line and ends
// with a newline. Ownership: plain values; `progress` must outlive the call. Threads: the call starts its own
// and joins them all. Errors: Result<T>. The file is written under a temporary name in the same folder,
// flushed, and renamed: a failed or cancelled call removes the temporary and leaves what was there as it was.
// Space is allocated before writing, so that a full disk is an error at the start. Directories, devices,
// pipes and "-" are refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "folio/error.h"
#include "folio/scan.h"

namespace folio {

enum class GenerateKind : std::uint8_t {
  /// UTF-8. Each line is one sentence of 20 to 120 bytes, of frequent English words (Zipf); about 1 word in
  /// 100 is in
  /// another script (accented Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai,
  /// CJK, emoji).
  Text,
  /// Web server log in Combined format, about 220 bytes a line. Few hosts and paths have most of the requests
  /// (Zipf),
  /// 85 % have status 200, some agents are bots. Times ascend: each MiB is one minute, from 1 January 2025
  /// on.
  Log,
  /// Uniform pseudo-random bytes. With a needle the last byte of each whole MiB is a newline.
  Random,
  /// Zero bytes, written out: not a sparse file.
  Zeros,
  /// Records of 48 to 104 bytes: little-endian numbers, many NUL bytes, short printable strings. As Random
  /// with a needle.
  Binary,
};

[[nodiscard]] std::string_view generate_kind_name(GenerateKind kind);
[[nodiscard]] std::optional<GenerateKind> parse_generate_kind(std::string_view name);

/// Whether the call waits until the file is on the device. Cached is faster, and lost when the power fails.
enum class Durability : std::uint8_t { Flushed, Cached };

inline constexpr std::uint64_t kNeedleSizeMax = 64ULL << 10;

struct GenerateOptions {
  GenerateKind kind = GenerateKind::Text;
  std::uint64_t size = 0;  ///< Exact bytes of the file.
  std::uint64_t seed = 1;
  /// Bytes to hide in the file: 1 .. kNeedleSizeMax, no newline. In text a word of a line; in log a part of
  /// the path where it can be one, otherwise of the agent; elsewhere it overwrites what was there.
  std::optional<std::string> needle;
  std::uint64_t every =
      1000;              ///< One needle in `every` lines (other kinds: in `every` * 128 bytes) on average.
  unsigned threads = 0;  ///< 0: as many as the process may use.
  Durability durability = Durability::Flushed;
  std::stop_token stop;              ///< Ends the call with Cancelled.
  ScanProgress* progress = nullptr;  ///< Optional; must outlive the call.
};

/// What the file holds. The needle is counted in the finished bytes, so chance occurrences are included.
struct Generated {
  std::uint64_t size = 0;
  std::uint64_t lines = 0;         ///< Newline bytes.
  std::uint64_t needle_count = 0;  ///< Occurrences that do not overlap, counted from the left.
  std::uint64_t needle_lines = 0;  ///< Lines with at least one.
  double seconds = 0;

  friend bool operator==(const Generated&, const Generated&) = default;
};

[[nodiscard]] Result<Generated> generate_file(const std::filesystem::path& path,
                                              const GenerateOptions& options);

}  // namespace folio
