// SPDX-License-Identifier: Apache-2.0
// Looking, loading, dropping and pinning on real files; what cachestat says is compared with mincore.
#include "folio/cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <numeric>

#include "os/process_stats.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::ScratchFolder;

constexpr std::uint64_t kSize = (12 << 20) + 100;

/// A file on a disk, so that its pages can be dropped.
File synced_file(const ScratchFolder& folder, std::uint64_t size = kSize) {
  auto file = File::open(folder.file("f", size), {.mode = OpenMode::ReadWrite});
  if (!file || !file->sync()) throw std::runtime_error("no file");
  return std::move(*file);
}

std::uint64_t pages_in(std::uint64_t bytes) {
  return (bytes + os::page_size() - 1) / os::page_size();
}

bool keeps_pages(const File& file) {
  return evict_from_cache(file)->after.total.resident > 0;
}

TEST(CacheState, SizesAroundAPage) {
  const std::uint64_t page = os::page_size();
  const ScratchFolder folder;
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{1}, page - 1, page, page + 1, 7 * page + 5}) {
    const File file = synced_file(folder, size);
    const auto state = cache_state(file, {.regions = 5});
    ASSERT_TRUE(state);
    EXPECT_EQ(state->range, (ByteRange{0, size}));
    EXPECT_EQ(state->total.pages, pages_in(size));
    EXPECT_LE(state->regions.size(), std::min<std::uint64_t>(5, pages_in(size)));
    if (state->is_exact()) {
      EXPECT_EQ(state->total.resident, pages_in(size)) << size;
      EXPECT_EQ(state->regions.size(), std::min<std::uint64_t>(5, pages_in(size)));
    }
  }
}

TEST(CacheState, RegionsAreNeighboursAndTheirSumIsTheWhole) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  ASSERT_TRUE(file.evict({4 << 20, 8 << 20}));
  const auto whole = cache_state(file);
  ASSERT_TRUE(whole);
  if (!whole->is_exact()) GTEST_SKIP() << "no cachestat here";
  const auto by_mincore = residency_by(file, {0, kSize}, ResidencyMethod::Mincore);
  ASSERT_TRUE(by_mincore);
  if (by_mincore->method == ResidencyMethod::Mincore) {
    EXPECT_EQ(std::min(whole->total.resident * os::page_size(), kSize), by_mincore->resident);
  }
  for (const unsigned regions : {1U, 2U, 7U, 40U, 1000U, 100000U}) {
    const auto parts = cache_state(file, {.regions = regions});
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->regions.size(), std::min<std::uint64_t>(regions, pages_in(kSize)));
    EXPECT_EQ(parts->total, whole->total) << regions;
    const CachePages sum = std::accumulate(parts->regions.begin(), parts->regions.end(), CachePages{},
                                           [](CachePages a, const CachePages& b) { return a += b; });
    EXPECT_EQ(sum, whole->total) << regions;
  }
}

TEST(CacheState, ARangeIsCutToTheFileAndWidenedToPages) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  const std::uint64_t page = os::page_size();
  EXPECT_EQ(cache_state(file, {.range = {page - 1, page + 1}})->total.pages, 2U);
  EXPECT_EQ(cache_state(file, {.range = {kSize - 1, UINT64_MAX}})->total.pages, 1U);
  EXPECT_EQ(cache_state(file, {.range = {kSize + 1, UINT64_MAX}})->total.pages, 0U);
  EXPECT_EQ(cache_state(file, {.range = {5, 5}})->total.pages, 0U);
  EXPECT_EQ(cache_state(file, {.range = {6, 5}}).error().code, Errc::InvalidArgument);
}

TEST(CacheState, APipeHasNone) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto pipe = File::adopt(ends[0], "pipe");
  ASSERT_TRUE(pipe);
  EXPECT_EQ(cache_state(*pipe).error().code, Errc::Unsupported);
  EXPECT_EQ(load_into_cache(*pipe).error().code, Errc::Unsupported);
  EXPECT_EQ(evict_from_cache(*pipe).error().code, Errc::Unsupported);
  EXPECT_EQ(CacheLock::lock(*pipe).error().code, Errc::Unsupported);
  ::close(ends[1]);
}

TEST(CacheState, DirtyPagesAreCountedUntilTheyAreWritten) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  ASSERT_TRUE(file.write_at(0, to_bytes(std::string(3 * os::page_size(), 'x'))));
  const auto state = cache_state(file);
  ASSERT_TRUE(state);
  if (!state->is_exact()) GTEST_SKIP() << "no cachestat here";
  EXPECT_GE(state->total.dirty + state->total.writeback, 3U);
  ASSERT_TRUE(file.sync());
  EXPECT_EQ(cache_state(file)->total.dirty, 0U);
}

