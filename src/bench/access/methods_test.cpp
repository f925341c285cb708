// SPDX-License-Identifier: Apache-2.0
// Every method looks at every byte that it should, and at no other.
#include "bench/access/methods.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>
#include <set>
#include <string>

#include "bench/access/places.h"
#include "bench/access/run.h"

namespace folio::bench {
namespace {

class TestFolder {
 public:
  TestFolder()
      : path_(std::filesystem::temp_directory_path() / ("folio_bench_test." + std::to_string(random_()))) {
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }

 private:
  std::random_device random_;
  std::filesystem::path path_;
};

std::string content_of(std::uint64_t size) {
  std::mt19937 random(static_cast<unsigned>(size));
  std::string content(size, ' ');
  for (char& byte : content) byte = random() % 16 == 0 ? '\n' : static_cast<char>(random() % 256);
  return content;
}

std::uint64_t look(WorkKind work, std::string_view bytes) {
  if (work == WorkKind::Newlines) return static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
  return std::accumulate(bytes.begin(), bytes.end(), std::uint64_t{0},
                         [](std::uint64_t sum, char byte) { return sum + static_cast<unsigned char>(byte); });
}

bool is_missing_here(const Error& error) {
  return error.code == Errc::Unsupported;  // no io_uring, or no O_DIRECT
}

TEST(Methods, AgreeOnAllBytesOfAFile) {
  const TestFolder folder;
  for (const std::uint64_t size : {1U, 4095U, 4096U, 4097U, 300'000U, (4U << 20) + 1, 9U << 20}) {
    const std::string content = content_of(size);
    const std::string path = folder.file("file", content);
    for (const Shape shape : {Shape::OnePass, Shape::Passes}) {
      for (const unsigned threads : {1U, 3U}) {
        const Situation situation{.shape = shape, .size = size, .threads = threads};
        const std::uint64_t passes = shape == Shape::Passes ? kPasses : 1;
        for (const MethodSpec& method : methods_for(situation, Breadth::Full)) {
          const auto answer = run_method({.paths = {&path, 1}, .situation = situation, .method = method});
          if (!answer && is_missing_here(answer.error())) continue;
          ASSERT_TRUE(answer) << label(method) << ": " << answer.error().message();
          EXPECT_EQ(answer->value, passes * look(situation.work, content)) << label(method) << " " << size;
        }
      }
    }
  }
}

TEST(Methods, AgreeOnRandomPlaces) {
  const TestFolder folder;
  const std::string content = content_of((1 << 20) + 123);
  const std::string path = folder.file("file", content);
  for (const Shape shape : {Shape::Random4K, Shape::Random4KZipf, Shape::Touch64}) {
    const std::uint64_t block = shape == Shape::Touch64 ? kTouchBlock : kRandomBlock;
    const auto places = random_places(shape, content.size(), block, 1000);
    std::uint64_t expected = 0;
    for (const std::uint64_t place : places) {
      expected += look(WorkKind::Sum, std::string_view{content}.substr(place, block));
    }
    for (const unsigned threads : {1U, 3U}) {
      const Situation situation{
          .shape = shape, .work = WorkKind::Sum, .size = content.size(), .threads = threads};
      for (const MethodSpec& method : methods_for(situation, Breadth::Full)) {
        const auto answer =
            run_method({.paths = {&path, 1}, .situation = situation, .method = method, .places = places});
        if (!answer && is_missing_here(answer.error())) continue;
        ASSERT_TRUE(answer) << label(method) << ": " << answer.error().message();
        EXPECT_EQ(answer->value, expected) << label(method);
      }
    }
  }
}

TEST(Methods, AgreeOnSmallFiles) {
  const TestFolder folder;
  std::vector<std::string> paths;
  std::uint64_t expected = 0;
  for (unsigned i = 0; i < 40; ++i) {
    const std::string content = content_of(5000 + i);
    expected += look(WorkKind::Newlines, content);
    paths.push_back(folder.file("file" + std::to_string(i), content));
  }
  for (const unsigned threads : {1U, 3U}) {
    const Situation situation{.shape = Shape::SmallFiles, .size = 5000, .threads = threads};
    for (const MethodSpec& method : methods_for(situation, Breadth::Full)) {
      const auto answer = run_method({.paths = paths, .situation = situation, .method = method});
      ASSERT_TRUE(answer) << label(method) << ": " << answer.error().message();
      EXPECT_EQ(answer->value, expected) << label(method);
    }
  }
}

TEST(Methods, EndWhenTheyAreToldTo) {
  const TestFolder folder;
  const std::string path = folder.file("file", content_of(5 << 20));
  std::stop_source stop;
  stop.request_stop();
  const Situation situation{.size = 5 << 20};
  for (const MethodSpec& method : methods_for(situation, Breadth::Full)) {
    const auto answer =
        run_method({.paths = {&path, 1}, .situation = situation, .method = method, .stop = stop.get_token()});
    ASSERT_FALSE(answer) << label(method);
    if (!is_missing_here(answer.error())) {
      EXPECT_EQ(answer.error().code, Errc::Cancelled) << label(method);
    }
  }
}

TEST(Methods, OfASituationHaveNamesOfTheirOwn) {
  for (const std::uint64_t size : {1ULL << 10, 1ULL << 16, 1ULL << 30}) {
    for (const Breadth breadth : {Breadth::Quick, Breadth::Full}) {
      std::set<std::string> names;
      const auto methods = methods_for({.size = size}, breadth);
      for (const MethodSpec& method : methods) names.insert(label(method));
      EXPECT_EQ(names.size(), methods.size());
      EXPECT_EQ(methods.back().method, Method::Auto);
    }
  }
  EXPECT_EQ(label({Method::Uring, 1 << 20, 8}), "uring 1 MiB x8");
  EXPECT_EQ(label({Method::Read, 4096, 0}), "read 4 KiB");
}

TEST(RandomPlaces, LieInTheFileAndAreTheSameEachTime) {
  for (const Shape shape : {Shape::Random4K, Shape::Random4KZipf}) {
    const auto places = random_places(shape, 10 * kRandomBlock + 1, kRandomBlock, 5000);
    EXPECT_EQ(places, random_places(shape, 10 * kRandomBlock + 1, kRandomBlock, 5000));
    EXPECT_EQ(std::set(places.begin(), places.end()).size(), 10U) << "all of the blocks, in time";
    for (const std::uint64_t place : places) {
      EXPECT_EQ(place % kRandomBlock, 0U);
      EXPECT_LE(place, 9 * kRandomBlock);
    }
  }
  EXPECT_TRUE(random_places(Shape::Random4K, kRandomBlock - 1, kRandomBlock, 10).empty());
}

TEST(RandomPlaces, ByZipfsLawAreUnevenlyPopular) {
  const auto places = random_places(Shape::Random4KZipf, 1000 * kRandomBlock, kRandomBlock, 100'000);
  const auto first = std::ranges::count(places, places.size() > 0 ? 0U : 1U);
  // The most popular of 1000 blocks has ln(2)/ln(1001), a tenth, of all visits; evenly it would be a
  // thousandth.
  EXPECT_GT(first, 8000);
  EXPECT_LT(first, 12000);
}

TEST(Situations, KnowWhatIsWanted) {
  AccessOptions options;
  options.files = {{{"a"}, 1 << 10}, {{"b"}, 64 << 20}, {{"as large"}, 64 << 20}};
  options.small_files = {{{"c", "d"}, 4096}};
  options.threads = {1, 2};
  const auto all = situations_of(options);
  const auto is_cold = [](const Situation& situation) { return situation.state == CacheState::Cold; };
  EXPECT_TRUE(std::ranges::any_of(all, is_cold));
  for (const Situation& situation : all) {
    EXPECT_EQ(std::ranges::count(all, situation), 1);
    EXPECT_NE(situation.state, CacheState::Limited) << "there is no such file";
    if (situation.size == 1 << 10) {
      EXPECT_EQ(situation.threads, 1U);
      EXPECT_NE(situation.state, CacheState::WarmLarge);
    }
  }
  options.wanted = is_cold;
  const auto cold = situations_of(options);
  EXPECT_EQ(cold.size(), static_cast<std::size_t>(std::ranges::count_if(all, is_cold)));
}

}  // namespace
}  // namespace folio::bench
