// SPDX-License-Identifier: Apache-2.0
// Walking directory trees: which files a search of these roots concerns, on all cores.
//
// Rules are ripgrep's and git's: ignore files, hidden files, globs, file types. A root that is a file is
// always visited, whatever the rules say; the root "-" is handed on unopened (standard input). Ownership:
// everything in a WalkEntry belongs to the walk and is valid during the visit only. Threads: without a sort
// order, `visit` runs on all workers at once; with one, too, but entries are taken in that order and numbered
// by it. `on_error` is called on workers' threads, one call at a time. walk() returns when all its threads
// have ended. An exception from a callback ends the walk and leaves walk() on the caller's thread. Errors:
// what has no meaning (a bad glob, an unknown type, an ignore file of the caller's that can't be read) fails
// before anything is visited; what can't be read on the way goes to `on_error`, and the walk goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"

namespace folio {

enum class Obey : std::uint8_t { No, Yes };
enum class NameCase : std::uint8_t { Sensitive, Insensitive };

/// Which ignore files count. Later and nearer rules win; .rgignore > .ignore > .gitignore > .git/info/exclude
/// > the global excludes file > `files`.
struct IgnoreOptions {
  Obey dot = Obey::Yes;          ///< .ignore and .rgignore
  Obey git = Obey::Yes;          ///< .gitignore
  Obey git_exclude = Obey::Yes;  ///< .git/info/exclude
  Obey git_global = Obey::Yes;   ///< core.excludesFile
  Obey parents = Obey::Yes;      ///< The files above, of the directories that a root lies in.
  Obey require_git = Obey::Yes;  ///< git's files count inside repositories only.
  NameCase name_case = NameCase::Sensitive;
  std::vector<std::string> files =
      {};  ///< More ignore files, weakest of all, relative to the current directory.

  /// No ignore file counts but those added to `files`.
  [[nodiscard]] static IgnoreOptions none();
};

/// "*.c" restricts the walk to what some glob matches; "!*.c" leaves out. The last match wins, over ignore
/// rules too.
struct GlobOption {
  std::string glob = {};
  NameCase name_case = NameCase::Sensitive;
};

/// A file type: a name for some globs, matched against file names.
struct FileType {
  std::string name = {};
  std::vector<std::string> globs = {};
};

/// One change of the table of types, applied in order.
struct TypeChange {
  enum class Kind : std::uint8_t { Add, Clear };
  Kind kind = Kind::Add;
  std::string text = {};  ///< Add: "name:glob" or "name:include:other,another"; Clear: "name".
};

/// One choice of a type; the last one that concerns a file wins. "all" is every type.
struct TypeChoice {
  enum class Kind : std::uint8_t { Only, Never };
  Kind kind = Kind::Only;
  std::string name = {};
};

/// The known types with these changes, sorted by name.
[[nodiscard]] Result<std::vector<FileType>> file_types(std::span<const TypeChange> changes = {});

enum class WalkSort : std::uint8_t { None, Path, Modified, Accessed, Created };
enum class SortOrder : std::uint8_t { Ascending, Descending };
enum class HiddenFiles : std::uint8_t { Skip, Visit };
enum class FollowLinks : std::uint8_t { No, Yes };
enum class FileSystems : std::uint8_t { All, One };
enum class CurrentPrefix : std::uint8_t { Keep, Strip };

struct WalkOptions {
  IgnoreOptions ignore = {};
  std::vector<GlobOption> globs = {};
  std::vector<TypeChange> type_changes = {};
  std::vector<TypeChoice> types = {};
  HiddenFiles hidden = HiddenFiles::Skip;
  FollowLinks links = FollowLinks::No;  ///< Roots are followed always.
  FileSystems file_systems = FileSystems::All;
  CurrentPrefix current_prefix =
      CurrentPrefix::Keep;                          ///< Strip: what is in the root "." is shown without "./".
  std::optional<std::uint32_t> depth_max = {};      ///< 0: the roots only; 1: what is directly in them, too.
  std::optional<std::uint64_t> file_size_max = {};  ///< Larger files are left out, but for roots.
  WalkSort sort = WalkSort::None;
  SortOrder order = SortOrder::Ascending;
  unsigned threads = 0;  ///< 0: as many as the process may use.
  std::stop_token stop = {};
};

enum class WalkOrigin : std::uint8_t { Explicit, Found };
enum class WalkFlow : std::uint8_t { Continue, Stop };

/// A file. Everything is valid during the visit only; `path` and `name` end in a 0 byte.
struct WalkEntry {
  std::string_view path = {};  ///< As shown: the root's name joined with the path in it.
  int directory = 0;           ///< Descriptor for openat(2); AT_FDCWD where the name is a whole path.
  const char* name = "";       ///< Relative to `directory`.
  WalkOrigin origin = WalkOrigin::Found;
  std::uint64_t index = 0;  ///< Sorted: 0, 1, 2 ... in that order. Otherwise unique.
  unsigned worker = 0;      ///< 0 .. threads - 1.
};

struct WalkReport {
  std::uint64_t files = 0;        ///< Visited.
  std::uint64_t directories = 0;  ///< Read.
  std::uint64_t errors = 0;       ///< Reported.
  bool is_complete = true;        ///< False after WalkFlow::Stop or a stop request.
};

using WalkVisit = std::function<WalkFlow(const WalkEntry&)>;
using WalkErrors = std::function<void(const Error&)>;

/// Threads that a walk with these options uses at most: the bound of WalkEntry::worker.
[[nodiscard]] unsigned walk_threads(const WalkOptions& options);

[[nodiscard]] Result<WalkReport> walk(std::span<const std::string> roots, const WalkOptions& options,
                                      const WalkVisit& visit, const WalkErrors& on_error);

}  // namespace folio
