// SPDX-License-Identifier: Apache-2.0
// Files as decoded streams: from where the descriptor stands, pipes, and files that change while they are
// read.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "decode/for_test.h"

namespace folio::decode {
namespace {

class DecodedFile : public testing::Test {
 protected:
  DecodedFile() {
    std::string name = (std::filesystem::temp_directory_path() / "folio_decode_test_XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    ::close(descriptor);
    path_ = name;
  }
  ~DecodedFile() override { std::filesystem::remove(path_); }

  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  [[nodiscard]] File open() const { return std::move(*File::open(path_)); }

  static constexpr Decompression kSniffing = Decompression::BySniffing;
  std::filesystem::path path_;
};

TEST_F(DecodedFile, IsReadToItsEnd) {
  write(gzip("text\n"));
  const File file = open();
  const auto stream = decoded(file, {.decompression = kSniffing, .encoding = {}});
  ASSERT_TRUE(stream);
  EXPECT_EQ((*stream)->name(), path_.string());
  const Decoded all = read_all(**stream);
  EXPECT_FALSE(all.error);
  EXPECT_EQ(all.text, "text\n");
}

TEST_F(DecodedFile, BeginsWhereTheDescriptorStands) {
  write("skipped" + gzip("text\n"));
  const int descriptor = ::dup(open().descriptor());
  ASSERT_EQ(::lseek(descriptor, 7, SEEK_SET), 7);
  const File file = std::move(*File::adopt(descriptor, "adopted"));
  EXPECT_EQ(read_all(**decoded(file, {.decompression = kSniffing, .encoding = {}})).text, "text\n");
}

TEST_F(DecodedFile, MayBeAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const File file = std::move(*File::adopt(ends[0], "pipe"));
  const std::string bytes = gzip("text\n");
  const auto stream = decoded(file, {.decompression = kSniffing, .encoding = {}});
  EXPECT_FALSE((*stream)->has_more_within(0));
  ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::close(ends[1]);
  EXPECT_TRUE((*stream)->has_more_within(1000));
  EXPECT_EQ(read_all(**stream).text, "text\n");
}

TEST_F(DecodedFile, TellsThatItWasTruncated) {
  const std::string bytes = gzip(std::string(1000, 'x'));
  write(bytes);
  const File file = open();
  std::filesystem::resize_file(path_, 10);
  const Decoded cut = read_all(**decoded(file, {.decompression = kSniffing, .encoding = {}}));
  ASSERT_TRUE(cut.error);
  EXPECT_EQ(cut.error->code, Errc::Truncated);
  EXPECT_EQ(cut.error->offset, 10U);
  EXPECT_EQ(cut.error->path, path_.string());
}

TEST_F(DecodedFile, TellsThatItWasRewritten) {
  const std::string bytes("h\0i\0", 4);
  write(bytes);
  const File file = open();
  std::filesystem::last_write_time(path_,
                                   std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  const Decoded changed = read_all(**decoded(file, {.encoding = *Encoding::parse("utf-16le")}));
  EXPECT_EQ(changed.text, "hi");
  ASSERT_TRUE(changed.error);
  EXPECT_EQ(changed.error->code, Errc::Modified);
}

}  // namespace
}  // namespace folio::decode
