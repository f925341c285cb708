// SPDX-License-Identifier: Apache-2.0
// Walks over trees of the test's own.
#include "folio/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <set>
#include <stdexcept>

#include "os/directory.h"
#include "walk/walk_for_test.h"

namespace folio::walk_detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Strings = std::vector<std::string>;

WalkOptions with_globs(const Strings& globs) {
  WalkOptions options;
  for (const std::string& glob : globs) options.globs.push_back({glob, NameCase::Sensitive});
  return options;
}

WalkOptions in_order() {
  return {.current_prefix = CurrentPrefix::Strip, .sort = WalkSort::Path, .threads = 2};
}

TEST(Walk, ShowsPathsAsTheRootWasGiven) {
  const ScratchTree scratch;
  scratch.files({"a", "d/b"});
  const std::string root = scratch.tree().string();
  EXPECT_THAT(walked({}, {"."}).paths, ElementsAre("./a", "./d/b"));
  EXPECT_THAT(paths(), ElementsAre("a", "d/b"));
  EXPECT_THAT(walked({}, {"./"}).paths, ElementsAre("./a", "./d/b"));
  EXPECT_THAT(walked({}, {"d"}).paths, ElementsAre("d/b"));
  EXPECT_THAT(walked({}, {".//d/", "a"}).paths, ElementsAre(".//d/b", "a"));
  EXPECT_THAT(walked({}, {root}).paths, ElementsAre(root + "/a", root + "/d/b"));
}

TEST(Walk, VisitsExplicitFilesWhateverTheRulesSay) {
  const ScratchTree scratch;
  scratch.files({".h", "a.c", "-"});
  scratch.text(".ignore", "*\n");
  WalkOptions options = with_globs({"*.zz"});
  options.types = {{TypeChoice::Kind::Only, "py"}};
  options.file_size_max = 0;
  options.depth_max = 0;
  ASSERT_EQ(::mkfifo("fifo", 0600), 0);
  EXPECT_THAT(walked(options, {".h", "a.c", "-", "fifo", "."}).paths, ElementsAre("-", ".h", "a.c", "fifo"));
}

TEST(Walk, ReportsWhatIsMissingAndGoesOn) {
  const ScratchTree scratch;
  scratch.files({"a"});
  std::filesystem::create_symlink("nowhere", "broken");
  const Walked result = walked({}, {"nope", "broken", "a"});
  EXPECT_THAT(result.paths, ElementsAre("a"));
  EXPECT_THAT(result.errors, ElementsAre("broken: can't be opened: No such file or directory",
                                         "nope: can't be opened: No such file or directory"));
  EXPECT_EQ(result.report.errors, 2U);
}

TEST(Walk, SkipsLinksAndSpecialFilesInDirectories) {
  const ScratchTree scratch;
  scratch.files({"d/a"});
  ASSERT_EQ(::mkfifo("d/fifo", 0600), 0);
  std::filesystem::create_symlink("a", "d/link");
  std::filesystem::create_symlink("d", "to_d");
  EXPECT_THAT(walked({}, {"."}).paths, ElementsAre("./d/a"));
  EXPECT_THAT(walked({}, {"to_d"}).paths, ElementsAre("to_d/a"));
  EXPECT_THAT(walked({.links = FollowLinks::Yes}, {"."}).paths,
              ElementsAre("./d/a", "./d/link", "./to_d/a", "./to_d/link"));
}

TEST(Walk, FindsLoopsAndBrokenLinksWhereLinksAreFollowed) {
  const ScratchTree scratch;
  scratch.files({"d/e/a"});
  std::filesystem::create_symlink("..", "d/e/up");
  std::filesystem::create_symlink("nowhere", "d/broken");
  const Walked result = walked({.links = FollowLinks::Yes}, {"d"});
  EXPECT_THAT(result.paths, ElementsAre("d/e/a"));
  EXPECT_THAT(result.errors, ElementsAre("d/broken: can't follow the link: No such file or directory",
                                         "d/e/up: is a loop: the link leads back to d, and is not followed"));
}

