// SPDX-License-Identifier: Apache-2.0
// Following a file: growth, rotation, cutting, vanishing; and writers in a hurry, of whose lines none may be
// lost or come twice.
#include "folio/follow.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "decode/name_history.h"

namespace folio::decode {
namespace {

using namespace std::chrono_literals;
using Notice = FollowOptions::Notice;
using From = FollowOptions::From;

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "folio_follow_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void append(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::app) << text;
}

// Reads until `size` bytes have come, or for too long.
std::string read_some(ByteStream& stream, std::size_t size) {
  std::string text;
  const auto until = std::chrono::steady_clock::now() + 20s;
  std::string buffer(1U << 16, '\0');
  while (text.size() < size && std::chrono::steady_clock::now() < until) {
    if (!stream.has_more_within(100)) continue;
    const auto got = stream.read(std::as_writable_bytes(std::span{buffer}));
    EXPECT_TRUE(got);
    if (!got) break;
    text.append(buffer, 0, *got);
  }
  return text;
}

class Following : public testing::TestWithParam<Notice> {
 protected:
  [[nodiscard]] std::unique_ptr<ByteStream> follow_log(From from = From::Begin) {
    FollowOptions options;
    options.from = from;
    options.notice = GetParam();
    options.interval = 5ms;
    options.quiet = 10ms;
    options.on_event = [this](std::string_view event) { events_.emplace_back(event); };
    auto stream = follow(log_, options);
    EXPECT_TRUE(stream);
    return std::move(*stream);
  }
  [[nodiscard]] bool was_told(std::string_view what) const {
    return std::any_of(events_.begin(), events_.end(),
                       [&](const std::string& event) { return event.find(what) != std::string::npos; });
  }
  // Reads what there is, and expects it to be this.
  static void expect(ByteStream& stream, const std::string& text) {
    EXPECT_EQ(read_some(stream, text.size()), text);
    EXPECT_FALSE(stream.has_more_within(30));
  }

  Folder folder_;
  std::filesystem::path log_ = folder_ / "log";
  std::vector<std::string> events_;
};
INSTANTIATE_TEST_SUITE_P(By, Following, testing::Values(Notice::Auto, Notice::Looking),
                         [](const auto& each) { return each.param == Notice::Auto ? "Notice" : "Looking"; });

TEST_P(Following, BeginsWhereItIsTold) {
  append(log_, "one\ntwo\n");
  const auto from_begin = follow_log(From::Begin);
  const auto from_end = follow_log(From::End);
  expect(*from_begin, "one\ntwo\n");
  EXPECT_FALSE(from_end->has_more_within(0));
  append(log_, "three\nfo");
  expect(*from_begin, "three\nfo");
  expect(*from_end, "three\nfo");
  append(log_, "ur\n");
  expect(*from_end, "ur\n");
  EXPECT_TRUE(events_.empty());
  EXPECT_EQ(from_end->name(), log_.string());
}

TEST_P(Following, WaitsForAFileThatIsNotThere) {
  const auto stream = follow_log(From::End);
  EXPECT_FALSE(stream->has_more_within(20));
  append(log_, "first\n");
  expect(*stream, "first\n");
  EXPECT_TRUE(was_told("not there yet"));
}

TEST_P(Following, GoesOnWithTheFileThatTookTheName) {
  append(log_, "old 1\n");
  const auto stream = follow_log();
  expect(*stream, "old 1\n");
  std::filesystem::rename(log_, folder_ / "log.1");
  append(folder_ / "log.1", "old 2\n");
  append(log_, "new 1\n");
  expect(*stream, "old 2\nnew 1\n");
  EXPECT_TRUE(was_told("was replaced"));
  append(log_, "new 2\n");
  expect(*stream, "new 2\n");
}

// A writer that has not been told of the rotation yet.
TEST_P(Following, StaysWithTheOldFileWhileTheNewOneIsEmpty) {
  append(log_, "old 1\n");
  const auto stream = follow_log();
  expect(*stream, "old 1\n");
  std::filesystem::rename(log_, folder_ / "log.1");
  append(log_, "");
  EXPECT_FALSE(stream->has_more_within(50));
  append(folder_ / "log.1", "old 2\n");
  expect(*stream, "old 2\n");
  append(log_, "new 1\n");
  expect(*stream, "new 1\n");
}

TEST_P(Following, NeverJoinsLinesOfTwoFiles) {
  append(log_, "no end");
  const auto stream = follow_log();
  expect(*stream, "no end");
  std::filesystem::rename(log_, folder_ / "log.1");
  append(log_, "begin\nno end again");
  expect(*stream, "\nbegin\nno end again");
  std::filesystem::resize_file(log_, 0);
  expect(*stream, "\n");
  append(log_, "x\n");
  expect(*stream, "x\n");
}

TEST_P(Following, ReadsAFileThatWasCutFromItsBeginning) {
  append(log_, "long line\n");
  const auto stream = follow_log();
  expect(*stream, "long line\n");
  std::filesystem::resize_file(log_, 0);
  append(log_, "short\n");
  expect(*stream, "short\n");
  EXPECT_TRUE(was_told("became shorter"));
}

TEST_P(Following, SurvivesThatTheFileIsGone) {
  append(log_, "one\n");
  const auto stream = follow_log();
  expect(*stream, "one\n");
  std::filesystem::remove(log_);
  EXPECT_FALSE(stream->has_more_within(20));
  EXPECT_TRUE(was_told("vanished"));
  append(log_, "two\n");
  expect(*stream, "two\n");
  EXPECT_TRUE(was_told("appeared"));
}

TEST_P(Following, SurvivesThatTheFolderIsGone) {
  std::filesystem::create_directory(folder_ / "sub");
  log_ = folder_ / "sub/log";
  append(log_, "one\n");
  const auto stream = follow_log();
  expect(*stream, "one\n");
  std::filesystem::remove_all(folder_ / "sub");
  EXPECT_FALSE(stream->has_more_within(20));
  std::filesystem::create_directory(folder_ / "sub");
  append(log_, "two\n");
  expect(*stream, "two\n");
  std::filesystem::rename(log_, folder_ / "sub/log.1");
  append(log_, "three\n");
  expect(*stream, "three\n");
}

TEST_P(Following, RefusesWhatIsNoFile) {
  std::filesystem::create_directory(log_);
  const auto stream = follow(log_, {});
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, Errc::Unsupported);
}

