// SPDX-License-Identifier: Apache-2.0
// Whole files: same bytes everywhere, exact sizes and counts, nothing left behind.
#include "folio/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "generate/block_source.h"

namespace folio {
namespace {

namespace fs = std::filesystem;
using generate::kBlockSize;

constexpr auto kAllKinds = {GenerateKind::Text, GenerateKind::Log, GenerateKind::Random, GenerateKind::Zeros,
                            GenerateKind::Binary};

class GenerateTest : public testing::Test {
 protected:
  GenerateTest() {
    std::string name = (fs::temp_directory_path() / "folio-generate-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~GenerateTest() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path path(const std::string& name = "file") const { return folder_ / name; }

  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.insert(entry.path().filename().string());
    return found;
  }

  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(fs::file_size(file), '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
  }

  static void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  }

  std::string make(const GenerateOptions& options, Generated* facts = nullptr) const {
    const auto made = generate_file(path(), options);
    EXPECT_TRUE(made) << made.error().message();
    if (!made) return {};
    if (facts != nullptr) *facts = *made;
    std::string text = read(path());
    EXPECT_EQ(text.size(), options.size);
    EXPECT_EQ(made->size, options.size);
    EXPECT_EQ(made->lines, static_cast<std::uint64_t>(std::ranges::count(text, '\n')));
    return text;
  }

