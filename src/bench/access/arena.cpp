// SPDX-License-Identifier: Apache-2.0
#include "bench/access/arena.h"
#include "core/fail.h"

#include <algorithm>
#include <utility>

#include "bench/access/places.h"
#include "bench/page_cache.h"
#include "core/try.h"
#include "folio/limits.h"
#include "os/aligned_buffer.h"

namespace folio::bench {

namespace {

// A round of something fast is repeated until it has looked at so much, lest the clock be measured.
constexpr std::uint64_t kRoundBytes = 4 << 20;
constexpr unsigned kRepeatsMax = 1000;
constexpr std::uint64_t kPlacesWarm = 20'000;
// Each one is a read of the disk.
constexpr std::uint64_t kPlacesCold = 2'000;
constexpr double kWarmShare = 0.999;
constexpr double kColdShare = 0.05;
constexpr double kLargeFolioFaults = 2;  // a MiB

std::unexpected<Error> wrong_answer(const std::string& path, const MethodSpec& method) {
  return fail(Errc::BadData, path,
              label(method).append(" found other bytes than read(): was the file changed meanwhile?"));
}

bool is_warm(CacheState state) {
  return state == CacheState::WarmSmall || state == CacheState::WarmLarge;
}

bool is_random(Shape shape) {
  return !is_sequential(shape);
}

std::uint64_t block_of(Shape shape) {
  return shape == Shape::Touch64 ? kTouchBlock : kRandomBlock;
}

}  // namespace

Result<Arena> Arena::open(const TestFiles& files, const Situation& situation, const std::string& bystander,
                          std::stop_token stop) {
  Arena arena;
  arena.situation_ = situation;
  arena.paths_ = files.paths;
  arena.cores_ = machine_limits().cores;
  arena.stop_ = std::move(stop);
  for (const std::string& path : files.paths) arena.files_.push_back(FOLIO_TRY(File::open(path)));
  if (!bystander.empty()) arena.bystander_ = FOLIO_TRY(File::open(bystander));
  if (is_random(situation.shape)) {
    arena.places_ = random_places(situation.shape, situation.size, block_of(situation.shape),
                                  is_warm(situation.state) ? kPlacesWarm : kPlacesCold);
  }
  if (is_warm(situation.state)) {
    const std::uint64_t repeats = kRoundBytes / std::max<std::uint64_t>(arena.bytes(), 1);
    arena.repeats_ = static_cast<unsigned>(std::clamp<std::uint64_t>(repeats, 1, kRepeatsMax));
  }
  FOLIO_TRY(arena.bring_all());
  Access used = Access::Read;
  const std::uint64_t block = is_random(situation.shape) ? block_of(situation.shape) : 1 << 20;
  arena.answer_ = FOLIO_TRY(arena.answer_of({Method::Read, block, 0}, used));
  arena.judge_folios();
  return arena;
}

std::uint64_t Arena::bytes() const {
  if (is_random(situation_.shape)) return places_.size() * block_of(situation_.shape);
  const std::uint64_t all = situation_.size * paths_.size();
  return situation_.shape == Shape::Passes ? all * kPasses : all;
}

std::optional<std::uint64_t> Arena::operations() const {
  if (is_random(situation_.shape)) return places_.size();
  if (situation_.shape == Shape::SmallFiles) return paths_.size();
  return std::nullopt;
}

Result<void> Arena::bring(const File& file) const {
  switch (situation_.state) {
    case CacheState::WarmSmall:
      return make_warm_small(file);
    case CacheState::WarmLarge:
      return make_warm_large(file);
    case CacheState::Cold:
    case CacheState::Limited:
      break;
  }
  static_cast<void>(FOLIO_TRY(make_cold(file, {0, file.size()})));
  return {};
}

Result<void> Arena::bring_all() {
  for (const File& file : files_) {
    FOLIO_TRY(check_stop(stop_));
    FOLIO_TRY(bring(file));
  }
  return {};
}

// Of several files the one that is farthest from what the state wants.
double Arena::worst_cached() const {
  std::optional<double> worst;
  for (const File& file : files_) {
    if (file.size() != 0) worst = worse(worst, cached_share(file, {0, file.size()}).value_or(0));
  }
  return worst.value_or(1);
}

Result<void> Arena::prepare() {
  if (!is_warm(situation_.state) || worst_cached() < kWarmShare) FOLIO_TRY(bring_all());
  cached_ = worst_cached();
  return warm_bystander();
}

Result<void> Arena::warm_bystander() {
  if (!bystander_) return {};
  auto buffer = FOLIO_TRY(os::AlignedBuffer::allocate(1 << 20));
  for (std::uint64_t offset = 0; offset < bystander_->size(); offset += buffer.size()) {
    static_cast<void>(FOLIO_TRY(bystander_->read_at(offset, buffer.bytes())));
  }
  bystander_cached_ = FOLIO_TRY(residency(*bystander_)).resident;
  return {};
}

std::optional<std::uint64_t> Arena::evicted() const {
  if (!bystander_) return std::nullopt;
  const auto now = residency(*bystander_);
  if (!now) return std::nullopt;
  return bystander_cached_ - std::min(now->resident, bystander_cached_);
}

void Arena::judge_folios() {
  if (!is_warm(situation_.state) || situation_.shape == Shape::SmallFiles) return;
  faults_per_mib_ = mapped_faults_per_mib(files_.front()).value_or(std::nullopt);
  if (situation_.state == CacheState::WarmLarge && faults_per_mib_.value_or(0) > kLargeFolioFaults) {
    notes_.emplace_back("folios are not of 2 MiB");
  }
}

std::optional<double> Arena::worse(std::optional<double> one, std::optional<double> other) const {
  if (!one || !other) return one ? one : other;
  return is_warm(situation_.state) ? std::min(*one, *other) : std::max(*one, *other);
}

std::vector<std::string> Arena::notes_for(std::optional<double> cached) const {
  std::vector<std::string> notes = notes_;
  if (situation_.state == CacheState::Cold && cached.value_or(1) > kColdShare) notes.emplace_back("not cold");
  if (is_warm(situation_.state) && cached.value_or(0) < kWarmShare) {
    notes.emplace_back("not all of it in the page cache");
  }
  return notes;
}

Result<std::uint64_t> Arena::answer_of(const MethodSpec& method, Access& used) const {
  const Answer answer = FOLIO_TRY(run_method({.paths = paths_,
                                              .situation = situation_,
                                              .method = method,
                                              .places = places_,
                                              .cores = cores_,
                                              .stop = stop_}));
  used = answer.used;
  return answer.value;
}

Result<Access> Arena::run(const MethodSpec& method) const {
  Access used = Access::Read;
  for (unsigned i = 0; i < repeats_; ++i) {
    const std::uint64_t answer = FOLIO_TRY(answer_of(method, used));
    if (answer != answer_) return wrong_answer(paths_.front(), method);
  }
  return used;
}

}  // namespace folio::bench
