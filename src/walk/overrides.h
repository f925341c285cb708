// SPDX-License-Identifier: Apache-2.0
// The globs of -g and --iglob: with any that has no "!", files that no glob matches are left out.
#pragma once

#include <span>

#include "folio/walk.h"
#include "walk/rule_list.h"

namespace folio::walk_detail {

class Overrides {
 public:
  [[nodiscard]] static Result<Overrides> compile(std::span<const GlobOption> globs);

  /// The candidate's path is relative to the current directory.
  [[nodiscard]] Verdict decide(const Candidate& candidate) const;
  [[nodiscard]] bool is_empty() const { return rules_.is_empty(); }
  [[nodiscard]] bool needs_path() const { return rules_.needs_path(); }

 private:
  RuleList rules_;
  bool restricts_ = false;
};

}  // namespace folio::walk_detail