 private:
  fs::path folder_;
};

GenerateOptions options_of(GenerateKind kind, std::uint64_t size) {
  GenerateOptions options;
  options.kind = kind;
  options.size = size;
  options.durability = Durability::Cached;
  return options;
}

std::uint64_t checksum(std::string_view text) {  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

struct Counts {
  std::uint64_t count = 0;
  std::uint64_t lines = 0;
};

Counts count_slowly(const std::string& text, const std::string& needle) {
  Counts result;
  std::size_t line_end = 0;
  for (auto at = text.find(needle); at != std::string::npos; at = text.find(needle, at + needle.size())) {
    ++result.count;
    if (result.count > 1 && at < line_end) continue;
    ++result.lines;
    line_end = std::min(text.find('\n', at), text.size());
  }
  return result;
}

TEST_F(GenerateTest, BytesAreTheSameOnEveryMachine) {
  struct Golden {
    GenerateKind kind;
    std::uint64_t plain;
    std::uint64_t with_needle;
  };
  // 2 MiB + 12345 bytes, seed 42; needle "needle", every 20. A change here breaks every recorded test file.
  const auto golden = {
      Golden{GenerateKind::Text, 0x7fe1b33ea2e40b40, 0x751aaa5fe449cdd1},
      Golden{GenerateKind::Log, 0x8c11afc6008edc5b, 0x95201c95abea2579},
      Golden{GenerateKind::Random, 0xb1d2347951487e8d, 0xa830ae6b614a58d6},
      Golden{GenerateKind::Zeros, 0x36fcae8236940ff, 0x3a55e8f2b85ccd02},
      Golden{GenerateKind::Binary, 0xb82c53c18bbae02b, 0x28604d8aa685c9e7},
  };
  for (const auto& [kind, plain, with_needle] : golden) {
    SCOPED_TRACE(generate_kind_name(kind));
    GenerateOptions options = options_of(kind, 2 * kBlockSize + 12345);
    options.seed = 42;
    EXPECT_EQ(checksum(make(options)), plain);
    options.needle = "needle";
    options.every = 20;
    EXPECT_EQ(checksum(make(options)), with_needle);
  }
}

TEST_F(GenerateTest, BytesDoNotDependOnThreads) {
  for (auto kind : kAllKinds) {
    SCOPED_TRACE(generate_kind_name(kind));
    GenerateOptions options = options_of(kind, 9 * kBlockSize + 1000);
    options.needle = "needle";
    options.every = 30;
    options.threads = 1;
    Generated first;
    const std::string expected = make(options, &first);
    for (unsigned threads : {2U, 7U}) {
      options.threads = threads;
      Generated again;
      EXPECT_TRUE(make(options, &again) == expected) << threads;
      EXPECT_EQ(again.needle_count, first.needle_count);
      EXPECT_EQ(again.needle_lines, first.needle_lines);
    }
  }
}

TEST_F(GenerateTest, SizesAreExactAndShorterFilesArePrefixes) {
  for (auto kind : kAllKinds) {
    SCOPED_TRACE(generate_kind_name(kind));
    const std::string longest = make(options_of(kind, 3 * kBlockSize + 17));
    for (std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4095}, std::uint64_t{4096},
                               std::uint64_t{4097}, kBlockSize - 1, kBlockSize, kBlockSize + 1}) {
      const std::string text = make(options_of(kind, size));
      const std::size_t whole = size / kBlockSize * kBlockSize;
      EXPECT_TRUE(text.substr(0, whole) == longest.substr(0, whole)) << size;
      const bool has_lines = kind == GenerateKind::Text || kind == GenerateKind::Log;
      EXPECT_TRUE(!has_lines || text.empty() || text.ends_with('\n')) << size;
    }
  }
}

TEST_F(GenerateTest, NeedlesAreCountedAsASearchWould) {
  const std::string word(300, 'w');  // longer than a line of text
  const std::string page(5000, 'p');
  const std::vector<std::string> needles = {
      "needle", "x",  "GET",  "the", "e",    "aa",  std::string(2, '\0'),
      "\xff",   "ab", "aab ", word,  "REC1", "200", page};
  for (auto kind : kAllKinds) {
    for (const auto& needle : needles) {
      for (std::uint64_t every : {1U, 50U}) {
        SCOPED_TRACE(std::string{generate_kind_name(kind)} + ' ' + needle.substr(0, 10) + ' ' +
                     std::to_string(every));
        GenerateOptions options = options_of(kind, 2 * kBlockSize + 77777);
        options.needle = needle;
        options.every = every;
        Generated facts;
        const std::string text = make(options, &facts);
        const Counts expected = count_slowly(text, needle);
        EXPECT_EQ(facts.needle_count, expected.count);
        EXPECT_EQ(facts.needle_lines, expected.lines);
        EXPECT_GT(facts.needle_count, 0U);
      }
    }
  }
}

TEST_F(GenerateTest, NeedlesAreOnAboutEveryNthLine) {
  for (auto kind : {GenerateKind::Text, GenerateKind::Log}) {
    GenerateOptions options = options_of(kind, 4 * kBlockSize);
    options.needle = "needle";
    options.every = 1;
    Generated facts;
    make(options, &facts);
    EXPECT_EQ(facts.needle_lines, facts.lines);
    EXPECT_EQ(facts.needle_count, facts.lines);
    options.every = 20;
    make(options, &facts);
    EXPECT_NEAR(static_cast<double>(facts.needle_lines), static_cast<double>(facts.lines) / 20,
                static_cast<double>(facts.lines) / 100);
  }
}

TEST_F(GenerateTest, ANeedleLongerThanTheFileIsNotInIt) {
  for (auto kind : kAllKinds) {
    GenerateOptions options = options_of(kind, 100);
    options.needle = std::string(200, 'n');
    options.every = 1;
    Generated facts;
    make(options, &facts);
    EXPECT_EQ(facts.needle_count, 0U);
    EXPECT_EQ(facts.needle_lines, 0U);
  }
}

TEST_F(GenerateTest, SmallFilesWithNeedlesAreCountedToo) {
  for (auto kind : kAllKinds) {
    for (std::uint64_t size = 0; size < 600; size += 7) {
      GenerateOptions options = options_of(kind, size);
      options.needle = "abc";
      options.every = 1;
      Generated facts;
      const std::string text = make(options, &facts);
      const Counts expected = count_slowly(text, "abc");
      ASSERT_EQ(facts.needle_count, expected.count) << size;
      ASSERT_EQ(facts.needle_lines, expected.lines) << size;
    }
  }
}

TEST_F(GenerateTest, WrongOptionsAreRefused) {
  for (const std::string& needle :
       {std::string{}, std::string{"two\nlines"}, std::string(kNeedleSizeMax + 1, 'n')}) {
    GenerateOptions options = options_of(GenerateKind::Text, 1000);
    options.needle = needle;
    const auto made = generate_file(path(), options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::InvalidArgument);
  }
  GenerateOptions options = options_of(GenerateKind::Text, 1000);
  options.needle = "needle";
  options.every = 0;
  EXPECT_FALSE(generate_file(path(), options));
  EXPECT_TRUE(names().empty());
}

TEST_F(GenerateTest, TheLongestNeedleIsAccepted) {
  for (auto kind : kAllKinds) {
    GenerateOptions options = options_of(kind, kBlockSize + 5);
    options.needle = std::string(kNeedleSizeMax, 'n');
    options.every = 1;
    Generated facts;
    make(options, &facts);
    EXPECT_GT(facts.needle_count, 5U);
  }
}

TEST_F(GenerateTest, TargetsThatAreNoRegularFilesAreRefused) {
  const GenerateOptions options = options_of(GenerateKind::Text, 1000);
  const auto code = [&](const fs::path& target) {
    const auto made = generate_file(target, options);
    return made ? std::string{"made"} : std::string{errc_name(made.error().code)};
  };
  fs::create_directory(path("folder"));
  EXPECT_EQ(code(path("folder")), errc_name(Errc::IsDirectory));
  EXPECT_EQ(code(path("folder/")), errc_name(Errc::IsDirectory));
  EXPECT_EQ(code("-"), errc_name(Errc::Unsupported));
  EXPECT_EQ(code("/dev/null"), errc_name(Errc::Unsupported));
  EXPECT_EQ(code("/dev/stdout"), errc_name(Errc::Unsupported));
  EXPECT_EQ(code(""), errc_name(Errc::InvalidArgument));
  EXPECT_EQ(code(path("missing/file")), errc_name(Errc::NotFound));
  EXPECT_EQ(names(), std::set<std::string>{"folder"});
}

TEST_F(GenerateTest, AFullDiskIsAnErrorBeforeWritingAndKeepsTheOldFile) {
  write(path(), "old content");
  const auto made = generate_file(path(), options_of(GenerateKind::Text, std::uint64_t{1} << 55));
  ASSERT_FALSE(made);
  EXPECT_EQ(read(path()), "old content");
  EXPECT_EQ(names(), std::set<std::string>{"file"});
}

TEST_F(GenerateTest, CancellingLeavesNothingBehind) {
  write(path(), "old content");
  for (bool early : {true, false}) {
    std::stop_source stop;
    ScanProgress progress;
    GenerateOptions options = options_of(GenerateKind::Text, 256 * kBlockSize);
    options.stop = stop.get_token();
    options.progress = &progress;
    if (early) stop.request_stop();
    std::jthread canceller([&] {
      while (!early && progress.done == 0 && !stop.stop_requested()) std::this_thread::yield();
      stop.request_stop();
    });
    const auto made = generate_file(path(), options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::Cancelled);
    EXPECT_LT(progress.done, options.size);
    EXPECT_EQ(read(path()), "old content");
    EXPECT_EQ(names(), std::set<std::string>{"file"});
  }
}

TEST_F(GenerateTest, AnExistingFileIsReplacedAndHandsOnItsPermissions) {
  write(path(), "old content");
  fs::permissions(path(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  make(options_of(GenerateKind::Text, 5000));
  EXPECT_EQ(fs::status(path()).permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_EQ(names(), std::set<std::string>{"file"});
}

TEST_F(GenerateTest, ASymbolicLinkStaysAndItsFileIsReplaced) {
  write(path("real"), "old content");
  fs::create_symlink("real", path());
  make(options_of(GenerateKind::Text, 5000));
  EXPECT_TRUE(fs::is_symlink(path()));
  EXPECT_EQ(fs::file_size(path("real")), 5000U);
}

TEST_F(GenerateTest, ProgressEndsAtTheSizeAndZerosAreWrittenOut) {
  ScanProgress progress;
  GenerateOptions options = options_of(GenerateKind::Zeros, 3 * kBlockSize + 5);
  options.progress = &progress;
  options.durability = Durability::Flushed;
  make(options);
  EXPECT_EQ(progress.total, options.size);
  EXPECT_EQ(progress.done, options.size);
}

TEST(GenerateKindName, CanBeParsed) {
  for (auto kind : kAllKinds) EXPECT_EQ(parse_generate_kind(generate_kind_name(kind)), kind);
  EXPECT_EQ(parse_generate_kind("texts"), std::nullopt);
}

}  // namespace
}  // namespace folio
