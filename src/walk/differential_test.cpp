// SPDX-License-Identifier: Apache-2.0
// Random trees with random ignore files, against git and ripgrep where these are installed.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "walk/walk_for_test.h"

namespace folio::walk_detail {
namespace {

using Strings = std::vector<std::string>;

bool is_installed(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null").c_str()) == 0;  // NOLINT
}

// Output of a command, split at 0 bytes and sorted.
Strings output_of(const std::string& command) {
  FILE* const pipe = ::popen(command.c_str(), "r");
  Strings parts(1);
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    if (byte == 0) {
      parts.emplace_back();
    } else {
      parts.back().push_back(static_cast<char>(byte));
    }
  }
  ::pclose(pipe);
  parts.pop_back();
  std::ranges::sort(parts);
  return parts;
}

const Strings kPieces = {"a",  "b",    "*",     "*", "/",   "/",   "**",  "**/", "?",   ".c",
                         "da", "[ab]", "[a-c]", ".", "*.c", "d*/", "/**", "x y", "\\a", "d"};

// Two slashes in a row are not defined. Of stars behind a literal beginning ("a**"), git forgets what stood
// before them.
std::string without_oddities(std::string rule) {
  for (std::size_t at = 1; at < rule.size();) {
    const bool is_double = rule[at - 1] == '/' && rule[at] == '/';
    const bool is_inner =
        at + 1 < rule.size() && rule[at - 1] != '/' && rule[at - 1] != '!' && rule.compare(at, 2, "**") == 0;
    if (is_double || is_inner) {
      rule.erase(at, 1);
    } else {
      ++at;
    }
  }
  return rule;
}

class RandomTree {
 public:
  RandomTree(unsigned seed, const Strings& more_pieces, std::string beginning)
      : random_(seed), pieces_(kPieces), beginning_(std::move(beginning)) {
    pieces_.insert(pieces_.end(), more_pieces.begin(), more_pieces.end());
  }

  const std::string& one_of(const Strings& choices) { return choices[below(choices.size())]; }
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  std::string name() {
    return one_of({"a", "b", "ab", ".a", "a.c", "b.c", "Ab", "x y", "a.b.c", "#a", "!b", "[a]"});
  }

  std::string folder() {
    std::string path;
    for (std::size_t depth = below(4); depth > 0; --depth) path.append(one_of({"da/", "db/", "d.c/", "d/"}));
    return path;
  }

  std::string glob() {
    std::string text;
    for (std::size_t count = 1 + below(4); count > 0; --count) text += one_of(pieces_);
    return text;
  }

  std::string rule() {
    std::string text = one_of({"", "", "", "!", "/", "!/", "\\"});
    text.append(glob()).append(one_of({"", "", "", "/"}));
    return without_oddities(std::move(text));
  }

  std::string ignore_file() {
    std::string text = one_of({"", "", beginning_, "# a\n"});
    for (std::size_t count = 1 + below(below(8) == 0 ? 30 : 4); count > 0; --count) {
      text.append(rule()).append(one_of({"\n", "\n", "\n", "\r\n", "  \n", "\n\n"}));
    }
    return text;
  }

  void fill(const ScratchTree& scratch, const Strings& ignore_names) {
    for (std::size_t count = 25; count > 0; --count) {
      const std::string path = folder() + name();
      std::filesystem::create_directories((scratch.tree() / path).parent_path());
      if (!std::filesystem::exists(scratch.tree() / path)) scratch.text(path, "x\n");
    }
    for (const std::string& ignore : ignore_names) {
      for (std::size_t count = below(3); count > 0; --count) scratch.text(folder() + ignore, ignore_file());
    }
  }

 private:
  std::mt19937 random_;
  Strings pieces_;
  std::string beginning_;
};

// Where something differs, all that is needed to see why.
std::string ignore_files_of(const ScratchTree& scratch) {
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.tree())) {
    const std::string name = entry.path().filename().string();
    const bool is_excluded =
        name != "exclude" && name != ".gitignore" && name != ".ignore" && name != ".rgignore";
    if (is_excluded || !entry.is_regular_file()) continue;
    text.append("--- ").append(entry.path()).append("\n").append(os::read_whole(entry.path()));
  }
  return text;
}

