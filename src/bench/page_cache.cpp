// SPDX-License-Identifier: Apache-2.0
#include "bench/page_cache.h"

#include <algorithm>
#include <fstream>

#include "core/try.h"
#include "folio/mapping.h"
#include "os/aligned_buffer.h"
#include "os/process_stats.h"

namespace folio::bench {

namespace {

constexpr std::uint64_t kReadSize = 128 << 10;

constexpr const char* kDropCaches = "/proc/sys/vm/drop_caches";

bool drop_caches() {
  std::ofstream control(kDropCaches);
  control << "1\n" << std::flush;
  return control.good();
}

ByteRange whole(const File& file) {
  return {0, file.size()};
}

std::uint64_t touch_all(ByteView bytes) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < bytes.size(); at += os::page_size())
    sum += static_cast<std::uint8_t>(bytes[at]);
  return sum;
}

}  // namespace

// Opened, and not written to: for root alone.
bool may_drop_caches() {
  return std::ofstream(kDropCaches).is_open();
}

std::optional<double> cached_share(const File& file, ByteRange range) {
  const auto found = residency(file, range);
  if (!found || found->method == ResidencyMethod::Unknown) return std::nullopt;
  return found->share();
}

Result<Coldness> make_cold(const File& file, ByteRange range) {
  FOLIO_TRY(file.evict(range));
  Coldness cold{.cached = cached_share(file, range), .by = ColdBy::Eviction};
  if (cold.is_cold() || file.file_system() == FileSystemKind::Memory || !drop_caches()) return cold;
  return Coldness{.cached = cached_share(file, range), .by = ColdBy::DropCaches};
}

// A descriptor that was told to expect random reads makes the kernel bring in single pages.
Result<void> make_warm_small(const File& file) {
  static_cast<void>(FOLIO_TRY(make_cold(file, whole(file))));
  const File random = FOLIO_TRY(File::open(file.path(), {.hint = AccessHint::Random}));
  auto buffer = FOLIO_TRY(os::AlignedBuffer::allocate(kReadSize));
  for (std::uint64_t offset = 0; offset < file.size(); offset += kReadSize) {
    static_cast<void>(FOLIO_TRY(random.read_at(offset, buffer.bytes())));
  }
  return {};
}

Result<void> make_warm_large(const File& file) {
  static_cast<void>(FOLIO_TRY(make_cold(file, whole(file))));
  const Mapping mapping = FOLIO_TRY(Mapping::map(file, {.huge_pages = HugePages::Always}));
  volatile std::uint64_t sink = touch_all(mapping.bytes());
  static_cast<void>(sink);
  if (auto fault = mapping.fault_error()) return std::unexpected(*std::move(fault));
  return {};
}

Result<std::optional<bool>> has_large_folios(const File& file) {
  constexpr std::uint64_t kSizeMin = 4 << 20;
  constexpr double kFaultsMax = 2;
  if (file.size() < kSizeMin) return std::optional<bool>{};
  FOLIO_TRY(make_warm_large(file));
  const auto faults = FOLIO_TRY(mapped_faults_per_mib(file));
  return std::optional<bool>{faults.value_or(kFaultsMax) < kFaultsMax};
}

Result<std::optional<double>> mapped_faults_per_mib(const File& file) {
  if (file.size() == 0) return std::optional<double>{};
  const Mapping mapping = FOLIO_TRY(Mapping::map(file, {.huge_pages = HugePages::Always}));
  const std::uint64_t before = os::thread_faults().minor;
  volatile std::uint64_t sink = touch_all(mapping.bytes());
  static_cast<void>(sink);
  const auto faults = static_cast<double>(os::thread_faults().minor - before);
  constexpr double kMib = 1 << 20;
  return std::optional<double>{faults * kMib / static_cast<double>(file.size())};
}

}  // namespace folio::bench