TEST(Walk, HiddenFilesAreShownWhereAskedOrIncluded) {
  const ScratchTree scratch;
  scratch.files({"a", ".b", ".d/c"});
  EXPECT_THAT(paths(), ElementsAre("a"));
  EXPECT_THAT(paths({.hidden = HiddenFiles::Visit}), ElementsAre(".b", ".d/c", "a"));
  scratch.text(".ignore", "!.d\n");
  EXPECT_THAT(paths(), ElementsAre(".d/c", "a"));
  EXPECT_THAT(paths(with_globs({".b"})), ElementsAre(".b"));
}

TEST(Walk, NearerAndStrongerIgnoreFilesWin) {
  const ScratchTree scratch;
  scratch.files({"d/a", "d/b", "d/c", "d/e"});
  scratch.text(".ignore", "a\nb\n");
  scratch.text("d/.ignore", "!a\n");
  EXPECT_THAT(paths(), ElementsAre("d/a", "d/c", "d/e"));
  scratch.text(".rgignore", "!b\n");
  scratch.text("more", "c\nb\n/d/e\n");
  WalkOptions options;
  options.ignore.files = {"more"};
  EXPECT_THAT(paths(options), ElementsAre("d/a", "d/b", "more"));
  options.ignore.dot = Obey::No;
  EXPECT_THAT(paths(options), ElementsAre("d/a", "more"));
  options.ignore = IgnoreOptions::none();
  EXPECT_THAT(paths(options), ElementsAre("d/a", "d/b", "d/c", "d/e", "more"));
  options.ignore.files = {"missing"};
  EXPECT_EQ(walked(options, {"."}).failure, "missing: can't read the ignore file: No such file or directory");
}

TEST(Walk, GitsFilesCountInsideRepositoriesOnly) {
  const ScratchTree scratch;
  scratch.files({"a", "b", "c", "sub/a"});
  scratch.text(".gitignore", "a\n");
  EXPECT_THAT(paths(), ElementsAre("a", "b", "c", "sub/a"));
  WalkOptions options;
  options.ignore.require_git = Obey::No;
  EXPECT_THAT(paths(options), ElementsAre("b", "c"));
  scratch.text(".git/info/exclude", "/b\n");
  EXPECT_THAT(paths(), ElementsAre("c"));
  options.ignore.git_exclude = Obey::No;
  EXPECT_THAT(paths(options), ElementsAre("b", "c"));
  std::filesystem::create_directories("sub/.git");
  EXPECT_THAT(paths(), ElementsAre("c", "sub/a"));
  options.ignore.git = Obey::No;
  EXPECT_THAT(paths(options), ElementsAre("a", "b", "c", "sub/a"));
}

TEST(Walk, GlobalExcludesAreReadByGitsConfiguration) {
  const ScratchTree scratch;
  scratch.files({"a", "b", "d/b", ".git/"});
  std::filesystem::create_directories(scratch.home() / ".config/git");
  std::ofstream(scratch.home() / ".config/git/ignore") << "a\n";
  EXPECT_THAT(paths(), ElementsAre("b", "d/b"));
  std::ofstream(scratch.home() / ".gitconfig") << "[core]\n\texcludesFile = ~/mine # yes\n";
  std::ofstream(scratch.home() / "mine") << "/b\n";
  EXPECT_THAT(paths(), ElementsAre("a", "d/b"));
  WalkOptions options;
  options.ignore.git_global = Obey::No;
  EXPECT_THAT(paths(options), ElementsAre("a", "b", "d/b"));
}

