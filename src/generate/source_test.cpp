// SPDX-License-Identifier: Apache-2.0
// The content of blocks: structure of each kind, needles, independence of size.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "generate/block_source.h"
#include "generate/needle.h"
#include "generate/words.h"

namespace folio::generate {
namespace {

constexpr auto kAllKinds = {GenerateKind::Text, GenerateKind::Log, GenerateKind::Random, GenerateKind::Zeros,
                            GenerateKind::Binary};

std::string block(const Recipe& recipe, std::uint64_t index, std::size_t size) {
  std::string text(size + block_slack(recipe.needle), '#');
  const std::uint64_t lines = make_source(recipe)->render(index, text.data(), size);
  text.resize(size);
  EXPECT_EQ(lines, static_cast<std::uint64_t>(std::ranges::count(text, '\n')));
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  EXPECT_EQ(begin, text.size()) << "the last line is not complete";
  return lines;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Strict: no overlong forms, surrogates or values beyond U+10FFFF.
bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    const std::size_t more = lead < 0x80   ? 0
                             : lead < 0xC2 ? 9
                             : lead < 0xE0 ? 1
                             : lead < 0xF0 ? 2
                             : lead < 0xF5 ? 3
                                           : 9;
    if (more == 9) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80) return false;
    }
    const unsigned next = byte(i + 1);
    if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) ||
        (lead == 0xF4 && next > 0x8F)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

TEST(Source, BlockDependsOnSeedAndIndexOnly) {
  for (auto kind : kAllKinds) {
    SCOPED_TRACE(generate_kind_name(kind));
    const Recipe recipe{.kind = kind, .seed = 7, .needle = {}};
    const std::string once = block(recipe, 3, kBlockSize);
    EXPECT_EQ(once, block(recipe, 3, kBlockSize));
    if (kind == GenerateKind::Zeros) continue;
    EXPECT_NE(once, block(recipe, 4, kBlockSize));
    EXPECT_NE(once, block({.kind = kind, .seed = 8, .needle = {}}, 3, kBlockSize));
  }
}

TEST(Source, StaysInsideTheBlockAndItsSlack) {
  for (auto kind : kAllKinds) {
    for (std::size_t size = 0; size < 1500; ++size) {
      const Needle needle{"a needle that takes some room", 2};
      const Recipe recipe{.kind = kind, .seed = size, .needle = needle};
      std::string text(size + block_slack(needle) + 8, '#');
      const auto source = make_source(recipe);
      const std::uint64_t lines = source->render(size, text.data(), size);
      ASSERT_EQ(text.substr(text.size() - 8), "########");
      ASSERT_EQ(lines, static_cast<std::uint64_t>(std::ranges::count(text.substr(0, size), '\n')));
      const bool has_lines = kind == GenerateKind::Text || kind == GenerateKind::Log;
      ASSERT_TRUE(!has_lines || size == 0 || text[size - 1] == '\n');
    }
  }
}

TEST(TextSource, IsUtf8InLinesOf20To120Bytes) {
  const std::string text = block({.kind = GenerateKind::Text, .seed = 1, .needle = {}}, 0, kBlockSize);
  EXPECT_TRUE(is_utf8(text));
  std::size_t shortest = SIZE_MAX;
  std::size_t longest = 0;
  for (const auto& line : lines_of(text)) {
    shortest = std::min(shortest, line.size());
    longest = std::max(longest, line.size());
  }
  EXPECT_GE(shortest, 20U);
  EXPECT_LE(longest, 120U);
  EXPECT_LT(shortest, 25U);
  EXPECT_GT(longest, 110U);
}

TEST(TextSource, FrequencyFallsWithRankAndOtherScriptsOccur) {
  const std::string text = block({.kind = GenerateKind::Text, .seed = 1, .needle = {}}, 0, kBlockSize);
  const auto count = [&](std::string_view word) {
    return count_needle(text, ' ' + std::string{word} + ' ').count;
  };
  EXPECT_GT(count("the"), 2 * count("that"));
  EXPECT_GT(count("that"), 2 * count("ocean"));
  EXPECT_GT(count("ocean"), 0U);
  for (auto word : foreign_words()) EXPECT_GT(count_needle(text, word).count, 0U) << word;
  const std::size_t words = static_cast<std::size_t>(std::ranges::count(text, ' '));
  const std::size_t other = text.size() - code_points(text);  // bytes beyond the first of a character
  EXPECT_GT(other, words / 100);
  EXPECT_LT(other, words / 10);
}

TEST(TextSource, VocabularyFitsIntoItsPieces) {
  for (auto word : english_words()) EXPECT_LE(word.size(), 13U) << word;
  for (auto word : foreign_words()) {
    EXPECT_LE(word.size(), 13U) << word;
    EXPECT_TRUE(is_utf8(word));
  }
  for (std::size_t size = 1; size <= kExactWordMax; ++size) EXPECT_EQ(exact_word(size).size(), size);
}

