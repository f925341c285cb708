// SPDX-License-Identifier: Apache-2.0
// The ignore files that concern a directory, as a chain from it upwards, and what they say of an entry.
//
// Ownership: levels are shared and immutable. Threads: decide() and level_of() from any; level_above() from
// one at a time. Errors: unreadable ignore files inside trees count as missing.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "folio/walk.h"
#include "walk/rule_list.h"

namespace folio::walk_detail {

/// An entry's path in the three forms that rules are anchored in.
struct EntryPaths {
  std::string_view shown;  ///< As shown to the user.
  std::string_view near;   ///< Relative to the current directory, where it is below it; a suffix of `shown`.
  std::string_view real;   ///< From "/"; empty unless IgnoreLevel::needs_real.
};

/// A directory that has ignore files or is a repository.
struct IgnoreLevel {
  std::shared_ptr<const IgnoreLevel> parent;
  RuleList rgignore;
  RuleList ignore;
  RuleList gitignore;
  RuleList exclude;
  std::size_t base = 0;     ///< Where paths relative to this directory begin, in `shown` or `real`.
  bool is_above = false;    ///< Above the root of the walk: `base` is one of `real`.
  bool has_git = false;     ///< The directory is a repository's.
  bool in_git = false;      ///< It or a parent is.
  bool needs_real = false;  ///< It or a parent is above the root and has rules on paths.
};

using LevelPointer = std::shared_ptr<const IgnoreLevel>;

/// Which files of interest a directory has.
struct RuleFiles {
  bool rgignore = false;
  bool ignore = false;
  bool gitignore = false;
  bool git = false;

  void note(std::string_view name);
  [[nodiscard]] bool any() const { return rgignore || ignore || gitignore || git; }
};

/// A directory by descriptor and prefix: a name in it is `prefix + name`, relative to `descriptor`.
struct Place {
  int descriptor = 0;
  std::string_view prefix;
};

class IgnoreFiles {
 public:
  [[nodiscard]] static Result<IgnoreFiles> load(const IgnoreOptions& options);

  /// Chain of the directories above `directory`, which is a real path.
  [[nodiscard]] LevelPointer level_above(std::string_view directory);

  /// Chain of a directory of the walk; `parent` itself where it adds nothing. `base` as in IgnoreLevel.
  [[nodiscard]] LevelPointer level_of(const LevelPointer& parent, Place place, RuleFiles files,
                                      std::size_t base) const;

  /// Looks which files there are where a listing has not told.
  [[nodiscard]] RuleFiles probe(Place place) const;

  [[nodiscard]] Verdict decide(const IgnoreLevel* level, const EntryPaths& paths, std::string_view name,
                               EntryType type) const;

  /// True where directories need not be looked at for ignore files.
  [[nodiscard]] bool reads_no_levels() const { return !reads_dot() && !reads_git(); }

  /// True where decide() looks at paths without a level.
  [[nodiscard]] bool needs_near() const;

 private:
  explicit IgnoreFiles(const IgnoreOptions& options) : options_(options) {}
  [[nodiscard]] bool reads_dot() const { return options_.dot == Obey::Yes; }
  [[nodiscard]] bool reads_git() const;
  [[nodiscard]] RuleList read_rules(Place place, std::string_view name) const;
  [[nodiscard]] std::shared_ptr<IgnoreLevel> new_level(Place place, RuleFiles files) const;

  IgnoreOptions options_;
  RuleList global_;
  std::vector<RuleList> explicit_;
  std::map<std::string, LevelPointer, std::less<>> above_;
};

}  // namespace folio::walk_detail
