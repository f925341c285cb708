// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/access.h"

#include <array>
#include <functional>
#include <string>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "demo/passes.h"
#include "demo/random_places.h"
#include "folio/mapping.h"
#include "os/aligned_buffer.h"

namespace folio::demo {

namespace {

constexpr double kEvenWithin = 1.05;
constexpr std::uint64_t kOpens = 500;

/// Counts newlines in one way; the answers of both ways are compared.
using Counter = std::function<Result<std::uint64_t>()>;

struct Duel {
  Counter mapping;
  Counter reading;
  bench::Work prepare = {};
};

bench::Contender contender(const Counter& counter, const bench::Work& prepare, std::uint64_t& answer) {
  return {.run = [&counter, &answer]() -> Result<void> {
            answer = FOLIO_TRY(counter());
            return {};
          },
          .prepare = prepare};
}

Result<AccessRow> fight(const Stage& stage, const Duel& duel, AccessRow row) {
  std::uint64_t by_mapping = 0;
  std::uint64_t by_reading = 0;
  const std::array contenders{contender(duel.mapping, duel.prepare, by_mapping),
                              contender(duel.reading, duel.prepare, by_reading)};
  const auto measured = FOLIO_TRY(bench::measure_in_turns(contenders, stage.rounds()));
  if (by_mapping != by_reading) {
    return fail(Errc::BadData, stage.file.path(),
                "the mapping and read() gave different bytes; please report this");
  }
  row.mapping = measured[0];
  row.reading = measured[1];
  return row;
}

class Comparison {
 public:
  Comparison(const Stage& stage, os::AlignedBuffer buffer) : stage_(stage), buffer_(std::move(buffer)) {}

  Result<AccessRow> first_pass() {
    const Duel duel{.mapping = [this] { return map_all(whole()); },
                    .reading = [this] { return read_all(whole()); }};
    return fight(stage_, duel, {.situation = Situation::FirstPass, .bytes = whole().size()});
  }

  Result<AccessRow> second_pass() {
    const Mapping mapping = FOLIO_TRY(Mapping::map(stage_.file));
    static_cast<void>(FOLIO_TRY(count_in_memory(mapping.bytes(), stage_.stop)));
    const Duel duel{.mapping = [&] { return count_in_memory(mapping.bytes(), stage_.stop); },
                    .reading = [this] { return read_all(whole()); }};
    return fight(stage_, duel, {.situation = Situation::SecondPass, .bytes = whole().size()});
  }

  Result<AccessRow> cold() {
    bench::Coldness worst{.cached = 0.0};
    const ByteRange part = stage_.cold_part();
    const Duel duel{.mapping = [&] { return map_all(part); },
                    .reading = [&] { return read_all(part); },
                    .prepare = [&]() -> Result<void> {
                      const bench::Coldness now = FOLIO_TRY(bench::make_cold(stage_.file, part));
                      if (worst.cached && (!now.cached || *now.cached >= *worst.cached)) worst = now;
                      return {};
                    }};
    AccessRow row = FOLIO_TRY(fight(stage_, duel, {.situation = Situation::Cold, .bytes = part.size()}));
    row.coldness = worst;
    return row;
  }

  Result<AccessRow> small_file(Situation situation, std::uint64_t size) {
    const auto path = stage_.folder / "small.log";
    const ByteRange range{0, size};
    {
      const File file = FOLIO_TRY(File::open(path, {.mode = OpenMode::CreateEmpty}));
      const MutableByteView content = buffer_.bytes().first(size);
      const std::size_t got = FOLIO_TRY(stage_.file.read_at(0, content));
      FOLIO_TRY(file.write_at(0, content.first(got)));
    }
    const auto many =
        [&](const std::function<Result<std::uint64_t>(const File&)>& look) -> Result<std::uint64_t> {
      std::uint64_t count = 0;
      for (std::uint64_t i = 0; i < kOpens; ++i) {
        const File file = FOLIO_TRY(File::open(path));
        count += FOLIO_TRY(look(file));
      }
      return count;
    };
    const Duel duel{
        .mapping =
            [&] {
              return many([&](const File& file) { return count_by_mapping(file, range, stage_.stop); });
            },
        .reading =
            [&] {
              return many([&](const File& file) {
                return count_by_reading(file, range, buffer_.bytes(), stage_.stop);
              });
            }};
    return fight(stage_, duel, {.situation = situation, .bytes = size * kOpens, .touches = kOpens});
  }

