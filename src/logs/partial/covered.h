// SPDX-License-Identifier: Apache-2.0
// Which bytes of which files a partial result has counted.
//
// Threads: plain data. Joining is associative and commutative.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "folio/error.h"
#include "logs/aggregate/hash.h"

namespace folio::logs {

/// Bytes `[begin, end)` of a file. Two are of one file where prefix and path agree, or prefix, device and
/// inode: so a file stays itself when it is renamed (rotation) and when it is seen over another mount.
struct Covered {
  std::string path;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;  ///< Of the file, when it was read.
  std::uint64_t prefix_size =
      0;               ///< Bytes that `prefix` is of. Other sizes can't be compared, and count as equal.
  Fingerprint prefix;  ///< fingerprint_of the file's first bytes.
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  auto operator<=>(const Covered&) const = default;
};

[[nodiscard]] bool are_of_one_file(const Covered& a, const Covered& b);

/// All of both, sorted, neighbours of one file joined. Fails where a byte would be counted twice; names both.
[[nodiscard]] Result<std::vector<Covered>> join(const std::vector<Covered>& a, const std::vector<Covered>& b);

}  // namespace folio::logs
