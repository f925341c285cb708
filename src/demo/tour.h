// SPDX-License-Identifier: Apache-2.0
// The tour: all steps in order, told to somebody who shows them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "demo/steps/access.h"
#include "demo/steps/cache.h"
#include "demo/steps/cores.h"
#include "demo/steps/create.h"
#include "demo/steps/matching.h"
#include "demo/steps/memory.h"
#include "demo/steps/proof.h"
#include "demo/steps/search.h"

namespace folio::demo {

enum class Keep : std::uint8_t { No, Yes };

struct TourOptions {
  std::uint64_t size = 1ULL << 30;
  std::filesystem::path folder;
  Keep keep = Keep::No;
  std::stop_token stop;
};

/// Below this most times are too short to mean anything.
inline constexpr std::uint64_t kTourSizeMin = 1ULL << 20;

/// Bytes that must be free: the file, 10 %, and what the small files of the steps need.
[[nodiscard]] std::uint64_t space_needed(std::uint64_t size);

struct Setting {
  std::uint64_t size = 0;
  std::filesystem::path folder;
  unsigned cores = 1;
  std::uint64_t memory_available = 0;
};

enum class Step : std::uint8_t { Create, OneCore, AllCores, Access, Memory, Matching, Cores, Cache, Proof };

/// begin() comes before a step is measured, show() when it is done. A listener that nobody listens to any
/// more asks for the end of the tour by Flow::Stop.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void welcome(const Setting& setting) = 0;
  virtual Flow begin(Step step) = 0;
  virtual void show(const Creation& creation) = 0;
  virtual void show_one_core(const SearchCost& search) = 0;
  virtual void show_all_cores(const std::vector<SearchCost>& searches) = 0;
  virtual void show(const std::vector<AccessRow>& rows) = 0;
  virtual void show(const MemoryTour& memory) = 0;
  virtual void show(const Matching& matching) = 0;
  virtual void show(const std::vector<CoresRow>& rows) = 0;
  virtual void show(const CacheEffect& effect) = 0;
  virtual void show(const Proof& proof) = 0;
};

struct TourEnd {
  bool counts_agree = false;
  bool proof_holds = false;
  std::optional<std::filesystem::path> kept;
};

/// Whatever happens, nothing is left of what it created, but for the file of a finished tour where it is to
/// be kept.
[[nodiscard]] Result<TourEnd> run_tour(const TourOptions& options, Listener& listener);

}  // namespace folio::demo
