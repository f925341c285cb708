// SPDX-License-Identifier: Apache-2.0
#include "walk/lister.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/try.h"

namespace folio::walk_detail {

namespace {

// PERF: most directories are read in one call, and the buffer stays in the second-level cache.
constexpr std::size_t kBufferSize = 64UL << 10;
// A record of the kernel's has a name of at most 255 bytes.
constexpr std::size_t kRecordSizeMax = 512;
// Directories that are kept open at once, where the limit of descriptors allows it.
constexpr std::uint64_t kOpenNodesMax = 4096;

void append_name(std::string& names, std::string_view name) {
  names.append(name).push_back('\0');
}

}  // namespace

void Reporter::report(const Error& error) {
  const std::scoped_lock lock(mutex_);
  ++count_;
  if (on_error_) on_error_(error);
}

EntryPlace place_of(const Node& node, std::string_view name, std::string& path) {
  if (!node.is_by_path) return {.directory = node.handle.descriptor(), .name = name.data()};
  path.assign(node.prefix).append(name);
  return {.directory = os::kCurrentDirectory, .name = path.c_str()};
}

Lister::Lister(const WalkOptions& options, Reporter& reporter, IgnoreFiles files)
    : options_(options), reporter_(reporter), ignore_(std::move(files)) {}

Result<Lister> Lister::make(const WalkOptions& options, Reporter& reporter) {
  Lister lister(options, reporter, FOLIO_TRY(IgnoreFiles::load(options.ignore)));
  lister.overrides_ = FOLIO_TRY(Overrides::compile(options.globs));
  lister.types_ = FOLIO_TRY(TypeFilter::compile(options.type_changes, options.types));
  lister.current_ = os::current_directory();
  lister.open_nodes_max_ = std::min(os::descriptors_max() / 3, kOpenNodesMax);
  lister.wants_paths_ = lister.overrides_.needs_path() || lister.ignore_.needs_near();
  return lister;
}

os::Links Lister::links() const {
  return options_.links == FollowLinks::Yes ? os::Links::Follow : os::Links::Keep;
}

void Lister::report(int problem, std::string path, const char* what) {
  reporter_.report(system_error(problem, std::move(path), what));
}

NodePointer Lister::new_node(std::shared_ptr<const Root> root, os::Directory handle) {
  auto node = std::make_shared<Node>(*open_nodes_);
  node->root = std::move(root);
  node->handle = std::move(handle);
  node->is_by_path = open_nodes_->load(std::memory_order_relaxed) > open_nodes_max_;
  return node;
}

std::shared_ptr<Root> Lister::describe_root(const std::string& name) {
  auto root = std::make_shared<Root>();
  const bool is_stripped = name == "." && options_.current_prefix == CurrentPrefix::Strip;
  if (!is_stripped) root->shown = name.ends_with('/') ? name : name + '/';
  while (root->shown.compare(root->near, 2, "./") == 0) {
    root->near = std::min(root->shown.find_first_not_of('/', root->near + 1), root->shown.size());
  }
  if (current_.size() > 1 && root->shown.starts_with(current_ + '/')) root->near = current_.size() + 1;
  if (ignore_.reads_no_levels()) return root;
  if (auto real = os::real_path(name.c_str())) {
    root->above = ignore_.level_above(*real);
    root->real = std::move(*real);
    if (!root->real.ends_with('/')) root->real.push_back('/');
  }
  return root;
}

std::optional<NodePointer> Lister::open_root(const std::string& name) {
  const auto facts = os::entry_facts(os::kCurrentDirectory, name.c_str(), os::Links::Follow);
  if (!facts) {
    report(facts.error(), name, "can't be opened");
    return std::nullopt;
  }
  if (facts->kind != os::EntryKind::Directory) return NodePointer{};
  if (options_.depth_max == 0U) return std::nullopt;
  auto handle = os::Directory::open(os::kCurrentDirectory, name.c_str(), os::Links::Follow);
  if (!handle) {
    report(handle.error(), name, "can't open the directory");
    return std::nullopt;
  }
  auto root = describe_root(name);
  root->device = facts->device;
  NodePointer node = new_node(root, std::move(*handle));
  node->prefix = root->shown;
  node->level = root->above;
  if (options_.links == FollowLinks::Yes) {
    node->ancestors = std::make_shared<Ancestor>(Ancestor{nullptr, facts->device, facts->inode, name});
  }
  return node;
}

NodePointer Lister::open(const NodePointer& parent, std::string_view name) {
  std::string path;
  const EntryPlace place = place_of(*parent, name, path);
  std::string prefix = parent->prefix;
  prefix.append(name);
  auto handle = os::Directory::open(place.directory, place.name, links());
  if (!handle) {
    report(handle.error(), std::move(prefix), "can't open the directory");
    return nullptr;
  }
  NodePointer node = new_node(parent->root, std::move(*handle));
  if (options_.links == FollowLinks::Yes || options_.file_systems == FileSystems::One) {
    const auto facts = os::descriptor_facts(node->handle.descriptor());
    if (!facts) return nullptr;
    if (options_.file_systems == FileSystems::One && facts->device != parent->root->device) return nullptr;
    if (options_.links == FollowLinks::Yes) {
      node->ancestors =
          std::make_shared<Ancestor>(Ancestor{parent->ancestors, facts->device, facts->inode, prefix});
    }
  }
  prefix.push_back('/');
  node->prefix = std::move(prefix);
  node->level = parent->level;
  node->depth = parent->depth + 1;
  return node;
}

void Lister::find_level(Node& node, const Listing& listing) const {
  node.has_level = true;
  if (ignore_.reads_no_levels()) return;
  const Place place{.descriptor = node.handle.descriptor(), .prefix = {}};
  RuleFiles files;
  if (listing.is_at_end) {
    for (const os::DirectoryEntry& entry : listing.entries) files.note(entry.name);
  } else {
    files = ignore_.probe(place);
  }
  node.level = ignore_.level_of(node.level, place, files, node.prefix.size());
}

void Lister::list(Node& node, Listing& listing) {
  listing.files.clear();
  listing.directories.clear();
  listing.entries.clear();
  listing.buffer.resize(kBufferSize);
  listing.is_at_end = false;
  std::span<std::byte> free = listing.buffer;
  while (!listing.is_at_end && free.size() >= kRecordSizeMax) {
    const auto used = node.handle.read(free, listing.entries);
    if (!used) report(used.error(), node.prefix, "can't read the directory");
    listing.is_at_end = !used || *used == 0;
    free = free.subspan(used.value_or(0));
  }
  if (!node.has_level) find_level(node, listing);
  listing.shown = node.prefix;
  for (const os::DirectoryEntry& entry : listing.entries) {
    const Take take = classify(node, entry, listing);
    if (take == Take::File) append_name(listing.files, entry.name);
    if (take == Take::Directory) append_name(listing.directories, entry.name);
  }
}

std::optional<os::EntryKind> Lister::kind_of(const Node& node, const os::DirectoryEntry& entry) {
  os::EntryKind kind = entry.kind;
  std::string path;
  const EntryPlace place = place_of(node, entry.name, path);
  if (kind == os::EntryKind::Unknown) {
    const auto facts = os::entry_facts(place.directory, place.name, os::Links::Keep);
    if (!facts) return std::nullopt;
    kind = facts->kind;
  }
  if (kind != os::EntryKind::Link || options_.links == FollowLinks::No) return kind;
  const auto facts = os::entry_facts(place.directory, place.name, os::Links::Follow);
  if (!facts) {
    report(facts.error(), node.prefix + std::string(entry.name), "can't follow the link");
    return std::nullopt;
  }
  if (facts->kind == os::EntryKind::Directory && is_loop(node, entry.name, *facts)) return std::nullopt;
  return facts->kind;
}

bool Lister::is_loop(const Node& node, std::string_view name, const os::EntryFacts& facts) {
  for (const Ancestor* ancestor = node.ancestors.get(); ancestor != nullptr;
       ancestor = ancestor->parent.get()) {
    if (ancestor->inode != facts.inode || ancestor->device != facts.device) continue;
    Error error;
    error.code = Errc::Unsupported;
    error.path = node.prefix + std::string(name);
    error.detail = "is a loop: the link leads back to " + ancestor->path + ", and is not followed";
    reporter_.report(error);
    return true;
  }
  return false;
}

bool Lister::is_too_large(const Node& node, std::string_view name) const {
  if (!options_.file_size_max) return false;
  std::string path;
  const EntryPlace place = place_of(node, name, path);
  const auto facts = os::entry_facts(place.directory, place.name, links());
  return facts && facts->size > *options_.file_size_max;
}

bool Lister::is_visible(const Node& node, std::string_view name, EntryType type, Listing& listing) const {
  Candidate candidate{.path = {}, .name = name, .type = type};
  EntryPaths paths;
  if (node.level || wants_paths_) {
    listing.shown.resize(node.prefix.size());
    listing.shown.append(name);
    paths.shown = listing.shown;
    paths.near = paths.shown.substr(std::min(node.root->near, paths.shown.size()));
    if (node.level && node.level->needs_real) {
      listing.real.assign(node.root->real).append(paths.shown.substr(node.root->shown.size()));
      paths.real = listing.real;
    }
    candidate.path = paths.near;
  }
  if (!overrides_.is_empty()) {
    const Verdict verdict = overrides_.decide(candidate);
    if (verdict != Verdict::None) return verdict == Verdict::Include;
  }
  Verdict verdict = ignore_.decide(node.level.get(), paths, name, type);
  if (verdict == Verdict::Ignore) return false;
  if (!types_.is_empty()) {
    const Verdict by_type = types_.decide(candidate);
    if (by_type == Verdict::Ignore) return false;
    if (by_type == Verdict::Include) verdict = by_type;
  }
  return verdict == Verdict::Include || options_.hidden == HiddenFiles::Visit || name[0] != '.';
}

Lister::Take Lister::classify(const Node& node, const os::DirectoryEntry& entry, Listing& listing) {
  const auto kind = kind_of(node, entry);
  if (kind == os::EntryKind::Directory) {
    if (options_.depth_max && node.depth + 1 >= *options_.depth_max) return Take::Skip;
    return is_visible(node, entry.name, EntryType::Directory, listing) ? Take::Directory : Take::Skip;
  }
  if (kind != os::EntryKind::File || !is_visible(node, entry.name, EntryType::File, listing))
    return Take::Skip;
  return is_too_large(node, entry.name) ? Take::Skip : Take::File;
}

}  // namespace folio::walk_detail
