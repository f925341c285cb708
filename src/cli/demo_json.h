// SPDX-License-Identifier: Apache-2.0
// The tour as JSON, an object a line for each step. docs/schema/demo.md describes it.
#pragma once

#include <string>

#include "cli/output.h"
#include "demo/tour.h"

namespace folio::cli {

class DemoJson : public demo::Listener {
 public:
  explicit DemoJson(Output& output) : output_(output) {}

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
  /// One line: the schema, the type, and the members given.
  void say(std::string_view type, const std::string& members);

  Output& output_;
  std::uint64_t size_ = 0;
  Flow flow_ = Flow::Continue;
};

}  // namespace folio::cli
