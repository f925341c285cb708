// SPDX-License-Identifier: Apache-2.0
// A reservation with slack, the map fixed inside it, and the slack given back.
#include "os/placement.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace folio::os {

namespace {

// The thread sanitizer sees mmap, but not mremap: what another thread did at the new address before would
// pass for a race with what is done there now.
#ifdef __SANITIZE_THREAD__
constexpr bool kReservesAlways = true;
#else
constexpr bool kReservesAlways = false;
#endif
constexpr std::uint64_t kPageSize = 4096;

std::uintptr_t number_of(const std::byte* address) {
  // SAFETY: only computed with, never turned back into a pointer.
  return reinterpret_cast<std::uintptr_t>(address);
}

Mapped map_once(std::byte* address, const MapRequest& request, int extra_flags) {
  void* const mapped = ::mmap(address, request.size, request.protection, request.flags | extra_flags,
                              request.descriptor, static_cast<off_t>(request.file_offset));
  if (mapped == MAP_FAILED) return {nullptr, errno};
  return {static_cast<std::byte*>(mapped), 0};
}

/// Address space that nothing else can take, with its congruent part of `size` bytes left over.
Mapped reserve(std::uint64_t size, std::uint64_t file_offset, std::uint64_t congruence) {
  const std::uint64_t reserved = size + congruence;
  void* const mapped =
      ::mmap(nullptr, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) return {nullptr, errno};
  auto* const begin = static_cast<std::byte*>(mapped);
  const std::uint64_t lead = (file_offset - number_of(begin)) & (congruence - 1);
  unmap(begin, lead);
  unmap(begin + lead + size, congruence - lead);
  return {begin + lead, 0};
}

}  // namespace

void unmap(std::byte* address, std::uint64_t size) noexcept {
  if (size != 0) ::munmap(address, size);
}

std::uint64_t congruence_for(HugePages huge_pages, std::uint64_t length) {
  const bool wanted =
      huge_pages == HugePages::Always || (huge_pages == HugePages::Auto && length >= kHugePageSize);
  return wanted ? kHugePageSize : 0;
}

Mapped map_placed(const MapRequest& request) {
  if (request.congruence == 0 || request.size > SIZE_MAX - request.congruence) {
    return map_once(nullptr, request, 0);
  }
  const Mapped place = reserve(request.size, request.file_offset, request.congruence);
  // Too little address space for the slack is no reason to fail.
  if (place.problem != 0) return map_once(nullptr, request, 0);
  const Mapped mapped = map_once(place.address, request, MAP_FIXED);
  if (mapped.problem != 0) unmap(place.address, request.size);
  return mapped;
}

Mapped remap_placed(std::byte* address, std::uint64_t old_size, std::uint64_t size,
                    std::uint64_t congruence) {
  void* mapped = kReservesAlways ? MAP_FAILED : ::mremap(address, old_size, size, 0);
  const std::uint64_t wanted = kReservesAlways ? std::max<std::uint64_t>(congruence, kPageSize) : congruence;
  if (mapped == MAP_FAILED && wanted != 0) {
    const Mapped place = reserve(size, 0, wanted);
    if (place.problem == 0) {
      mapped = ::mremap(address, old_size, size, MREMAP_MAYMOVE | MREMAP_FIXED, place.address);
      if (mapped == MAP_FAILED) unmap(place.address, size);
    }
  }
  if (mapped == MAP_FAILED) mapped = ::mremap(address, old_size, size, MREMAP_MAYMOVE);
  if (mapped == MAP_FAILED) return {nullptr, errno};
  return {static_cast<std::byte*>(mapped), 0};
}

}  // namespace folio::os