// A writer in a hurry: numbered lines, in files that it renames.
class Writer {
 public:
  Writer(const Folder& folder, std::filesystem::path log, unsigned seed)
      : folder_(folder), log_(std::move(log)), random_(seed) {}

  void write_lines(unsigned count) {
    for (unsigned end = line_ + count; line_ < end; ++line_)
      stream_ << "line " << line_ << '\n' << std::flush;
  }
  void open() { stream_.open(log_, std::ios::binary | std::ios::app); }
  // Each file keeps its second name.
  void rotate_to_unique() {
    if (between(0, 1) == 0) stream_.close();
    std::filesystem::rename(log_, folder_ / ("log." + std::to_string(++rotations_)));
    if (stream_.is_open()) write_lines(between(0, 3));
    reopen();
  }
  // log.1 becomes log.2, and so on.
  void rotate_by_shifting() {
    for (unsigned number = rotations_++; number > 0; --number) {
      std::filesystem::rename(folder_ / ("log." + std::to_string(number)),
                              folder_ / ("log." + std::to_string(number + 1)));
    }
    std::filesystem::rename(log_, folder_ / "log.1");
    reopen();
  }
  unsigned between(unsigned low, unsigned high) {
    return std::uniform_int_distribution<unsigned>(low, high)(random_);
  }
  [[nodiscard]] unsigned lines() const { return line_; }

 private:
  void reopen() {
    if (stream_.is_open()) stream_.close();
    open();
  }

  const Folder& folder_;
  std::filesystem::path log_;
  std::mt19937 random_;
  std::ofstream stream_;
  unsigned line_ = 0;
  unsigned rotations_ = 0;
};

std::string numbered(unsigned count) {
  std::string text;
  for (unsigned line = 0; line < count; ++line) text += "line " + std::to_string(line) + '\n';
  return text;
}

void expect_each_line_once(ByteStream& stream, unsigned lines) {
  const std::string expected = numbered(lines);
  const std::string text = read_some(stream, expected.size());
  const auto differs = std::mismatch(text.begin(), text.end(), expected.begin(), expected.end());
  EXPECT_TRUE(text == expected) << "from byte " << differs.first - text.begin() << ": "
                                << std::string(differs.first, text.end()).substr(0, 60) << "\ninstead of "
                                << std::string(differs.second, expected.end()).substr(0, 60);
}

class Stress : public Following {};
INSTANTIATE_TEST_SUITE_P(By, Stress, testing::Values(Notice::Auto));

