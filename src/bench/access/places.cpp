// SPDX-License-Identifier: Apache-2.0
#include "bench/access/places.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace folio::bench {

namespace {

// A prime: multiplying by it strews neighbours over the file, and no two blocks fall together unless their
// number is a multiple of it.
constexpr std::uint64_t kStrew = 2'654'435'761;

std::uint64_t zipf_block(double uniform, std::uint64_t blocks) {
  // The inverse of the distribution function of 1/x on [1, blocks + 1).
  const double rank = std::exp(uniform * std::log(static_cast<double>(blocks) + 1)) - 1;
  return std::min(static_cast<std::uint64_t>(rank), blocks - 1) * kStrew % blocks;
}

}  // namespace

std::vector<std::uint64_t> random_places(Shape shape, std::uint64_t size, std::uint64_t block,
                                         std::uint64_t count) {
  const std::uint64_t blocks = size / block;
  if (blocks == 0) return {};
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<std::uint64_t> places(count);
  for (auto& place : places) {
    place = (shape == Shape::Random4KZipf ? zipf_block(uniform(random), blocks) : random() % blocks) * block;
  }
  return places;
}

}  // namespace folio::bench
