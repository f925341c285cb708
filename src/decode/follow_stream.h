// SPDX-License-Identifier: Apache-2.0
// The stream behind follow().
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "decode/name_follower.h"
#include "folio/follow.h"

namespace folio::decode {

class FollowStream final : public ByteStream {
 public:
  FollowStream(std::filesystem::path path, FollowOptions options);
  /// Begins with the file that has the name now, if there is one.
  [[nodiscard]] Result<void> begin();

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override;
  [[nodiscard]] bool has_more_within(int timeout_ms) override;
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Followed {
    File file;
    Clock::time_point changed;  // when it was last seen to grow, or found to have a successor
    std::uint64_t size = 0;     // when it was last looked at
  };
  [[nodiscard]] bool look();
  [[nodiscard]] bool front_has_more();
  void take_successors();
  void look_at_name();
  void add(File file);
  [[nodiscard]] bool may_switch() const;
  [[nodiscard]] bool has_full_successor() const;
  void switch_to_next();
  void end_line();
  [[nodiscard]] std::chrono::milliseconds time_to_wait(Clock::time_point until) const;
  void tell(std::string_view what) const;

  std::string name_;
  FollowOptions options_;
  NameFollower names_;
  std::deque<Followed> files_;  // the first is read; each has taken the name from the one before
  std::uint64_t position_ = 0;  // in the first
  bool ends_with_line_ = true;  // what was delivered
  bool line_end_is_due_ = false;
  bool is_missing_ = false;
};

}  // namespace folio::decode
