// SPDX-License-Identifier: Apache-2.0
// mincore(2) and /proc/self/smaps.
#include "os/mapped_pages.h"

#include <sys/mman.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "core/checked.h"
#include "os/process_stats.h"

namespace folio::os {

namespace {

/// "7f00-7fff r--s ..." begins the description of a mapping.
bool is_header_of(const std::string& line, std::uint64_t address) {
  char* rest = nullptr;
  const std::uint64_t begin = std::strtoull(line.c_str(), &rest, 16);
  if (*rest != '-') return false;
  return address >= begin && address < std::strtoull(rest + 1, nullptr, 16);
}

}  // namespace

std::optional<std::vector<bool>> resident_pages(ByteView mapped) {
  std::vector<unsigned char> states(round_up(mapped.size(), page_size()) / page_size());
  // SAFETY: mincore(2) changes nothing behind the address; its interface lacks the const.
  void* const address = const_cast<std::byte*>(mapped.data());
  if (::mincore(address, mapped.size(), states.data()) != 0) return std::nullopt;
  std::vector<bool> resident(states.size());
  for (std::size_t page = 0; page < states.size(); ++page) resident[page] = (states[page] & 1U) != 0;
  return resident;
}

std::optional<std::uint64_t> huge_mapped_bytes(const std::byte* address) {
  std::ifstream smaps("/proc/self/smaps");
  std::string line;
  // SAFETY: only compared as a number.
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  while (std::getline(smaps, line)) {
    if (is_header_of(line, wanted)) break;
  }
  std::optional<std::uint64_t> bytes;
  // A description ends where the next one's address begins; its own lines begin with a capital letter.
  while (std::getline(smaps, line) && line.front() >= 'A' && line.front() <= 'Z') {
    for (const std::string name : {"FilePmdMapped:", "ShmemPmdMapped:"}) {
      if (line.starts_with(name))
        bytes = bytes.value_or(0) + std::strtoull(line.c_str() + name.size(), nullptr, 10) * 1024;
    }
  }
  return bytes;
}

}  // namespace folio::os