  Result<AccessRow> random_new() {
    const RandomPlaces places(stage_.file.size());
    const Duel duel{.mapping = [&]() -> Result<std::uint64_t> {
                      const Mapping mapping = FOLIO_TRY(Mapping::map(stage_.file));
                      return places.count_in_memory(mapping.bytes());
                    },
                    .reading = [&] { return places.count_by_reading(stage_.file, buffer_.bytes()); }};
    return fight(stage_, duel, random_row(Situation::RandomNew, places));
  }

  Result<AccessRow> random_again() {
    const RandomPlaces places(stage_.file.size());
    const Mapping mapping = FOLIO_TRY(Mapping::map(stage_.file));
    static_cast<void>(FOLIO_TRY(places.count_in_memory(mapping.bytes())));
    const Duel duel{.mapping = [&] { return places.count_in_memory(mapping.bytes()); },
                    .reading = [&] { return places.count_by_reading(stage_.file, buffer_.bytes()); }};
    return fight(stage_, duel, random_row(Situation::RandomAgain, places));
  }

 private:
  [[nodiscard]] ByteRange whole() const { return {0, stage_.file.size()}; }
  [[nodiscard]] Result<std::uint64_t> map_all(ByteRange range) const {
    return count_by_mapping(stage_.file, range, stage_.stop);
  }
  [[nodiscard]] Result<std::uint64_t> read_all(ByteRange range) {
    return count_by_reading(stage_.file, range, buffer_.bytes(), stage_.stop);
  }
  [[nodiscard]] static AccessRow random_row(Situation situation, const RandomPlaces& places) {
    return {.situation = situation, .bytes = places.bytes(), .touches = places.count()};
  }

  const Stage& stage_;
  os::AlignedBuffer buffer_;
};

}  // namespace

Winner winner_of(const bench::Measured& mapping, const bench::Measured& reading) {
  if (mapping.seconds * kEvenWithin < reading.seconds) return Winner::Mapping;
  if (reading.seconds * kEvenWithin < mapping.seconds) return Winner::Reading;
  return Winner::Even;
}

std::string_view situation_name(Situation situation) {
  switch (situation) {
    case Situation::FirstPass:
      return "first-pass";
    case Situation::SecondPass:
      return "second-pass";
    case Situation::Cold:
      return "cold";
    case Situation::SmallFile:
      return "file-4k";
    case Situation::MediumFile:
      return "file-64k";
    case Situation::RandomNew:
      return "random-new";
    case Situation::RandomAgain:
      return "random-again";
  }
  return "unknown";
}

std::string_view winner_name(Winner winner) {
  switch (winner) {
    case Winner::Mapping:
      return "mmap";
    case Winner::Reading:
      return "read";
    case Winner::Even:
      return "even";
  }
  return "unknown";
}

Result<std::vector<AccessRow>> compare_access(const Stage& stage) {
  Comparison comparison(stage, FOLIO_TRY(os::AlignedBuffer::allocate(kReadBufferSize)));
  std::vector<AccessRow> rows;
  rows.push_back(FOLIO_TRY(comparison.first_pass()));
  rows.push_back(FOLIO_TRY(comparison.second_pass()));
  rows.push_back(FOLIO_TRY(comparison.small_file(Situation::SmallFile, 4ULL << 10)));
  rows.push_back(FOLIO_TRY(comparison.small_file(Situation::MediumFile, 64ULL << 10)));
  rows.push_back(FOLIO_TRY(comparison.random_new()));
  rows.push_back(FOLIO_TRY(comparison.random_again()));
  // The last one: a part that was read anew may lie in larger pieces, which would change the rows above.
  rows.push_back(FOLIO_TRY(comparison.cold()));
  return rows;
}

}  // namespace folio::demo
