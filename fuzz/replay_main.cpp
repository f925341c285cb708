// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: on the files and folders given, then on random inputs and mutated
// seeds. The same inputs in every run; FOLIO_FUZZ_ROUNDS sets how many.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

constexpr std::uint64_t kRoundsDefault = 20000;
constexpr std::size_t kInputSizeMax = 4096;

Input read_file(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
}

std::vector<Input> read_seeds(int count, char** names) {
  std::vector<Input> seeds;
  for (const std::filesystem::path path : std::vector<std::string>(names, names + count)) {
    if (std::filesystem::is_regular_file(path)) seeds.push_back(read_file(path));
    if (!std::filesystem::is_directory(path)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{path}) {
      if (entry.is_regular_file()) seeds.push_back(read_file(entry.path()));
    }
  }
  return seeds;
}

std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random() % bound);
}

// Small inputs are the most frequent, and half of the inputs know few byte values, so that repetitions occur.
Input random_input(Random& random) {
  Input input(below(random, std::size_t{1} << below(random, 13)) % kInputSizeMax);
  const bool few_values = random() % 2 == 0;
  for (std::uint8_t& byte : input) {
    byte = few_values ? static_cast<std::uint8_t>("ab\n \0\xff"[below(random, 6)])
                      : static_cast<std::uint8_t>(random());
  }
  return input;
}

Input mutated(Input input, Random& random) {
  for (std::size_t changes = 1 + below(random, 8); changes > 0 && !input.empty(); --changes) {
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(below(random, input.size()));
    switch (below(random, 3)) {
      case 0:
        *place = static_cast<std::uint8_t>(random());
        break;
      case 1:
        input.erase(place);
        break;
      default:
        input.insert(place, static_cast<std::uint8_t>(random()));
        break;
    }
  }
  return input;
}

void run(const Input& input) {
  // An exact copy on the heap, so that a sanitizer sees the first byte that is read behind it.
  const Input copy = input;
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

std::uint64_t rounds() {
  const char* text = std::getenv("FOLIO_FUZZ_ROUNDS");
  return text == nullptr ? kRoundsDefault : std::strtoull(text, nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<Input> seeds = read_seeds(argc - 1, argv + 1);
  std::for_each(seeds.begin(), seeds.end(), run);
  Random random{1};
  for (std::uint64_t round = 0; round < rounds(); ++round) {
    const bool mutate = !seeds.empty() && round % 2 == 0;
    run(mutate ? mutated(seeds[below(random, seeds.size())], random) : random_input(random));
  }
  std::cout << seeds.size() << " seeds and " << rounds() << " random inputs\n";
}
