// SPDX-License-Identifier: Apache-2.0
// The tour in plain words and tables of at most 100 columns.
#pragma once

#include <string_view>

#include "cli/output.h"
#include "demo/tour.h"

namespace folio::cli {

class DemoText : public demo::Listener {
 public:
  DemoText(Output& output, demo::Keep keep) : output_(output), keep_(keep) {}

  void welcome(const demo::Setting& setting) override;
  Flow begin(demo::Step step) override;
  void show(const demo::Creation& creation) override;
  void show_one_core(const demo::SearchCost& search) override;
  void show_all_cores(const std::vector<demo::SearchCost>& searches) override;
  void show(const std::vector<demo::AccessRow>& rows) override;
  void show(const demo::MemoryTour& memory) override;
  void show(const demo::Matching& matching) override;
  void show(const std::vector<demo::CoresRow>& rows) override;
  void show(const demo::CacheEffect& effect) override;
  void show(const demo::Proof& proof) override;
  void finish(const demo::TourEnd& end);

 private:
  void say(std::string_view text);

  Output& output_;
  demo::Keep keep_;
  std::uint64_t size_ = 0;
  Flow flow_ = Flow::Continue;
};

}  // namespace folio::cli
