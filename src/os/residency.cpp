// SPDX-License-Identifier: Apache-2.0
// cachestat(2), a sample of RWF_NOWAIT reads, or mincore(2): the first that the kernel grants.
#include "folio/residency.h"

#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/checked.h"
#include "folio/file.h"
#include "os/cached_pages.h"
#include "os/process_stats.h"

namespace folio {

namespace {

// Debian's headers lack it; the kernel says at run time whether it knows it.
constexpr int kReadNoWait = 0x8;  // RWF_NOWAIT

constexpr std::uint64_t kSamplesMax = 256;
constexpr std::uint64_t kMincoreWindow = 1ULL << 30;

/// `range` widened to whole pages, as the page cache counts.
ByteRange pages_of(ByteRange range) {
  return {round_down(range.begin, os::page_size()), round_up(range.end, os::page_size())};
}

/// Bytes of `pages` pages, but not more than the range has: the pages at its ends may stick out.
std::uint64_t bytes_of(std::uint64_t pages, ByteRange range) {
  return std::min(pages * os::page_size(), range.size());
}

std::optional<Residency> by_cachestat(const File& file, ByteRange range) {
  const auto counts = os::cached_pages(file.descriptor(), pages_of(range));
  if (!counts) return std::nullopt;
  return Residency{.method = ResidencyMethod::Cachestat,
                   .total = range.size(),
                   .resident = bytes_of(counts->cached, range),
                   .dirty = bytes_of(counts->dirty, range),
                   .writeback = bytes_of(counts->writeback, range)};
}

enum class PageState : std::uint8_t { Cached, NotCached, Refused };

PageState probe_page(int descriptor, std::uint64_t offset) {
  std::array<char, 1> byte{};
  iovec target{byte.data(), byte.size()};
  while (true) {
    const ssize_t got = ::preadv2(descriptor, &target, 1, static_cast<off_t>(offset), kReadNoWait);
    if (got == 1) return PageState::Cached;
    if (got < 0 && errno == EINTR) continue;
    return got < 0 && errno == EAGAIN ? PageState::NotCached : PageState::Refused;
  }
}

std::optional<Residency> by_sample(const File& file, ByteRange range) {
  const std::uint64_t page = os::page_size();
  const std::uint64_t page_count = pages_of(range).size() / page;
  const std::uint64_t samples = std::min(page_count, kSamplesMax);
  std::uint64_t cached = 0;
  // From the end to the beginning: a probe may start read-ahead, which would make the next sample look
  // cached.
  for (std::uint64_t sample = samples; sample-- > 0;) {
    // The middle of each of `samples` equal parts. Fits: a file has at most 2^51 pages.
    const std::uint64_t index = page_count * (2 * sample + 1) / (2 * samples);
    const std::uint64_t offset = std::max(range.begin, round_down(range.begin, page) + index * page);
    const PageState state = probe_page(file.descriptor(), offset);
    if (state == PageState::Refused) return std::nullopt;
    if (state == PageState::Cached) ++cached;
  }
  const std::uint64_t resident = range.size() / samples * cached + range.size() % samples * cached / samples;
  return Residency{.method = ResidencyMethod::Sampled, .total = range.size(), .resident = resident};
}

/// mincore(2) reports every page as resident to those who may not write the file, so as not to leak what
/// others read.
std::optional<Residency> by_mincore(const File& file, ByteRange range) {
  const std::uint64_t page = os::page_size();
  const ByteRange pages = pages_of(range);
  std::vector<unsigned char> states(std::min(pages.size(), kMincoreWindow) / page);
  std::uint64_t cached = 0;
  for (std::uint64_t offset = pages.begin; offset < pages.end; offset += kMincoreWindow) {
    const std::uint64_t length = std::min(kMincoreWindow, pages.end - offset);
    void* const window =
        ::mmap(nullptr, length, PROT_READ, MAP_SHARED, file.descriptor(), static_cast<off_t>(offset));
    if (window == MAP_FAILED) return std::nullopt;
    const int result = ::mincore(window, length, states.data());
    ::munmap(window, length);
    if (result != 0) return std::nullopt;
    cached += static_cast<std::uint64_t>(
        std::count_if(states.begin(), states.begin() + static_cast<std::ptrdiff_t>(length / page),
                      [](unsigned char state) { return (state & 1U) != 0; }));
  }
  return Residency{
      .method = ResidencyMethod::Mincore, .total = range.size(), .resident = bytes_of(cached, range)};
}

std::optional<Residency> by(const File& file, ByteRange range, ResidencyMethod method) {
  switch (method) {
    case ResidencyMethod::Cachestat:
      return by_cachestat(file, range);
    case ResidencyMethod::Sampled:
      return by_sample(file, range);
    case ResidencyMethod::Mincore:
      return by_mincore(file, range);
    case ResidencyMethod::Unknown:
      break;
  }
  return std::nullopt;
}

Result<ByteRange> checked(const File& file, ByteRange range) {
  if (range.begin > range.end) {
    return std::unexpected(
        Error{Errc::InvalidArgument, 0, file.path(), range.begin, "the range ends before it begins"});
  }
  return intersect(range, {0, file.size()});
}

}  // namespace

std::string_view residency_method_name(ResidencyMethod method) {
  switch (method) {
    case ResidencyMethod::Cachestat:
      return "cachestat";
    case ResidencyMethod::Sampled:
      return "sampled";
    case ResidencyMethod::Mincore:
      return "mincore";
    case ResidencyMethod::Unknown:
      return "unknown";
  }
  return "unknown";
}

Result<Residency> residency_by(const File& file, ByteRange range, ResidencyMethod method) {
  const auto inside = checked(file, range);
  if (!inside) return std::unexpected(inside.error());
  const Residency unknown{.method = ResidencyMethod::Unknown, .total = inside->size()};
  if (!file.is_seekable()) return unknown;
  if (inside->empty()) return Residency{.method = method};
  return by(file, *inside, method).value_or(unknown);
}

Result<Residency> residency(const File& file, ByteRange range) {
  Result<Residency> answer = Residency{};
  for (const auto method : {ResidencyMethod::Cachestat, ResidencyMethod::Sampled, ResidencyMethod::Mincore}) {
    answer = residency_by(file, range, method);
    if (!answer || answer->method != ResidencyMethod::Unknown) break;
  }
  return answer;
}

Result<Residency> residency(const File& file) {
  return residency(file, {0, file.size()});
}

}  // namespace folio
