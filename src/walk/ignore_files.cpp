// SPDX-License-Identifier: Apache-2.0
#include "walk/ignore_files.h"

#include <algorithm>
#include <cstdlib>
#include <ranges>
#include <utility>

#include "core/try.h"
#include "os/directory.h"
#include "walk/git_config.h"
#include "walk/ignore_rules.h"

namespace folio::walk_detail {

namespace {

constexpr std::size_t kIgnoreFileSizeMax = 64U << 20;

std::string environment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): the library never sets any
  return value == nullptr ? std::string{} : std::string(value);
}

std::string_view without_line_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

std::string joined(std::string_view folder, std::string_view path) {
  std::string whole;
  if (!path.starts_with('/')) whole.append(folder).append(folder.empty() || folder.ends_with('/') ? "" : "/");
  return whole.append(path);
}

// The folder with info/exclude. In worktrees and submodules ".git" is a file that names it.
std::string git_folder(Place place) {
  std::string folder = joined(place.prefix, ".git");
  constexpr std::string_view kMark = "gitdir: ";
  const auto file = os::read_text(place.descriptor, folder.c_str(), kIgnoreFileSizeMax);
  if (file && file->starts_with(kMark)) {
    folder = joined(place.prefix, without_line_end(std::string_view(*file).substr(kMark.size())));
    const auto common = os::read_text(place.descriptor, (folder + "/commondir").c_str(), kIgnoreFileSizeMax);
    if (common) folder = joined(folder, without_line_end(*common));
  }
  return folder;
}

Candidate candidate_of(const IgnoreLevel& level, const EntryPaths& paths, std::string_view name,
                       EntryType type) {
  const std::string_view whole = level.is_above ? paths.real : paths.shown;
  return {.path = level.base <= whole.size() ? whole.substr(level.base) : std::string_view{},
          .name = name,
          .type = type};
}

}  // namespace

void RuleFiles::note(std::string_view name) {
  if (name.size() < 4 || name[0] != '.') return;
  if (name == ".rgignore") rgignore = true;
  if (name == ".ignore") ignore = true;
  if (name == ".gitignore") gitignore = true;
  if (name == ".git") git = true;
}

bool IgnoreFiles::reads_git() const {
  return options_.git == Obey::Yes || options_.git_exclude == Obey::Yes || options_.git_global == Obey::Yes;
}

bool IgnoreFiles::needs_near() const {
  return global_.needs_path() || std::ranges::any_of(explicit_, &RuleList::needs_path);
}

Result<IgnoreFiles> IgnoreFiles::load(const IgnoreOptions& options) {
  IgnoreFiles files(options);
  for (const std::string& path : options.files) {
    const auto text = os::read_text(os::kCurrentDirectory, path.c_str(), kIgnoreFileSizeMax);
    if (!text) return std::unexpected(system_error(text.error(), path, "can't read the ignore file"));
    files.explicit_.push_back(parse_ignore_rules(*text, options.name_case));
  }
  if (options.git_global == Obey::Yes) {
    const std::string path = global_excludes_path({environment("HOME"), environment("XDG_CONFIG_HOME")});
    if (!path.empty()) files.global_ = files.read_rules({os::kCurrentDirectory, ""}, path);
  }
  return files;
}

RuleList IgnoreFiles::read_rules(Place place, std::string_view name) const {
  const auto text = os::read_text(place.descriptor, joined(place.prefix, name).c_str(), kIgnoreFileSizeMax);
  return text ? parse_ignore_rules(*text, options_.name_case) : RuleList{};
}

RuleFiles IgnoreFiles::probe(Place place) const {
  const auto exists = [&](std::string_view name) {
    return os::entry_facts(place.descriptor, joined(place.prefix, name).c_str(), os::Links::Follow)
        .has_value();
  };
  RuleFiles files;
  files.rgignore = reads_dot() && exists(".rgignore");
  files.ignore = reads_dot() && exists(".ignore");
  files.gitignore = options_.git == Obey::Yes && exists(".gitignore");
  files.git = reads_git() && exists(".git");
  return files;
}

