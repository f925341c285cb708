// SPDX-License-Identifier: Apache-2.0
// The walk in the order of paths. Names are compared within each directory, so that "a/x" comes before "a.x".
#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "walk/sorted_walk.h"

namespace folio::walk_detail {

namespace {

/// A file that is next in order.
struct Next {
  NodePointer node;  ///< Null for roots.
  std::string name;
  std::uint64_t index = 0;
};

/// Threads: any, one at a time inside.
class PathIterator {
 public:
  PathIterator(std::span<const std::string> roots, Lister& lister, SortOrder order)
      : roots_(roots), lister_(lister), order_(order) {}

  /// False at the end.
  bool next(Next& next) {
    const std::scoped_lock lock(mutex_);
    while (!frames_.empty() || root_ < roots_.size()) {
      if (frames_.empty() ? take_root(next) : take_found(next)) {
        next.index = index_++;
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::uint64_t files() const { return index_; }
  [[nodiscard]] std::uint64_t directories() const { return directories_; }

 private:
  struct Found {
    std::string name;
    EntryType type = EntryType::File;
  };
  struct Frame {
    NodePointer node;
    std::vector<Found> found;  // the next one last
  };

  bool take_root(Next& next) {
    const std::string& root = roots_[root_++];
    next.node = nullptr;
    next.name = root;
    if (root == kStandardInput) return true;
    auto node = lister_.open_root(root);
    if (!node) return false;
    if (!*node) return true;
    enter(std::move(*node));
    return false;
  }

  bool take_found(Next& next) {
    Frame& frame = frames_.back();
    if (frame.found.empty()) {
      frames_.pop_back();
      return false;
    }
    const Found found = std::move(frame.found.back());
    frame.found.pop_back();
    if (found.type == EntryType::File) {
      next.node = frame.node;
      next.name = found.name;
      return true;
    }
    // SAFETY: the view is of a std::string, which has a 0 byte at its end.
    if (NodePointer node = lister_.open(frame.node, found.name)) enter(std::move(node));
    return false;
  }

  void enter(NodePointer node) {
    ++directories_;
    Frame frame{.node = std::move(node), .found = {}};
    do {
      lister_.list(*frame.node, listing_);
      add(frame, listing_.files, EntryType::File);
      add(frame, listing_.directories, EntryType::Directory);
    } while (!listing_.is_at_end);
    if (frame.node->is_by_path) frame.node->handle.close();
    const bool is_ascending = order_ == SortOrder::Ascending;
    std::ranges::sort(frame.found, [is_ascending](const Found& a, const Found& b) {
      return is_ascending ? b.name < a.name : a.name < b.name;
    });
    frames_.push_back(std::move(frame));
  }

  static void add(Frame& frame, std::string_view names, EntryType type) {
    while (!names.empty()) {
      const std::size_t end = names.find('\0');
      frame.found.push_back({.name = std::string(names.substr(0, end)), .type = type});
      names.remove_prefix(end + 1);
    }
  }

  std::mutex mutex_;
  std::span<const std::string> roots_;
  Lister& lister_;
  SortOrder order_;
  Listing listing_;
  std::vector<Frame> frames_;
  std::size_t root_ = 0;
  std::uint64_t index_ = 0;
  std::uint64_t directories_ = 0;
};

WalkFlow visit_next(const Next& next, std::string& path, unsigned worker, const WalkVisit& visit) {
  WalkEntry entry;
  entry.directory = os::kCurrentDirectory;
  entry.index = next.index;
  entry.worker = worker;
  if (next.node) {
    path.assign(next.node->prefix).append(next.name);
    entry.origin = WalkOrigin::Found;
  } else {
    path = next.name;
    entry.origin = WalkOrigin::Explicit;
  }
  entry.path = path;
  entry.name = path.c_str();
  if (next.node && !next.node->is_by_path) {
    entry.directory = next.node->handle.descriptor();
    entry.name = next.name.c_str();
  }
  return visit(entry);
}

}  // namespace

WalkReport walk_by_path(std::span<const std::string> roots, Lister& lister, Crew& crew, SortOrder order,
                        const WalkVisit& visit) {
  PathIterator iterator(roots, lister, order);
  crew.run([&](unsigned worker) {
    Next next;
    std::string path;
    while (!crew.is_stopped() && iterator.next(next)) {
      crew.grow();
      if (visit_next(next, path, worker, visit) == WalkFlow::Stop) crew.stop();
    }
  });
  return {.files = iterator.files(),
          .directories = iterator.directories(),
          .errors = 0,
          .is_complete = !crew.is_stopped()};
}

}  // namespace folio::walk_detail