TEST(Walk, WorktreesHaveTheirExcludesElsewhere) {
  const ScratchTree scratch;
  scratch.files({"main/.git/info/", "main/.git/worktrees/w/", "w/a", "w/b"});
  scratch.text("main/.git/info/exclude", "a\n");
  scratch.text("main/.git/worktrees/w/commondir", "../..\n");
  scratch.text("w/.git", "gitdir: " + (scratch.tree() / "main/.git/worktrees/w").string() + "\n");
  EXPECT_THAT(walked({}, {"w"}).paths, ElementsAre("w/b"));
}

TEST(Walk, ParentsRulesAreAnchoredWhereTheyStand) {
  const ScratchTree scratch;
  scratch.files({".git/", "d/e/a", "d/e/b", "d/e/c"});
  scratch.text(".gitignore", "/d/e/a\n/e/b\n");
  EXPECT_THAT(walked({}, {"d/e"}).paths, ElementsAre("d/e/b", "d/e/c"));
  std::filesystem::create_symlink("d/e", "link");
  EXPECT_THAT(walked({}, {"link", "d/e"}).paths, ElementsAre("d/e/b", "d/e/c", "link/b", "link/c"));
  WalkOptions options;
  options.ignore.parents = Obey::No;
  EXPECT_THAT(walked(options, {"d/e"}).paths, ElementsAre("d/e/a", "d/e/b", "d/e/c"));
}

TEST(Walk, GlobsRestrictAndExclude) {
  const ScratchTree scratch;
  scratch.files({"a.c", "a.h", "d/b.c", "d/e/c.c"});
  scratch.text(".ignore", "*.h\n");
  EXPECT_THAT(paths(with_globs({"*.c"})), ElementsAre("a.c", "d/b.c", "d/e/c.c"));
  EXPECT_THAT(paths(with_globs({"*.{c,h}", "!b.c"})), ElementsAre("a.c", "a.h", "d/e/c.c"));
  EXPECT_THAT(paths(with_globs({"!d"})), ElementsAre("a.c"));
  EXPECT_THAT(paths(with_globs({"/*.c"})), ElementsAre("a.c"));
  EXPECT_THAT(paths(with_globs({"d/*.c"})), ElementsAre("d/b.c"));
  EXPECT_THAT(paths(with_globs({"d/"})), IsEmpty());
  EXPECT_THAT(walked(with_globs({"d/*.c"}), {scratch.tree().string()}).paths,
              ElementsAre(scratch.tree().string() + "/d/b.c"));
  EXPECT_THAT(paths({.globs = {{"*.C", NameCase::Insensitive}, {"!/A.C", NameCase::Sensitive}}}),
              ElementsAre("a.c", "d/b.c", "d/e/c.c"));
  EXPECT_THAT(walked(with_globs({"[a"}), {"."}).failure, HasSubstr("the glob '[a' has a '['"));
  EXPECT_EQ(walked(with_globs({"!"}), {"."}).failure, "the glob '!' names nothing");
}

TEST(Walk, TypesRestrictAndExclude) {
  const ScratchTree scratch;
  scratch.files({"a.c", "a.py", "Makefile", "x.mine"});
  const auto only = [](const std::string& name) { return TypeChoice{TypeChoice::Kind::Only, name}; };
  const auto never = [](const std::string& name) { return TypeChoice{TypeChoice::Kind::Never, name}; };
  EXPECT_THAT(paths({.types = {only("c"), only("make")}}), ElementsAre("Makefile", "a.c"));
  EXPECT_THAT(paths({.types = {never("c")}}), ElementsAre("Makefile", "a.py", "x.mine"));
  EXPECT_THAT(paths({.types = {only("all"), never("py")}}), ElementsAre("Makefile", "a.c"));
  const std::vector<TypeChange> changes = {{TypeChange::Kind::Add, "mine:*.mine"},
                                           {TypeChange::Kind::Add, "both:include:mine,py"}};
  EXPECT_THAT(paths({.type_changes = changes, .types = {only("both")}}), ElementsAre("a.py", "x.mine"));
  EXPECT_EQ(walked({.types = {only("nope")}}, {"."}).failure,
            "the file type 'nope' is unknown; --type-list shows all");
  EXPECT_THAT(walked({.type_changes = {{TypeChange::Kind::Clear, "c"}}, .types = {only("c")}}, {"."}).failure,
              HasSubstr("'c' is unknown"));
  for (const char* bad : {"x", "x:", ":y", "a-b:*.c", "all:*.c", "x:*.c:y"}) {
    EXPECT_THAT(walked({.type_changes = {{TypeChange::Kind::Add, bad}}}, {"."}).failure,
                HasSubstr("defines no file type"))
        << bad;
  }
}