TEST(WalkDifferential, LeavesOutWhatGitLeavesOut) {
  if (!is_installed("git")) GTEST_SKIP() << "git is not installed";
  for (unsigned seed = 0; seed < os::torture_rounds(20); ++seed) {
    const ScratchTree scratch;
    RandomTree random(seed, {"[!a]", "[^b]", "[[:alpha:]]", "[]a]", "{a,b}", "[b-a]", "[a"}, "\xEF\xBB\xBF");
    scratch.text(".git/HEAD", "ref: refs/heads/main\n");  // what git takes for a repository
    scratch.files({".git/objects/", ".git/refs/"});
    random.fill(scratch, {".gitignore", ".gitignore"});
    scratch.text(".git/info/exclude", random.ignore_file());
    std::filesystem::create_directories(scratch.home() / ".config/git");
    std::ofstream(scratch.home() / ".config/git/ignore") << random.ignore_file();
    WalkOptions options{.globs = {{"!.git/", NameCase::Sensitive}}, .hidden = HiddenFiles::Visit};
    options.ignore.dot = Obey::No;
    EXPECT_EQ(paths(options), output_of("git ls-files -z --others --exclude-standard"))
        << "seed " << seed << "\n"
        << ignore_files_of(scratch) << os::read_whole(scratch.home() / ".config/git/ignore");
    if (HasFailure()) return;
  }
}

struct Flag {
  std::string text;
  void (*apply)(WalkOptions&);
};

// In ripgrep's order: -T is stronger than -t there. Not --no-ignore-dot: version 13 still reads .rgignore
// then.
const std::vector<Flag>& flags() {
  static const std::vector<Flag> all = {
      {"--hidden", [](WalkOptions& options) { options.hidden = HiddenFiles::Visit; }},
      {"--no-ignore-vcs",
       [](WalkOptions& options) {
         options.ignore.git = options.ignore.git_exclude = options.ignore.git_global = Obey::No;
       }},
      {"--no-ignore-parent", [](WalkOptions& options) { options.ignore.parents = Obey::No; }},
      {"--no-require-git", [](WalkOptions& options) { options.ignore.require_git = Obey::No; }},
      {"--max-depth 2", [](WalkOptions& options) { options.depth_max = 2; }},
      {"--follow", [](WalkOptions& options) { options.links = FollowLinks::Yes; }},
      {"--ignore-file-case-insensitive",
       [](WalkOptions& options) { options.ignore.name_case = NameCase::Insensitive; }},
      {"-tc", [](WalkOptions& options) { options.types.push_back({TypeChoice::Kind::Only, "c"}); }},
      {"-Tc", [](WalkOptions& options) { options.types.push_back({TypeChoice::Kind::Never, "c"}); }},
  };
  return all;
}

std::string shell_quoted(const std::string& text) {
  return std::string("'").append(text).append("'");
}

TEST(WalkDifferential, FindsWhatRipgrepFinds) {
  if (!is_installed("rg")) GTEST_SKIP() << "ripgrep is not installed";
  for (unsigned seed = 0; seed < os::torture_rounds(40); ++seed) {
    const ScratchTree scratch;
    RandomTree random(seed, {}, "");
    random.fill(scratch, {".gitignore", ".ignore", ".rgignore"});
    if (random.below(2) == 0) std::filesystem::create_directories(scratch.tree() / random.folder() / ".git");
    WalkOptions options{.current_prefix = CurrentPrefix::Strip, .threads = 2};
    std::string command = "rg --files -0 --no-messages --no-ignore-messages --no-config";
    for (const Flag& flag : flags()) {
      if (random.below(5) != 0) continue;
      flag.apply(options);
      command.append(" ").append(flag.text);
    }
    for (std::size_t count = random.below(6) / 3; count > 0; --count) {
      const std::string glob = without_oddities(std::string(random.one_of({"", "!"})).append(random.glob()));
      if (glob == "/" || glob == "!/") continue;
      options.globs.push_back({glob, NameCase::Sensitive});
      command.append(" -g ").append(shell_quoted(options.globs.back().glob));
    }
    // No negated classes, which match a slash in ripgrep, and no byte-order mark, which version 13 keeps. Not
    // "da": ripgrep 13 joins relative roots wrongly when it matches rules of the folders above.
    const std::string root =
        random.one_of({".", ".", "./", scratch.tree().string(), (scratch.tree() / "da").string()});
    if (random.below(3) == 0 && std::filesystem::exists("da")) std::filesystem::current_path("da");
    if (!std::filesystem::exists(root)) continue;
    if (root != ".") command.append(" ").append(shell_quoted(root));
    EXPECT_EQ(walked(options, {root}).paths, output_of(command + " 2>/dev/null"))
        << "seed " << seed << ": " << command << "\n"
        << ignore_files_of(scratch);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace folio::walk_detail
