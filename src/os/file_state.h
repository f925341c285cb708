// SPDX-License-Identifier: Apache-2.0
// What File and the Mappings made from it share: the descriptor and the facts at opening.
//
// Ownership: the descriptor is closed with the last shared_ptr to the state.
// Threads: everything but `identity` is constant after construction; `identity` changes only under exclusive
// access.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "folio/file.h"

namespace folio {

struct File::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  [[nodiscard]] bool is_seekable() const {
    return kind == FileKind::Regular || kind == FileKind::BlockDevice;
  }

  [[nodiscard]] Result<FileIdentity> current_identity() const;
  [[nodiscard]] Result<FileChange> revalidate() const;
  [[nodiscard]] Result<void> refresh();
  [[nodiscard]] Result<void> resize(std::uint64_t size);
  [[nodiscard]] Error error(int system_errno, std::string detail) const;

  int descriptor = -1;  // 0 is a descriptor like any other
  std::string path;
  FileIdentity identity;
  FileKind kind = FileKind::Regular;
  FileSystemKind file_system = FileSystemKind::Local;
  std::uint64_t start_offset = 0;
  std::uint64_t page_size = 0;  // unit of mappings: the huge page on hugetlbfs
  bool is_readable = false;
  bool is_writable = false;
  bool is_direct = false;
};

}  // namespace folio