TEST(Walk, LimitsOfDepthAndSize) {
  const ScratchTree scratch;
  scratch.files({"a", "d/b", "d/e/c"});
  scratch.text("big", std::string(100, 'x'));
  EXPECT_THAT(paths({.depth_max = 0}), IsEmpty());
  EXPECT_THAT(paths({.depth_max = 1}), ElementsAre("a", "big"));
  EXPECT_THAT(paths({.depth_max = 2}), ElementsAre("a", "big", "d/b"));
  EXPECT_THAT(paths({.file_size_max = 99}), ElementsAre("a", "d/b", "d/e/c"));
  EXPECT_THAT(paths({.file_size_max = 100}), ElementsAre("a", "big", "d/b", "d/e/c"));
  EXPECT_THAT(paths({.file_systems = FileSystems::One}), ElementsAre("a", "big", "d/b", "d/e/c"));
}

TEST(Walk, SortsByPathWithinEachDirectory) {
  const ScratchTree scratch;
  scratch.files({"b", "a/x", "a.c", "a/w/y", "c/z"});
  EXPECT_THAT(paths(in_order()), ElementsAre("a/w/y", "a/x", "a.c", "b", "c/z"));
  WalkOptions options = in_order();
  options.order = SortOrder::Descending;
  EXPECT_THAT(paths(options), ElementsAre("c/z", "b", "a.c", "a/x", "a/w/y"));
  EXPECT_THAT(walked(in_order(), {"c", "b", "a"}).paths, ElementsAre("c/z", "b", "a/w/y", "a/x"));
}

TEST(Walk, SortsByTimeOverAllDirectories) {
  const ScratchTree scratch;
  scratch.files({"new", "d/old", "middle"});
  const auto now = std::filesystem::last_write_time("new");
  std::filesystem::last_write_time("d/old", now - std::chrono::hours(2));
  std::filesystem::last_write_time("middle", now - std::chrono::hours(1));
  WalkOptions options{.sort = WalkSort::Modified, .threads = 2};
  EXPECT_THAT(paths(options), ElementsAre("d/old", "middle", "new"));
  options.order = SortOrder::Descending;
  EXPECT_THAT(paths(options), ElementsAre("new", "middle", "d/old"));
}

Strings many_files(const ScratchTree& scratch) {
  Strings names;
  for (int folder = 0; folder < 20; ++folder) {
    for (int file = 0; file < 20; ++file) {
      names.push_back(
          std::string("d").append(std::to_string(folder)).append("/e/f").append(std::to_string(file)));
    }
  }
  // More than one listing holds.
  for (int file = 0; file < 1200; ++file)
    names.push_back(std::string("flat/a_name_that_is_long_enough_for_a_few_of_them_to_fill_a_listing_")
                        .append(std::to_string(file)));
  scratch.files(names);
  std::ranges::sort(names);
  return names;
}

TEST(Walk, VisitsEachFileOnceWhateverTheThreads) {
  const ScratchTree scratch;
  const Strings names = many_files(scratch);
  for (const unsigned threads : {1U, 2U, 7U}) {
    EXPECT_EQ(paths({.threads = threads}), names);
    WalkOptions options = in_order();
    options.threads = threads;
    Strings sorted = paths(options);
    std::ranges::sort(sorted);
    EXPECT_EQ(sorted, names);
  }
  scratch.text("flat/.ignore", "*7\n");
  EXPECT_EQ(paths().size(), names.size() - 120);
}

