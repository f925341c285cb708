// SPDX-License-Identifier: Apache-2.0
#include "cache/each_file.h"

#include <mutex>
#include <utility>

#include "cache/once.h"
#include "cache/ordered_gate.h"
#include "core/try.h"
#include "os/directory.h"

namespace folio::cache_detail {

namespace {

/// A file on its way through the gate; `key` where it may have other names.
struct Item {
  CachedFile file = {};
  std::optional<FileKey> key = {};
};

Result<File> open(const WalkEntry& entry) {
  const auto descriptor = os::open_for_reading(entry.directory, entry.name);
  if (!descriptor) {
    return std::unexpected(system_error(descriptor.error(), std::string{entry.path}, "can't open"));
  }
  auto file = File::adopt(*descriptor, std::string{entry.path});
  if (!file) os::close_descriptor(*descriptor);
  return file;
}

WalkOptions walk_options(const EachFileOptions& options) {
  WalkOptions walk;
  walk.ignore = IgnoreOptions::none();
  walk.hidden = HiddenFiles::Visit;
  walk.links = options.links;
  walk.file_systems = options.file_systems;
  walk.globs = options.globs;
  walk.sort = WalkSort::Path;
  walk.threads = options.threads;
  walk.stop = options.stop;
  return walk;
}

class Visitor {
 public:
  Visitor(const EachFileOptions& options, std::size_t roots, const FileWork& work,
          const FileDelivery& deliver)
      : options_(options),
        roots_(roots),
        work_(work),
        deliver_(deliver),
        gate_([this](Item& item) { return hand_on(item); }, options.stop) {}

  WalkFlow visit(const WalkEntry& entry) {
    const Flow flow = gate_.put(entry.index, look_at(entry));
    return flow == Flow::Continue ? WalkFlow::Continue : WalkFlow::Stop;
  }

  void fail(const Error& error) {
    const std::scoped_lock lock(mutex_);
    CachedFile file;
    file.path = error.path;
    set_error(file, error);
    deliver_(file);
  }

 private:
  Item look_at(const WalkEntry& entry) {
    Item item;
    item.file.path = entry.path;
    const bool follows = entry.origin == WalkOrigin::Explicit || options_.links == FollowLinks::Yes;
    const auto facts =
        os::entry_facts(entry.directory, entry.name, follows ? os::Links::Follow : os::Links::Keep);
    if (!facts) {
      set_error(item.file, system_error(facts.error(), item.file.path, "can't be looked at"));
    } else if (facts->kind != os::EntryKind::File) {
      item.file.fate = FileFate::Special;
    } else if (facts->size < options_.size_min || facts->size > options_.size_max) {
      item.file.fate = FileFate::Unwanted;
    } else {
      const bool may_come_again = facts->links > 1 || roots_ > 1 || options_.links == FollowLinks::Yes;
      if (may_come_again) item.key = FileKey{facts->device, facts->inode};
      work_on(entry, item);
    }
    return item;
  }

  void work_on(const WalkEntry& entry, Item& item) {
    const auto work = [&]() -> Result<CacheOutcome> {
      const File file = FOLIO_TRY(open(entry));
      return work_(file);
    };
    std::optional<Result<CacheOutcome>> outcome = item.key ? once_.get(*item.key, work) : work();
    if (!outcome) {
      item.file = repeated(std::move(item.file.path));
    } else if (!*outcome) {
      set_error(item.file, std::move(*outcome).error());
      item.file.error->path = item.file.path;
    } else {
      item.file.outcome = std::move(**outcome);
      if (item.file.outcome.problem) item.file.outcome.problem->path = item.file.path;
    }
  }

  static CachedFile repeated(std::string path) {
    CachedFile file;
    file.path = std::move(path);
    file.fate = FileFate::Repeated;
    return file;
  }

  static void set_error(CachedFile& file, Error error) {
    file.fate = FileFate::Failed;
    file.error = std::move(error);
  }

  Flow hand_on(Item& item) {
    if (item.key && !once_.deliver(*item.key)) item.file = repeated(std::move(item.file.path));
    const std::scoped_lock lock(mutex_);
    return deliver_(item.file);
  }

  const EachFileOptions& options_;
  std::size_t roots_;
  const FileWork& work_;
  const FileDelivery& deliver_;
  std::mutex mutex_;
  Once<Result<CacheOutcome>> once_;
  OrderedGate<Item> gate_;
};

}  // namespace

Result<void> each_file(std::span<const std::string> roots, const EachFileOptions& options,
                       const FileWork& work, const FileDelivery& deliver) {
  Visitor visitor(options, roots.size(), work, deliver);
  FOLIO_TRY(walk(
      roots, walk_options(options), [&](const WalkEntry& entry) { return visitor.visit(entry); },
      [&](const Error& error) { visitor.fail(error); }));
  return {};
}

}  // namespace folio::cache_detail