std::shared_ptr<IgnoreLevel> IgnoreFiles::new_level(Place place, RuleFiles files) const {
  auto level = std::make_shared<IgnoreLevel>();
  if (reads_dot() && files.rgignore) level->rgignore = read_rules(place, ".rgignore");
  if (reads_dot() && files.ignore) level->ignore = read_rules(place, ".ignore");
  if (options_.git == Obey::Yes && files.gitignore) level->gitignore = read_rules(place, ".gitignore");
  level->has_git = reads_git() && files.git;
  if (level->has_git && options_.git_exclude == Obey::Yes) {
    level->exclude = read_rules({place.descriptor, ""}, git_folder(place) + "/info/exclude");
  }
  return level;
}

LevelPointer IgnoreFiles::level_of(const LevelPointer& parent, Place place, RuleFiles files,
                                   std::size_t base) const {
  if (!files.any()) return parent;
  auto level = new_level(place, files);
  level->parent = parent;
  level->base = base;
  level->in_git = level->has_git || (parent && parent->in_git);
  level->needs_real = parent && parent->needs_real;
  return level;
}

LevelPointer IgnoreFiles::level_above(std::string_view directory) {
  if (directory.size() <= 1 || reads_no_levels()) return nullptr;
  const std::string above(directory.substr(0, std::max<std::size_t>(directory.rfind('/'), 1)));
  if (const auto known = above_.find(above); known != above_.end()) return known->second;
  const LevelPointer parent = level_above(above);
  const std::string prefix = joined(above, "");
  const Place place{os::kCurrentDirectory, prefix};
  RuleFiles files = probe(place);
  if (options_.parents == Obey::No) files = {.git = files.git};
  LevelPointer result = parent;
  if (files.any()) {
    auto level = new_level(place, files);
    if (options_.parents == Obey::No) level->exclude = {};
    level->parent = parent;
    level->base = prefix.size();
    level->is_above = true;
    level->in_git = level->has_git || (parent && parent->in_git);
    level->needs_real = (parent && parent->needs_real) || level->rgignore.needs_path() ||
                        level->ignore.needs_path() || level->gitignore.needs_path() ||
                        level->exclude.needs_path() || (level->has_git && global_.needs_path());
    result = std::move(level);
  }
  above_.emplace(above, result);
  return result;
}

Verdict IgnoreFiles::decide(const IgnoreLevel* level, const EntryPaths& paths, std::string_view name,
                            EntryType type) const {
  Verdict dot = Verdict::None;
  Verdict git = Verdict::None;
  Verdict exclude = Verdict::None;
  Verdict global = Verdict::None;
  const bool git_counts = options_.require_git == Obey::No || (level != nullptr && level->in_git);
  bool is_in_repository = git_counts;
  for (; level != nullptr; level = level->parent.get()) {
    const Candidate candidate = candidate_of(*level, paths, name, type);
    if (const Verdict first = level->rgignore.decide(candidate); first != Verdict::None) return first;
    if (dot == Verdict::None) dot = level->ignore.decide(candidate);
    if (!is_in_repository) continue;
    if (git == Verdict::None) git = level->gitignore.decide(candidate);
    if (level->has_git) {
      exclude = level->exclude.decide(candidate);
      global = global_.decide(candidate);
      is_in_repository = false;
    }
  }
  for (const Verdict verdict : {dot, git, exclude, global}) {
    if (verdict != Verdict::None) return verdict;
  }
  const Candidate candidate{.path = paths.near, .name = name, .type = type};
  if (git_counts && is_in_repository) {
    if (const Verdict verdict = global_.decide(candidate); verdict != Verdict::None) return verdict;
  }
  for (const RuleList& rules : explicit_ | std::views::reverse) {
    if (const Verdict verdict = rules.decide(candidate); verdict != Verdict::None) return verdict;
  }
  return Verdict::None;
}

}  // namespace folio::walk_detail
