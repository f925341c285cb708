// SPDX-License-Identifier: Apache-2.0
#include "walk/parallel_walk.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "walk/task_pool.h"

namespace folio::walk_detail {

namespace {

// A task of files is split further where workers have nothing to do, so that large files in one batch spread
// too.
constexpr std::size_t kBatchFiles = 64;

// Index behind the `count`-th name from `at` on.
std::size_t skip_names(std::string_view names, std::size_t at, std::size_t count) {
  for (; count > 0 && at < names.size(); --count) at = names.find('\0', at) + 1;
  return at;
}

class ParallelWalk {
 public:
  ParallelWalk(std::span<const std::string> roots, Lister& lister, Crew& crew, const WalkVisit& visit)
      : roots_(roots), lister_(lister), crew_(crew), visit_(visit), pool_(crew), workers_(crew.threads()) {}

  WalkReport run() {
    push_roots(0, 0);
    crew_.run([this](unsigned worker) {
      pool_.work(worker, [this, worker](Task task) { run_task(worker, std::move(task)); });
    });
    WalkReport report{.is_complete = !crew_.is_stopped()};
    for (const Worker& worker : workers_) {
      report.files += worker.files;
      report.directories += worker.directories;
    }
    return report;
  }

 private:
  struct alignas(64) Worker {
    Listing listing;
    std::string path;
    std::uint64_t files = 0;
    std::uint64_t directories = 0;
  };

  void run_task(unsigned worker, Task task) {
    switch (task.kind) {
      case Task::Kind::Roots:
        return walk_root(worker, task.first_root);
      case Task::Kind::Open:
        task.node = lister_.open(task.node, std::string_view(task.names.data(), task.names.size() - 1));
        if (!task.node) return;
        ++workers_[worker].directories;
        return list(worker, task.node);
      case Task::Kind::List:
        return list(worker, task.node);
      case Task::Kind::Files:
        return visit_files(worker, *task.node, task);
    }
  }

  void push_roots(unsigned worker, std::size_t first) {
    if (first == roots_.size()) return;
    pool_.push(worker, {.kind = Task::Kind::Roots, .first_root = first});
  }

  void walk_root(unsigned worker, std::size_t index) {
    push_roots(worker, index + 1);
    const std::string& root = roots_[index];
    if (root == kStandardInput) return visit_root(worker, root);
    const auto node = open_root(root);
    if (!node) return;
    if (!*node) return visit_root(worker, root);
    ++workers_[worker].directories;
    list(worker, *node);
  }

  std::optional<NodePointer> open_root(const std::string& root) {
    const std::scoped_lock lock(roots_mutex_);
    return lister_.open_root(root);
  }

  void visit_root(unsigned worker, const std::string& root) {
    visit(worker, {.path = root,
                   .directory = os::kCurrentDirectory,
                   .name = root.c_str(),
                   .origin = WalkOrigin::Explicit,
                   .index = 0,
                   .worker = worker});
  }

  // What follows of a large directory goes below what has been found, where others take it first: at no time
  // more than one listing for each worker waits.
  void list(unsigned worker, const NodePointer& node) {
    Listing& listing = workers_[worker].listing;
    lister_.list(*node, listing);
    if (!listing.is_at_end) {
      pool_.push(worker, {.kind = Task::Kind::List, .node = node});
    } else if (node->is_by_path) {
      node->handle.close();
    }
    push_names(worker, node, Task::Kind::Open, listing.directories, 1);
    push_names(worker, node, Task::Kind::Files, listing.files, kBatchFiles);
  }

  void push_names(unsigned worker, const NodePointer& node, Task::Kind kind, std::string_view names,
                  std::size_t count) {
    for (std::size_t at = 0; at < names.size();) {
      const std::size_t end = skip_names(names, at, count);
      pool_.push(worker, {.kind = kind, .node = node, .names = std::string(names.substr(at, end - at))});
      at = end;
    }
  }

  void visit_files(unsigned worker, const Node& node, Task& task) {
    std::string path = std::move(workers_[worker].path);
    path.assign(node.prefix);
    for (std::size_t at = 0; at < task.names.size() && !crew_.is_stopped();) {
      const std::size_t end = task.names.find('\0', at);
      path.resize(node.prefix.size());
      path.append(task.names, at, end - at);
      visit(worker, {.path = path,
                     .directory = node.is_by_path ? os::kCurrentDirectory : node.handle.descriptor(),
                     .name = node.is_by_path ? path.c_str() : task.names.c_str() + at,
                     .origin = WalkOrigin::Found,
                     .index = 0,
                     .worker = worker});
      at = end + 1;
      if (at < task.names.size() && pool_.is_hungry()) share_rest(worker, task, at);
    }
    workers_[worker].path = std::move(path);
  }

  // Gives the second half of what follows `at` to others.
  void share_rest(unsigned worker, Task& task, std::size_t at) {
    const auto rest = static_cast<std::size_t>(
        std::count(task.names.begin() + static_cast<std::ptrdiff_t>(at), task.names.end(), '\0'));
    const std::size_t middle = skip_names(task.names, at, rest / 2);
    Task shared{.kind = Task::Kind::Files, .node = task.node, .names = task.names.substr(middle)};
    task.names.resize(middle);
    pool_.push(worker, std::move(shared));
  }

  void visit(unsigned worker, WalkEntry entry) {
    entry.index = workers_[worker].files++ * crew_.threads() + worker;
    if (visit_(entry) == WalkFlow::Stop) crew_.stop();
  }

  std::span<const std::string> roots_;
  Lister& lister_;
  Crew& crew_;
  const WalkVisit& visit_;
  TaskPool pool_;
  std::vector<Worker> workers_;
  std::mutex roots_mutex_;
};

}  // namespace

WalkReport walk_in_parallel(std::span<const std::string> roots, Lister& lister, Crew& crew,
                            const WalkVisit& visit) {
  return ParallelWalk(roots, lister, crew, visit).run();
}

}  // namespace folio::walk_detail
