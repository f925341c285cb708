// SPDX-License-Identifier: Apache-2.0
// Which files have had a name, and under which name each is to be found now, by the events of their folder.
//
// Threads: one call at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "os/watch.h"

namespace folio::decode {

class NameHistory {
 public:
  explicit NameHistory(std::string name) : name_(std::move(name)) {}

  void apply(const std::vector<os::NameEvent>& events);

  /// A file that got the name.
  struct Holder {
    std::string place;         ///< Its name now; empty while it is on its way to another.
    std::uint32_t move = 0;    ///< The move that it is in, where it has no place.
    std::optional<File> file;  ///< What was found at its place, if no event has come for it since.
    bool was_sought = false;   ///< Since the last event for it.
  };
  /// The files that got the name, in that order, but for those that were taken out.
  std::deque<Holder> holders;

 private:
  void apply_one(const os::NameEvent& event);
  void move_in(const os::NameEvent& event);

  std::string name_;
};

}  // namespace folio::decode
