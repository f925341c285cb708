// SPDX-License-Identifier: Apache-2.0
// The rules of the planner, one by one: a pure function needs no files.
#include "scan/plan.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

constexpr std::uint64_t kMebibyte = 1ULL << 20;
constexpr MachineLimits kMachine{
    .cores = 8, .memory_available = 1000 * kMebibyte, .memory_total = 2000 * kMebibyte};

FileFacts warm(std::uint64_t size) {
  return {.kind = FileKind::Regular,
          .file_system = FileSystemKind::Local,
          .has_size = true,
          .size = size,
          .is_cached = true};
}

struct Rule {
  std::string name;
  FileFacts facts;
  Access asked = Access::Auto;
  Access access = Access::Read;
  bool probes = false;
};

Rule rule(std::string name, FileFacts facts, Access access) {
  return {std::move(name), facts, Access::Auto, access, false};
}

std::vector<Rule> all_rules() {
  std::vector<Rule> rules;
  rules.push_back({"Warm", warm(100 * kMebibyte), Access::Auto, Access::Map, true});
  rules.push_back({"WarmAtTheThreshold", warm(4 * kMebibyte), Access::Auto, Access::Map, true});
  rules.push_back(rule("Middling", warm(4 * kMebibyte - 1), Access::Map));
  rules.push_back(rule("MiddlingAtTheThreshold", warm(768 << 10), Access::Map));
  rules.push_back(rule("CachedBelowIt", warm((768 << 10) - 1), Access::Read));
  FileFacts facts = warm((768 << 10) - 1);
  facts.is_cached = false;
  rules.push_back(rule("ColdBelowIt", facts, Access::Map));
  rules.push_back(rule("Small", warm((64 << 10) - 1), Access::Read));
  rules.push_back(rule("EmptyRange", warm(0), Access::Read));
  facts = warm(100 * kMebibyte);
  facts.is_cached = false;
  rules.push_back({"Cold", facts, Access::Auto, Access::Map, true});
  rules.push_back(rule("LargerThanMemory", warm(1000 * kMebibyte + 1), Access::Direct));
  rules.push_back({"AsLargeAsMemory", warm(1000 * kMebibyte), Access::Auto, Access::Map, true});
  facts = warm(5000 * kMebibyte);
  facts.file_system = FileSystemKind::Memory;
  rules.push_back({"LargeButInMemoryAlready", facts, Access::Auto, Access::Map, true});
  facts.file_system = FileSystemKind::Network;
  rules.push_back(rule("Network", facts, Access::Read));
  facts.file_system = FileSystemKind::Fuse;
  rules.push_back(rule("Fuse", facts, Access::Read));
  facts = warm(0);
  facts.has_size = false;
  rules.push_back(rule("NoSize", facts, Access::Stream));
  rules.push_back({"NoSizeWhateverIsAsked", facts, Access::Map, Access::Stream, false});
  facts = warm(4096);
  facts.file_system = FileSystemKind::Pseudo;
  rules.push_back(rule("Pseudo", facts, Access::Stream));
  rules.push_back({"PseudoWhateverIsAsked", facts, Access::Direct, Access::Stream, false});
  for (const FileKind kind : {FileKind::Pipe, FileKind::Socket, FileKind::CharacterDevice}) {
    facts = warm(0);
    facts.kind = kind;
    rules.push_back(rule("Kind" + std::string{file_kind_name(kind)}, facts, Access::Stream));
  }
  facts = warm(100 * kMebibyte);
  facts.kind = FileKind::BlockDevice;
  rules.push_back({"BlockDevice", facts, Access::Auto, Access::Map, true});
  for (const Access access : {Access::Map, Access::Read, Access::Uring, Access::Direct, Access::Stream}) {
    rules.push_back(
        {"Asked" + std::string{access_name(access)}, warm(100 * kMebibyte), access, access, false});
  }
  for (Rule& each : rules)
    std::erase_if(each.name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return rules;
}

class Rules : public testing::TestWithParam<Rule> {};

TEST_P(Rules, ChooseTheAccess) {
  ScanOptions options;
  options.access = GetParam().asked;
  const Plan plan = make_plan(GetParam().facts, kMachine, options);
  EXPECT_EQ(plan.access, GetParam().access) << access_name(plan.access) << ": " << plan.why;
  EXPECT_EQ(plan.probes, GetParam().probes);
  EXPECT_FALSE(plan.why.empty());
  EXPECT_GE(plan.threads, 1U);
  EXPECT_GE(plan.chunk_size, 1U);
}

INSTANTIATE_TEST_SUITE_P(Planner, Rules, testing::ValuesIn(all_rules()),
                         [](const auto& each) { return each.param.name; });

TEST(Planner, MapsAWholeFileAsOneRecord) {
  ScanOptions options;
  options.records = Records::whole();
  FileFacts facts = warm(1);
  facts.is_cached = false;
  EXPECT_EQ(make_plan(facts, kMachine, options).access, Access::Map);
  facts.size = 5000 * kMebibyte;
  EXPECT_EQ(make_plan(facts, kMachine, options).access, Access::Map);
  EXPECT_EQ(make_plan(facts, kMachine, options).threads, 1U);
  facts.file_system = FileSystemKind::Network;
  EXPECT_EQ(make_plan(facts, kMachine, options).access, Access::Read);
}

struct Threads {
  std::uint64_t size;
  unsigned asked;
  std::uint64_t chunk_size;
  unsigned expected;
};

class PlannedThreads : public testing::TestWithParam<Threads> {};

TEST_P(PlannedThreads, FitTheMachineAndTheWork) {
  ScanOptions options;
  options.threads = GetParam().asked;
  options.chunk_size = GetParam().chunk_size;
  EXPECT_EQ(make_plan(warm(GetParam().size), kMachine, options).threads, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Planner, PlannedThreads,
                         testing::Values(Threads{100 * kMebibyte, 0, 0, 8},    // all cores
                                         Threads{2 * kMebibyte - 1, 0, 0, 1},  // too small to share
                                         Threads{2 * kMebibyte, 0, 0, 4},      // no more threads than chunks
                                         Threads{100 * kMebibyte, 3, 0, 3},    // asked for
                                         Threads{100 * kMebibyte, 20, 0, 20},  // more than cores, asked for
                                         Threads{kMebibyte, 4, 100000, 4},     // small, but asked for
                                         Threads{1, 4, 0, 1}, Threads{0, 4, 0, 1}));

TEST(PlannedThreads, OfAStreamAreAllCores) {
  FileFacts pipe{.kind = FileKind::Pipe, .file_system = FileSystemKind::Local, .has_size = false, .size = 0};
  EXPECT_EQ(make_plan(pipe, kMachine, {}).threads, 8U);
}

TEST(PlannedChunk, LiesBetweenOneByteAndTheLongestRecord) {
  ScanOptions options;
  options.chunk_size = 5000;
  EXPECT_EQ(make_plan(warm(kMebibyte), kMachine, options).chunk_size, 5000U);
  options.record_size_max = 100;
  EXPECT_EQ(make_plan(warm(kMebibyte), kMachine, options).chunk_size, 100U);
  options.chunk_size = 0;
  EXPECT_EQ(make_plan(warm(kMebibyte), kMachine, options).chunk_size, 100U);
  options.record_size_max = UINT64_MAX;
  EXPECT_EQ(make_plan(warm(kMebibyte), kMachine, options).chunk_size, 2U << 20) << "mapped in one piece";
  options.access = Access::Read;
  EXPECT_EQ(make_plan(warm(kMebibyte), kMachine, options).chunk_size, 128U << 10);
  EXPECT_EQ(make_plan(warm(64 * kMebibyte), kMachine, options).chunk_size, 512U << 10);
  options.access = Access::Map;
  EXPECT_EQ(make_plan(warm(64 * kMebibyte), kMachine, options).chunk_size, 1U << 20) << "8 for each thread";
  EXPECT_EQ(make_plan(warm(640 * kMebibyte), kMachine, options).chunk_size, 2U << 20);
}

TEST(PlanOfAFile, KnowsItsFacts) {
  const TempFile temp(std::string(10000, 'x'));
  const auto plan = plan_scan(temp.open());
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->access, Access::Read);
  EXPECT_EQ(plan->threads, 1U);
  const TempFile empty("");
  EXPECT_EQ(plan_scan(empty.open())->access, Access::Stream);
  // An empty part of a file must not be read from its beginning.
  ScanOptions options;
  options.range = ByteRange{5000, 5000};
  EXPECT_EQ(plan_scan(temp.open(), options)->access, Access::Read);
  options.range = ByteRange{20000, 30000};
  EXPECT_EQ(plan_scan(temp.open(), options)->access, Access::Read);
}

TEST(AccessNames, AreParsedBack) {
  for (const Access access :
       {Access::Auto, Access::Map, Access::Read, Access::Uring, Access::Direct, Access::Stream}) {
    EXPECT_EQ(parse_access(access_name(access)), access);
  }
  EXPECT_EQ(parse_access("mmap"), std::nullopt);
  EXPECT_EQ(parse_access(""), std::nullopt);
}

}  // namespace
}  // namespace folio::scan