// Also a check that no ready-made part is cut.
TEST(LogSource, EveryLineIsInCombinedFormatAndTimesAscend) {
  const std::regex format(
      R"re((\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3}) - (-|[a-z]+) \[(\d\d)/(Jan|Feb)/2025:(\d\d:\d\d:\d\d) \+0000\] )re"
      R"re("(GET|POST|HEAD|PUT) /[^ "]* HTTP/(1\.1|2\.0)" (200|206|301|302|304|403|404|500|503) (\d+|-) )re"
      R"re("(-|https://[^ "]+)" "(-|[^"]+)")re");
  std::size_t lines = 0;
  std::size_t bytes = 0;
  std::string last_time;
  for (std::uint64_t index : {0U, 1U}) {
    for (const auto& line :
         lines_of(block({.kind = GenerateKind::Log, .seed = 5, .needle = {}}, index, kBlockSize))) {
      std::smatch match;
      ASSERT_TRUE(std::regex_match(line, match, format)) << line;
      for (std::size_t i : {1U, 2U, 3U, 4U}) ASSERT_LE(std::stoi(match[i]), 255);
      const std::string time = match[6].str() + match[8].str();
      ASSERT_LE(last_time, time);
      last_time = time;
      ++lines;
      bytes += line.size() + 1;
    }
  }
  EXPECT_EQ(last_time, "0100:01:59");
  EXPECT_GT(bytes / lines, 170U);
  EXPECT_LT(bytes / lines, 235U);
}

TEST(LogSource, TimesGoOnOverDaysAndYears) {
  const auto first_line = [](std::uint64_t index) {
    return lines_of(block({.kind = GenerateKind::Log, .seed = 5, .needle = {}}, index, 4096)).front();
  };
  EXPECT_NE(first_line(0).find("[01/Jan/2025:00:00:00 +0000]"), std::string::npos) << first_line(0);
  EXPECT_NE(first_line(59 * 1440 + 61).find("[01/Mar/2025:01:01:00 +0000]"), std::string::npos);
  EXPECT_NE(first_line(365 * 1440 - 1).find("[31/Dec/2025:23:59:00 +0000]"), std::string::npos);
}

TEST(LogSource, IsSkewedAsServersSeeIt) {
  const std::string text = block({.kind = GenerateKind::Log, .seed = 5, .needle = {}}, 0, kBlockSize);
  const auto lines = lines_of(text);
  const auto permille = [&](std::string_view part) {
    return count_needle(text, part).count * 1000 / lines.size();
  };
  EXPECT_NEAR(static_cast<double>(permille("\" 200 ")), 850, 25);
  EXPECT_NEAR(static_cast<double>(permille("\" 304 ")), 60, 15);
  EXPECT_NEAR(static_cast<double>(permille("\" 404 ")), 40, 12);
  EXPECT_GT(permille("bot"), 30U);
  EXPECT_GT(permille("\"GET / HTTP/1.1\""), 20U);
  std::set<std::string> hosts;
  for (const auto& line : lines) hosts.insert(line.substr(0, line.find(' ')));
  EXPECT_GT(hosts.size(), lines.size() / 20);
  EXPECT_LT(hosts.size(), lines.size() / 2);
}

TEST(LogSource, NeedleGoesIntoThePathOnlyWhereItCanBePartOfOne) {
  const std::string in_path =
      block({.kind = GenerateKind::Log, .seed = 5, .needle = {"id=needle", 1}}, 0, 65536);
  for (const auto& line : lines_of(in_path))
    EXPECT_NE(line.find("GET /search?q=id=needle HTTP"), std::string::npos);
  const std::string in_agent =
      block({.kind = GenerateKind::Log, .seed = 5, .needle = {"two words", 1}}, 0, 65536);
  for (const auto& line : lines_of(in_agent)) EXPECT_TRUE(line.ends_with(" two words\"")) << line;
}

TEST(RawSource, RandomBytesAreUniform) {
  const std::string text = block({.kind = GenerateKind::Random, .seed = 1, .needle = {}}, 0, kBlockSize);
  for (int value = 0; value < 256; ++value) {
    const auto count = std::ranges::count(text, static_cast<char>(value));
    EXPECT_NEAR(static_cast<double>(count), 4096, 6 * 64);  // six standard deviations
  }
}

TEST(RawSource, ZerosAreZeros) {
  const std::string text = block({.kind = GenerateKind::Zeros, .seed = 1, .needle = {}}, 0, 5000);
  EXPECT_EQ(text, std::string(5000, '\0'));
}

TEST(RawSource, BinaryMixesRecordsNulsAndText) {
  const std::string text = block({.kind = GenerateKind::Binary, .seed = 1, .needle = {}}, 0, kBlockSize);
  EXPECT_GT(count_needle(text, "REC1").count, kBlockSize / 104);
  EXPECT_GT(std::ranges::count(text, '\0'), static_cast<std::ptrdiff_t>(kBlockSize / 3));
  EXPECT_GT(count_needle(text, "ocean").count, 0U);
}

}  // namespace
}  // namespace folio::generate