TEST(CacheEvict, DropsAllOfAFileEvenWhatWasJustWritten) {
  const ScratchFolder folder;
  const auto file = File::open(folder.file("f", kSize));
  const auto evicted = evict_from_cache(*file, {.regions = 3});
  ASSERT_TRUE(evicted);
  if (!evicted->before.is_exact() || evicted->hold == CacheHold::FileSystem)
    GTEST_SKIP() << "no cache to drop";
  EXPECT_EQ(evicted->before.total.resident, pages_in(kSize));
  EXPECT_EQ(evicted->after.total.resident, 0U);
  EXPECT_EQ(evicted->after.regions.size(), 3U);
  EXPECT_EQ(evicted->hold, CacheHold::None);
}

TEST(CacheEvict, SaysThatMappedPagesStay) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  if (keeps_pages(file)) GTEST_SKIP() << "this file system keeps its pages";
  ASSERT_TRUE(load_into_cache(file));
  auto mapping = Mapping::map(file);
  ASSERT_TRUE(mapping);
  ASSERT_TRUE(mapping->populate(Touch::Read));
  const auto evicted = evict_from_cache(file);
  ASSERT_TRUE(evicted);
  if (!evicted->after.is_exact()) GTEST_SKIP() << "no cachestat here";
  EXPECT_EQ(evicted->after.total.resident, pages_in(kSize));
  EXPECT_EQ(evicted->hold, CacheHold::InUse);
}

TEST(CacheLoad, BringsInAllOrARangeInEitherWay) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  if (keeps_pages(file) || !cache_state(file)->is_exact()) GTEST_SKIP() << "no cache to fill";
  for (const auto way : {CacheLoadWay::Read, CacheLoadWay::Map}) {
    for (const ByteRange range : {kWholeFile, ByteRange{1 << 20, (1 << 20) + 1}, ByteRange{100, 9 << 20}}) {
      ASSERT_FALSE(keeps_pages(file));
      ScanProgress progress;
      const auto loaded =
          load_into_cache(file, {.range = range, .way = way, .threads = 2, .progress = &progress});
      ASSERT_TRUE(loaded);
      EXPECT_FALSE(loaded->problem);
      const ByteRange inside = intersect(range, {0, kSize});
      EXPECT_EQ(loaded->bytes, inside.size());
      EXPECT_GE(progress.done, inside.size());
      const auto state = cache_state(file, {.range = range});
      EXPECT_EQ(state->total.resident, state->total.pages) << inside.begin << " " << inside.end;
    }
  }
}

TEST(CacheLoad, StopsWhenAskedTo) {
  const ScratchFolder folder;
  std::stop_source stop;
  stop.request_stop();
  for (const std::uint64_t size : {std::uint64_t{100000}, kSize}) {
    const File file = synced_file(folder, size);
    const auto loaded = load_into_cache(file, {.stop = stop.get_token()});
    ASSERT_TRUE(loaded);
    ASSERT_TRUE(loaded->problem);
    EXPECT_EQ(loaded->problem->code, Errc::Cancelled);
    EXPECT_EQ(loaded->bytes, 0U);
  }
}

TEST(CacheLock, PinsWholePagesUntilItIsGone) {
  const ScratchFolder folder;
  const File file = synced_file(folder, 50000);
  {
    const auto lock = CacheLock::lock(file, {5000, 20000});
    ASSERT_TRUE(lock) << lock.error().message();
    EXPECT_EQ(lock->size(), (pages_in(20000) - 5000 / os::page_size()) * os::page_size());
    const auto evicted = evict_from_cache(file);
    if (!os::kSanitized && evicted->after.is_exact()) {
      EXPECT_GE(evicted->after.total.resident, lock->size() / os::page_size());
    }
    EXPECT_EQ(*lock->revalidate(), FileChange::None);
    ASSERT_EQ(::truncate(file.path().c_str(), 100), 0);
    EXPECT_EQ(*lock->revalidate(), FileChange::Shrunk);
  }
  const auto nothing = CacheLock::lock(synced_file(folder, 0));
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->size(), 0U);
}

TEST(CacheFolios, CountsWhatIsInTheCacheAndLoadsNothing) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  if (keeps_pages(file) || !cache_state(file)->is_exact()) GTEST_SKIP() << "no cache to look at";
  file.advise(AccessHint::Random, kWholeFile);
  ASSERT_TRUE(load_into_cache(file, {.range = {0, 4 << 20}}));
  const auto before = cache_state(file);
  const auto folios = cache_folios(file);
  ASSERT_TRUE(folios);
  if (!*folios) GTEST_SKIP() << "this kernel does not tell";
  EXPECT_EQ((*folios)->resident, before->total.resident * before->page_size);
  EXPECT_LE((*folios)->huge, kSize);
  EXPECT_GE((*folios)->faults, 1U);
  EXPECT_EQ(cache_state(file)->total.resident, before->total.resident);
}

}  // namespace
}  // namespace folio
