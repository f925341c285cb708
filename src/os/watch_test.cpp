// SPDX-License-Identifier: Apache-2.0
// Watching a folder: names that come, move and go, files that grow, and the folder's own end.
#include "os/watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "os/scratch_for_test.h"

namespace folio::os {
namespace {

using Kind = NameEvent::Kind;

TEST(FolderWatch, TellsOfNamesInOrder) {
  const ScratchFolder scratch;
  auto watch = FolderWatch::open(scratch.path());
  ASSERT_TRUE(watch);
  EXPECT_FALSE(watch->wait(0));
  scratch.text("a", "1");
  std::filesystem::rename(scratch.path() / "a", scratch.path() / "b");
  std::filesystem::remove(scratch.path() / "b");
  EXPECT_TRUE(watch->wait(1000));
  const auto events = watch->take_events();
  EXPECT_FALSE(events.lost);
  ASSERT_EQ(events.names.size(), 4U);
  EXPECT_EQ(events.names[0].kind, Kind::Created);
  EXPECT_EQ(events.names[1].kind, Kind::MovedFrom);
  EXPECT_EQ(events.names[1].name, "a");
  EXPECT_EQ(events.names[2].kind, Kind::MovedTo);
  EXPECT_EQ(events.names[2].name, "b");
  EXPECT_EQ(events.names[1].move, events.names[2].move);
  EXPECT_EQ(events.names[3].kind, Kind::Deleted);
  EXPECT_FALSE(watch->wait(0));
}

TEST(FolderWatch, WakesWhenAnAddedFileGrows) {
  const ScratchFolder scratch;
  const auto path = scratch.text("a", "1");
  const auto file = File::open(path);
  ASSERT_TRUE(file);
  auto watch = FolderWatch::open(scratch.path());
  ASSERT_TRUE(watch);
  ASSERT_TRUE(watch->add_file(*file));
  std::filesystem::rename(path, scratch.path() / "b");
  static_cast<void>(watch->take_events());
  EXPECT_FALSE(watch->wait(0));
  std::ofstream(scratch.path() / "b", std::ios::app) << "2";
  EXPECT_TRUE(watch->wait(1000));
  EXPECT_TRUE(watch->take_events().names.empty());
}

TEST(FolderWatch, TellsOfItsFoldersEnd) {
  const ScratchFolder scratch;
  const auto folder = scratch.path() / "folder";
  std::filesystem::create_directory(folder);
  auto watch = FolderWatch::open(folder);
  ASSERT_TRUE(watch);
  std::filesystem::remove(folder);
  EXPECT_TRUE(watch->wait(1000));
  EXPECT_TRUE(watch->take_events().lost);
  EXPECT_EQ(FolderWatch::open(folder).error().code, Errc::NotFound);
}

TEST(FolderWatch, KeepsItsDescriptorWhenMoved) {
  const ScratchFolder scratch;
  auto opened = FolderWatch::open(scratch.path());
  ASSERT_TRUE(opened);
  FolderWatch watch = std::move(*opened);
  scratch.text("a", "");
  watch.settle();
  EXPECT_EQ(watch.take_events().names.size(), 1U);
}

TEST(NamedFile, IsTheFileBehindTheName) {
  const ScratchFolder scratch;
  const auto path = scratch.text("a", "1");
  const auto file = File::open(path);
  ASSERT_TRUE(named_file(path));
  EXPECT_TRUE(named_file(path)->is(file->identity()));
  EXPECT_TRUE(named_file(path)->is_regular);
  EXPECT_FALSE(named_file(scratch.path())->is_regular);
  EXPECT_FALSE(named_file(scratch.path() / "b"));
}

}  // namespace
}  // namespace folio::os