TEST(Walk, IndexesAreUniqueAndEntriesCanBeOpened) {
  const ScratchTree scratch;
  const Strings names = many_files(scratch);
  std::mutex mutex;
  std::set<std::uint64_t> indexes;
  const Strings roots = {"."};
  const auto report = walk(roots, {.threads = 3},
                           [&](const WalkEntry& entry) {
                             const auto facts = os::entry_facts(entry.directory, entry.name, os::Links::Keep);
                             const std::scoped_lock lock(mutex);
                             EXPECT_TRUE(facts && facts->size == 2) << entry.path;
                             EXPECT_LT(entry.worker, 3U);
                             EXPECT_EQ(entry.origin, WalkOrigin::Found);
                             indexes.insert(entry.index);
                             return WalkFlow::Continue;
                           },
                           {});
  ASSERT_TRUE(report);
  EXPECT_EQ(indexes.size(), names.size());
  EXPECT_EQ(report->files, names.size());
  EXPECT_EQ(report->directories, 42U);
  EXPECT_TRUE(report->is_complete);
}

TEST(Walk, GoesOnByPathsWhereDescriptorsAreFew) {
  const ScratchTree scratch;
  const Strings names = many_files(scratch);
  std::string deep;
  for (int level = 0; level < 60; ++level) deep += "d/";
  scratch.files({deep + "a"});
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{.rlim_cur = os::open_descriptors() + 30, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  const Walked result = walked({.threads = 2}, {"."});
  const Walked sorted = walked({.sort = WalkSort::Path, .threads = 2}, {"."});
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.paths.size(), names.size() + 1);
  EXPECT_EQ(sorted.paths.size(), names.size() + 1);
}

TEST(Walk, StopsWhereAsked) {
  const ScratchTree scratch;
  const Strings names = many_files(scratch);
  const Strings roots = {"."};
  for (const WalkSort sort : {WalkSort::None, WalkSort::Path, WalkSort::Modified}) {
    std::atomic<int> visits{0};
    const auto visit = [&](const WalkEntry&) { return ++visits < 10 ? WalkFlow::Continue : WalkFlow::Stop; };
    const auto report = walk(roots, {.sort = sort, .threads = 2}, visit, {});
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->is_complete);
    EXPECT_GE(visits, 10);
    EXPECT_LE(visits, 12);

    std::stop_source source;
    source.request_stop();
    const auto nothing = walk(roots, {.sort = sort, .threads = 2, .stop = source.get_token()}, visit, {});
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(nothing->is_complete);
    EXPECT_EQ(nothing->files, 0U);
  }
}

TEST(Walk, HandsOnAnException) {
  const ScratchTree scratch;
  const Strings names = many_files(scratch);
  const Strings roots = {"."};
  for (const WalkSort sort : {WalkSort::None, WalkSort::Path, WalkSort::Modified}) {
    std::atomic<int> visits{0};
    const auto visit = [&](const WalkEntry&) {
      if (++visits == 500) throw std::runtime_error("enough");
      return WalkFlow::Continue;
    };
    EXPECT_THROW(static_cast<void>(walk(roots, {.sort = sort, .threads = 3}, visit, {})), std::runtime_error);
  }
}

TEST(FileTypes, AreSortedAndNamedOnce) {
  const auto types = file_types();
  ASSERT_TRUE(types);
  EXPECT_GT(types->size(), 180U);
  EXPECT_TRUE(std::ranges::is_sorted(*types, {}, &FileType::name));
  EXPECT_EQ(std::ranges::adjacent_find(*types, {}, &FileType::name), types->end());
  const auto c = std::ranges::find(*types, "c", &FileType::name);
  ASSERT_NE(c, types->end());
  EXPECT_THAT(c->globs, ElementsAre("*.[chH]", "*.[chH].in", "*.cats"));
}

}  // namespace
}  // namespace folio::walk_detail
