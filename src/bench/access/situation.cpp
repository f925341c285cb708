// SPDX-License-Identifier: Apache-2.0
#include "bench/access/situation.h"

#include <algorithm>
#include <array>

namespace folio::bench {

namespace {

constexpr std::uint64_t kKib = 1 << 10;
constexpr std::uint64_t kMib = 1 << 20;
constexpr std::uint64_t kPopulateChunk = kMib;
constexpr std::uint64_t kWindow = 4 * kMib;
// O_DIRECT reads of less than a page are refused, and of a file of less than this there is nothing to gain.
constexpr std::uint64_t kDirectSizeMin = 4 * kKib;

std::string block_text(std::uint64_t bytes) {
  if (bytes >= kMib) return std::to_string(bytes / kMib).append(" MiB");
  if (bytes >= kKib) return std::to_string(bytes / kKib).append(" KiB");
  return std::to_string(bytes).append(" B");
}

/// Larger buffers than the file are the same as one of its size.
bool is_of_use(std::uint64_t block, std::uint64_t size) {
  return block / 4 < size;
}

void add_reads(std::vector<MethodSpec>& specs, std::uint64_t size, Breadth breadth) {
  constexpr std::array kFull{4 * kKib, 16 * kKib, 64 * kKib, 256 * kKib, kMib, 4 * kMib};
  constexpr std::array kQuick{4 * kKib, 128 * kKib, kMib};
  const auto add = [&](std::uint64_t block) {
    if (block == 4 * kKib || is_of_use(block, size)) specs.push_back({Method::Read, block, 0});
  };
  if (breadth == Breadth::Full) {
    std::ranges::for_each(kFull, add);
  } else {
    std::ranges::for_each(kQuick, add);
  }
}

struct Queue {
  std::uint64_t block;
  unsigned depth;
};

void add_queues(std::vector<MethodSpec>& specs, Method method, std::uint64_t size, Breadth breadth) {
  constexpr std::array kFull{Queue{64 * kKib, 64}, Queue{256 * kKib, 8}, Queue{256 * kKib, 32},
                             Queue{kMib, 1},       Queue{kMib, 4},       Queue{kMib, 16}};
  constexpr std::array kQuick{Queue{256 * kKib, 8}, Queue{kMib, 4}};
  const auto add = [&](const Queue& queue) {
    if (is_of_use(queue.block, size)) specs.push_back({method, queue.block, queue.depth});
  };
  if (size < 64 * kKib) {
    specs.push_back({method, 4 * kKib, 1});
  } else if (breadth == Breadth::Full) {
    std::ranges::for_each(kFull, add);
  } else {
    std::ranges::for_each(kQuick, add);
  }
}

std::vector<MethodSpec> sequential_methods(const Situation& situation, Breadth breadth) {
  std::vector<MethodSpec> specs{{Method::Map}, {Method::MapSequential}, {Method::MapHuge}};
  specs.push_back({Method::MapPopulate, kPopulateChunk, 0});
  if (situation.size > kWindow) specs.push_back({Method::MapWindow, kWindow, 0});
  add_reads(specs, situation.size, breadth);
  add_queues(specs, Method::Uring, situation.size, breadth);
  if (situation.size >= kDirectSizeMin) add_queues(specs, Method::Direct, situation.size, breadth);
  specs.push_back({Method::Auto});
  return specs;
}

std::vector<MethodSpec> small_file_methods() {
  return {{Method::Map},
          {Method::MapHuge},
          {Method::Read, 4 * kKib, 0},
          {Method::Read, 64 * kKib, 0},
          {Method::Auto}};
}

std::vector<MethodSpec> random_methods(std::uint64_t block, Breadth breadth) {
  std::vector<MethodSpec> specs{{Method::Map}, {Method::MapRandom}, {Method::MapHuge}};
  specs.push_back({Method::Read, block, 0});
  if (block < kRandomBlock) return specs;
  for (const unsigned depth : {1U, 8U, 32U, 64U}) {
    if (breadth == Breadth::Quick && depth != 1 && depth != 32) continue;
    specs.push_back({Method::Uring, block, depth});
    specs.push_back({Method::Direct, block, depth});
  }
  return specs;
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::Map:
      return "map";
    case Method::MapSequential:
      return "map-sequential";
    case Method::MapHuge:
      return "map-huge";
    case Method::MapPopulate:
      return "map-populate";
    case Method::MapWindow:
      return "map-window";
    case Method::MapRandom:
      return "map-random";
    case Method::Read:
      return "read";
    case Method::Uring:
      return "uring";
    case Method::Direct:
      return "direct";
    case Method::Auto:
      return "auto";
  }
  return "unknown";
}

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::OnePass:
      return "one-pass";
    case Shape::Passes:
      return "passes";
    case Shape::Random4K:
      return "random-4k";
    case Shape::Random4KZipf:
      return "random-4k-zipf";
    case Shape::Touch64:
      return "touch-64";
    case Shape::SmallFiles:
      return "small-files";
  }
  return "unknown";
}

std::string_view work_name(WorkKind work) {
  return work == WorkKind::Newlines ? "newlines" : "sum";
}

std::string_view state_name(CacheState state) {
  switch (state) {
    case CacheState::Cold:
      return "cold";
    case CacheState::WarmSmall:
      return "warm-4k";
    case CacheState::WarmLarge:
      return "warm-2m";
    case CacheState::Limited:
      return "limited";
  }
  return "unknown";
}

std::string label(const MethodSpec& spec) {
  std::string text{method_name(spec.method)};
  if (spec.block != 0) text.append(" ").append(block_text(spec.block));
  if (spec.depth != 0) text.append(" x").append(std::to_string(spec.depth));
  return text;
}

namespace {

/// What does not fit into a limited memory beside the file's pages would have the process killed.
bool has_too_large_buffers(const MethodSpec& spec, const Situation& situation) {
  constexpr std::uint64_t kShareOfFile = 16;
  const bool has_buffers = !is_mapped(spec.method);
  return has_buffers &&
         spec.block * std::max(spec.depth, 1U) * situation.threads > situation.size / kShareOfFile;
}

std::vector<MethodSpec> usual_methods(const Situation& situation, Breadth breadth) {
  switch (situation.shape) {
    case Shape::OnePass:
    case Shape::Passes:
      return sequential_methods(situation, breadth);
    case Shape::Random4K:
    case Shape::Random4KZipf:
      return random_methods(kRandomBlock, breadth);
    case Shape::Touch64:
      return random_methods(kTouchBlock, breadth);
    case Shape::SmallFiles:
      return small_file_methods();
  }
  return {};
}

}  // namespace

std::vector<MethodSpec> methods_for(const Situation& situation, Breadth breadth) {
  std::vector<MethodSpec> specs = usual_methods(situation, breadth);
  if (situation.state == CacheState::Limited) {
    std::erase_if(specs, [&](const MethodSpec& spec) { return has_too_large_buffers(spec, situation); });
  }
  return specs;
}

}  // namespace folio::bench
