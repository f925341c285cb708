// SPDX-License-Identifier: Apache-2.0
// Opening directories and telling which of their entries belong to the walk.
//
// Ownership: a Listing belongs to one worker. Threads: a Lister may be used by all workers after open_root().
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "folio/walk.h"
#include "walk/node.h"
#include "walk/overrides.h"
#include "walk/types.h"

namespace folio::walk_detail {

/// Hands errors on, one at a time, and counts them.
class Reporter {
 public:
  explicit Reporter(const WalkErrors& on_error) : on_error_(on_error) {}
  void report(const Error& error);
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  const WalkErrors& on_error_;
  std::mutex mutex_;
  std::uint64_t count_ = 0;  // under mutex_
};

/// What a batch of entries came to: names that end in a 0 byte, one after the other.
struct Listing {
  std::string files;
  std::string directories;
  bool is_at_end = false;

  // Memory that is used again.
  std::vector<std::byte> buffer;
  std::vector<os::DirectoryEntry> entries;
  std::string shown;
  std::string real;
};

class Lister {
 public:
  [[nodiscard]] static Result<Lister> make(const WalkOptions& options, Reporter& reporter);

  /// A root; nothing after an error, and a null node for what is no directory. One call at a time.
  [[nodiscard]] std::optional<NodePointer> open_root(const std::string& root);

  /// A directory found in `parent`; null where it is not to be read. `name` ends in a 0 byte.
  [[nodiscard]] NodePointer open(const NodePointer& parent, std::string_view name);

  /// The next entries of a directory. An error ends it.
  void list(Node& node, Listing& listing);

 private:
  enum class Take : std::uint8_t { Skip, File, Directory };

  Lister(const WalkOptions& options, Reporter& reporter, IgnoreFiles files);
  [[nodiscard]] NodePointer new_node(std::shared_ptr<const Root> root, os::Directory handle);
  [[nodiscard]] std::shared_ptr<Root> describe_root(const std::string& root);
  void find_level(Node& node, const Listing& listing) const;
  [[nodiscard]] Take classify(const Node& node, const os::DirectoryEntry& entry, Listing& listing);
  [[nodiscard]] bool is_visible(const Node& node, std::string_view name, EntryType type,
                                Listing& listing) const;
  [[nodiscard]] std::optional<os::EntryKind> kind_of(const Node& node, const os::DirectoryEntry& entry);
  [[nodiscard]] bool is_loop(const Node& node, std::string_view name, const os::EntryFacts& facts);
  [[nodiscard]] bool is_too_large(const Node& node, std::string_view name) const;
  [[nodiscard]] os::Links links() const;
  void report(int problem, std::string path, const char* what);

  const WalkOptions& options_;
  Reporter& reporter_;
  IgnoreFiles ignore_;
  Overrides overrides_;
  TypeFilter types_;
  std::string current_;
  std::unique_ptr<std::atomic<std::uint64_t>> open_nodes_ = std::make_unique<std::atomic<std::uint64_t>>(0);
  std::uint64_t open_nodes_max_ = 0;
  bool wants_paths_ = false;  // for rules that have no level
};

/// The root that is handed on unopened.
inline constexpr std::string_view kStandardInput = "-";

/// The path of an entry, and how to open it.
struct EntryPlace {
  int directory = 0;
  const char* name = "";
};

/// Where something named `name` in `node` is; `name` ends in a 0 byte. `path` is filled where there is no
/// descriptor.
[[nodiscard]] EntryPlace place_of(const Node& node, std::string_view name, std::string& path);

}  // namespace folio::walk_detail
