// SPDX-License-Identifier: Apache-2.0
// A directory of the walk, shared by everything that is still to be done in it.
//
// Ownership: shared; the descriptor closes with the last user. Threads: immutable once listed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "os/directory.h"
#include "walk/ignore_files.h"

namespace folio::walk_detail {

/// A root that is a directory.
struct Root {
  std::string shown;     ///< What paths in it begin with: empty, or ending in '/'.
  std::string real;      ///< The same from "/"; empty where it is not known.
  std::size_t near = 0;  ///< Where paths relative to the current directory begin in shown ones.
  std::uint64_t device = 0;
  LevelPointer above;
};

/// Which directories one is in, for the detection of loops.
struct Ancestor {
  std::shared_ptr<const Ancestor> parent;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::string path;
};

struct Node {
  explicit Node(std::atomic<std::uint64_t>& open_nodes) : open(open_nodes) {
    open.fetch_add(1, std::memory_order_relaxed);
  }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  ~Node() { open.fetch_sub(1, std::memory_order_relaxed); }

  std::atomic<std::uint64_t>& open;  ///< How many nodes there are.
  std::shared_ptr<const Root> root;
  std::string prefix;  ///< What paths in it begin with, as Root::shown.
  os::Directory handle;
  LevelPointer level;
  std::shared_ptr<const Ancestor> ancestors;  ///< With itself; only where links are followed.
  std::uint32_t depth = 0;                    ///< 0: a root.
  bool is_by_path = false;  ///< Descriptors are scarce: what is in it is opened by its path.
  bool has_level = false;   ///< `level` is set.
};

using NodePointer = std::shared_ptr<Node>;

}  // namespace folio::walk_detail
