// SPDX-License-Identifier: Apache-2.0
// Pseudo-random numbers that are the same everywhere: xoshiro256** seeded by splitmix64, integers only.
// The distributions of the standard library differ between implementations and are not used.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace folio::generate {

[[nodiscard]] constexpr std::uint64_t splitmix64(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

class Prng {
 public:
  /// `stream` separates sequences of one seed, such as the blocks of a file.
  constexpr Prng(std::uint64_t seed, std::uint64_t stream) {
    std::uint64_t state = seed;
    state = splitmix64(state) ^ (stream * 0xd1342543de82ef95);
    for (auto& word : state_) word = splitmix64(state);
  }

  constexpr std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// 0 .. limit - 1; the bias of at most limit / 2^32 does not matter here.
  constexpr std::uint32_t below(std::uint32_t limit) { return scale(next() >> 32, limit); }

  /// Maps 32 random bits to 0 .. limit - 1.
  static constexpr std::uint32_t scale(std::uint64_t bits32, std::uint32_t limit) {
    return static_cast<std::uint32_t>((bits32 * limit) >> 32);
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace folio::generate
