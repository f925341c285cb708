// SPDX-License-Identifier: Apache-2.0
// What the tests of walks share: a tree in a scratch folder that is the current directory, and its files as
// walked.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "folio/walk.h"
#include "os/scratch_for_test.h"

namespace folio::walk_detail {

/// While one lives, the current directory is `tree()` and the home folder `home()`, both empty at first.
class ScratchTree {
 public:
  ScratchTree() : before_(std::filesystem::current_path()) {
    std::filesystem::create_directories(tree());
    std::filesystem::create_directories(home());
    std::filesystem::current_path(tree());
    ::setenv("HOME", home().c_str(), 1);      // NOLINT(concurrency-mt-unsafe): no other threads
    ::unsetenv("XDG_CONFIG_HOME");            // NOLINT(concurrency-mt-unsafe)
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);  // NOLINT(concurrency-mt-unsafe)
    ::setenv("GIT_CEILING_DIRECTORIES", folder_.path().c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  }
  ScratchTree(const ScratchTree&) = delete;
  ScratchTree& operator=(const ScratchTree&) = delete;
  ~ScratchTree() { std::filesystem::current_path(before_); }

  [[nodiscard]] std::filesystem::path tree() const { return folder_.path() / "tree"; }
  [[nodiscard]] std::filesystem::path home() const { return folder_.path() / "home"; }

  /// Creates files; one that ends in '/' is a directory.
  void files(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      if (name.ends_with('/')) {
        std::filesystem::create_directories(tree() / name);
      } else {
        text(name, "x\n");
      }
    }
  }
  void text(const std::string& name, const std::string& content) const {
    static_cast<void>(folder_.text(std::filesystem::path("tree") / name, content));
  }

 private:
  os::ScratchFolder folder_;
  std::filesystem::path before_;
};

struct Walked {
  std::vector<std::string> paths;   ///< In order of the index where the walk is sorted, else of names.
  std::vector<std::string> errors;  ///< Sentences, sorted.
  WalkReport report;
  std::string failure;  ///< Of walk() itself.
};

inline Walked walked(const WalkOptions& options, const std::vector<std::string>& roots) {
  Walked result;
  std::mutex mutex;
  std::vector<std::pair<std::uint64_t, std::string>> found;
  const auto report = walk(
      roots, options,
      [&](const WalkEntry& entry) {
        const std::scoped_lock lock(mutex);
        found.emplace_back(entry.index, entry.path);
        return WalkFlow::Continue;
      },
      [&](const Error& error) { result.errors.push_back(error.message()); });
  if (!report) {
    result.failure = report.error().message();
    return result;
  }
  result.report = *report;
  std::ranges::sort(found);
  for (auto& [index, path] : found) result.paths.push_back(std::move(path));
  if (options.sort == WalkSort::None) std::ranges::sort(result.paths);
  std::ranges::sort(result.errors);
  return result;
}

/// The files below the current directory, without "./".
inline std::vector<std::string> paths(WalkOptions options = {}) {
  options.current_prefix = CurrentPrefix::Strip;
  if (options.threads == 0) options.threads = 2;
  return walked(options, {"."}).paths;
}

}  // namespace folio::walk_detail
