// SPDX-License-Identifier: Apache-2.0
// The choice of file types, as rules on file names.
#pragma once

#include <span>

#include "folio/walk.h"
#include "walk/rule_list.h"

namespace folio::walk_detail {

class TypeFilter {
 public:
  [[nodiscard]] static Result<TypeFilter> compile(std::span<const TypeChange> changes,
                                                  std::span<const TypeChoice> choices);

  [[nodiscard]] Verdict decide(const Candidate& candidate) const;
  [[nodiscard]] bool is_empty() const { return !restricts_ && rules_.is_empty(); }

 private:
  RuleList rules_;
  bool restricts_ = false;
};

}  // namespace folio::walk_detail