TEST_P(Stress, EachLineComesOnceAcrossRotationsWithoutAPause) {
  for (unsigned round = 0; round < 3; ++round) {
    const Folder folder;
    log_ = folder / "log";
    Writer writer(folder, log_, round);
    writer.open();
    const auto stream = follow_log();
    constexpr unsigned kRotations = 300;
    std::atomic<unsigned> lines = 0;
    std::jthread thread([&] {
      for (unsigned rotation = 0; rotation < kRotations; ++rotation) {
        writer.write_lines(writer.between(1, 30));
        writer.rotate_to_unique();
      }
      writer.write_lines(1);
      lines = writer.lines();
    });
    std::string text;
    while (lines == 0) {
      if (stream->has_more_within(1)) {
        std::byte buffer[1000];
        const auto got = stream->read(buffer);
        ASSERT_TRUE(got);
        text.append(to_text(ByteView{buffer}.first(*got)));
      }
    }
    const std::string expected = numbered(lines);
    text += read_some(*stream, expected.size() - std::min(text.size(), expected.size()));
    const auto differs = std::mismatch(text.begin(), text.end(), expected.begin(), expected.end());
    ASSERT_TRUE(text == expected) << "round " << round << " from byte " << differs.first - text.begin()
                                  << ": " << std::string(differs.first, text.end()).substr(0, 60)
                                  << "\ninstead of "
                                  << std::string(differs.second, expected.end()).substr(0, 60);
  }
}

TEST_P(Stress, EachLineComesOnceWhereOldFilesAreShifted) {
  Writer writer(folder_, log_, 7);
  writer.open();
  const auto stream = follow_log();
  std::atomic<unsigned> lines = 0;
  std::jthread thread([&] {
    for (unsigned rotation = 0; rotation < 30; ++rotation) {
      writer.write_lines(writer.between(1, 30));
      writer.rotate_by_shifting();
      if (rotation % 3 == 0) std::this_thread::sleep_for(2ms);
    }
    writer.write_lines(1);
    lines = writer.lines();
  });
  while (lines == 0) static_cast<void>(stream->has_more_within(1));
  expect_each_line_once(*stream, lines);
}

// Cut when all was read, and not written beyond the old size before that was seen: what copytruncate can
// give.
TEST_P(Stress, EachLineComesOnceAcrossCuts) {
  const auto stream = follow_log();
  std::atomic<std::size_t> read = 0;
  std::atomic<unsigned> lines = 0;
  std::jthread thread([&] {
    std::mt19937 random(3);
    std::size_t written = 0;
    unsigned line = 0;
    const auto write = [&](unsigned count) {
      std::string text;
      for (const unsigned end = line + count; line < end; ++line)
        text += "line " + std::to_string(line) + '\n';
      append(log_, text);
      written += text.size();
      while (read < written) std::this_thread::yield();
    };
    for (unsigned cut = 0; cut < 100; ++cut) {
      write(3);
      write(static_cast<unsigned>(1 + random() % 20));
      std::filesystem::resize_file(log_, 0);
      write(1);
    }
    lines = line;
  });
  std::string text;
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (lines == 0 && std::chrono::steady_clock::now() < until) {
    if (!stream->has_more_within(1)) continue;
    std::byte buffer[1000];
    const auto got = stream->read(buffer);
    ASSERT_TRUE(got);
    text.append(to_text(ByteView{buffer}.first(*got)));
    read += *got;
  }
  if (lines == 0) read = SIZE_MAX;
  thread.join();
  EXPECT_TRUE(text == numbered(lines));
}

os::NameEvent event(os::NameEvent::Kind kind, std::string name, std::uint32_t move = 0) {
  return {kind, move, std::move(name)};
}

std::vector<std::string> places(const NameHistory& history) {
  std::vector<std::string> found;
  for (const auto& holder : history.holders) found.push_back(holder.place);
  return found;
}

TEST(NameHistory, FindsHoldersWhereTheyAreNow) {
  using Kind = os::NameEvent::Kind;
  NameHistory history("log");
  history.apply({event(Kind::Created, "other"), event(Kind::Created, "log")});
  EXPECT_EQ(places(history), (std::vector<std::string>{"log"}));
  history.apply({event(Kind::MovedFrom, "log", 1)});
  EXPECT_EQ(places(history), (std::vector<std::string>{""}));
  history.apply({event(Kind::MovedTo, "log.1", 1), event(Kind::Created, "log")});
  EXPECT_EQ(places(history), (std::vector<std::string>{"log.1", "log"}));
  history.apply({event(Kind::MovedFrom, "log.1", 2), event(Kind::MovedTo, "log.2", 2),
                 event(Kind::MovedFrom, "log", 3), event(Kind::MovedTo, "log.1", 3)});
  EXPECT_EQ(places(history), (std::vector<std::string>{"log.2", "log.1"}));
  history.apply({event(Kind::MovedFrom, "new", 4), event(Kind::MovedTo, "log", 4)});
  EXPECT_EQ(places(history), (std::vector<std::string>{"log.2", "log.1", "log"}));
  history.apply(
      {event(Kind::Deleted, "log.2"), event(Kind::MovedFrom, "log", 5), event(Kind::MovedTo, "log.1", 5)});
  EXPECT_EQ(places(history), (std::vector<std::string>{"log.1"}));
}

}  // namespace
}  // namespace folio::decode
