// SPDX-License-Identifier: Apache-2.0
#include "walk/git_config.h"

#include <gtest/gtest.h>

namespace folio::walk_detail {
namespace {

TEST(GitConfig, FindsTheLastExcludesFile) {
  EXPECT_EQ(excludes_file_of(""), std::nullopt);
  EXPECT_EQ(excludes_file_of("[user]\nexcludesfile = x\n"), std::nullopt);
  EXPECT_EQ(excludes_file_of("[core]\n\texcludesFile = ~/x\n"), "~/x");
  EXPECT_EQ(excludes_file_of("[CORE] EXCLUDESFILE=x"), "x");
  EXPECT_EQ(excludes_file_of("[core]\nexcludesfile = a\n[user]\n[core]\nexcludesfile = b ; c\n"), "b");
  EXPECT_EQ(excludes_file_of("[core \"sub\"]\nexcludesfile = a\n"), std::nullopt);
  EXPECT_EQ(excludes_file_of("[core]\nexcludesfile = \"a # b \" # c\r\n"), "a # b ");
  EXPECT_EQ(excludes_file_of("[core]\nexcludesfile = a\\\\b\n"), "a\\b");
}

TEST(GitConfig, NoHomeIsNoFile) {
  EXPECT_EQ(global_excludes_path({}), "");
}

TEST(GitConfig, DefaultPlaces) {
  EXPECT_EQ(global_excludes_path({.home = "/nowhere", .config_home = ""}), "/nowhere/.config/git/ignore");
  EXPECT_EQ(global_excludes_path({.home = "/nowhere", .config_home = "/there"}), "/there/git/ignore");
}

}  // namespace
}  // namespace folio::walk_detail
