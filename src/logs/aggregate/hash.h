// SPDX-License-Identifier: Apache-2.0
// Hashes of keys: a seeded one for tables, and a fixed one of 128 bits that stands for its key.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace folio::logs {

/// Equal in every run and on every machine. Two of n texts fall together with a probability below n^2 /
/// 2^129.
struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  auto operator<=>(const Fingerprint&) const = default;
};

/// Differs from process to process, so that nobody can write a log whose keys all meet in one slot.
[[nodiscard]] std::uint64_t table_hash(std::string_view key);
[[nodiscard]] Fingerprint fingerprint_of(std::string_view bytes);
/// Of a fingerprint, for tables; seeded like table_hash.
[[nodiscard]] std::uint64_t scatter(const Fingerprint& value);
[[nodiscard]] Fingerprint combine(const Fingerprint& a, const Fingerprint& b, std::uint64_t c);

}  // namespace folio::logs
