// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/hash.h"

#include <array>
#include <bit>
#include <random>

#define XXH_INLINE_ALL  // NOLINT(readability-identifier-naming): the library's name for it.
#include <xxhash.h>

namespace folio::logs {

namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32U | device();
}

const std::uint64_t kSeed = random_seed();

constexpr std::uint64_t little_endian(std::uint64_t value) {
  return std::endian::native == std::endian::little ? value : __builtin_bswap64(value);
}

Fingerprint from(const XXH128_hash_t& hash) {
  return {.low = hash.low64, .high = hash.high64};
}

}  // namespace

std::uint64_t table_hash(std::string_view key) {
  return XXH3_64bits_withSeed(key.data(), key.size(), kSeed);
}

Fingerprint fingerprint_of(std::string_view bytes) {
  return from(XXH3_128bits(bytes.data(), bytes.size()));
}

std::uint64_t scatter(const Fingerprint& value) {
  __extension__ using Product = unsigned __int128;
  const Product product = Product{value.low ^ kSeed} * (value.high ^ std::rotl(kSeed, 32));
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

Fingerprint combine(const Fingerprint& a, const Fingerprint& b, std::uint64_t c) {
  const std::array<std::uint64_t, 5> words{little_endian(a.low), little_endian(a.high), little_endian(b.low),
                                           little_endian(b.high), little_endian(c)};
  return from(XXH3_128bits(words.data(), sizeof words));
}

}  // namespace folio::logs
