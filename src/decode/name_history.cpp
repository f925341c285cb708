// SPDX-License-Identifier: Apache-2.0
#include "decode/name_history.h"

#include <algorithm>

namespace folio::decode {

namespace {

NameHistory::Holder holder_at(std::string place) {
  NameHistory::Holder holder;
  holder.place = std::move(place);
  return holder;
}

}  // namespace

void NameHistory::apply(const std::vector<os::NameEvent>& events) {
  for (const os::NameEvent& event : events) apply_one(event);
}

void NameHistory::apply_one(const os::NameEvent& event) {
  switch (event.kind) {
    case os::NameEvent::Kind::Created:
      if (event.name == name_) holders.push_back(holder_at(name_));
      return;
    case os::NameEvent::Kind::MovedFrom:
      for (Holder& holder : holders) {
        if (holder.place != event.name) continue;
        holder = holder_at({});
        holder.move = event.move;
      }
      return;
    case os::NameEvent::Kind::MovedTo:
      return move_in(event);
    case os::NameEvent::Kind::Deleted:
      std::erase_if(holders, [&](const Holder& holder) { return holder.place == event.name; });
      return;
  }
}

void NameHistory::move_in(const os::NameEvent& event) {
  // What had the name before is no more.
  std::erase_if(holders, [&](const Holder& holder) { return holder.place == event.name; });
  bool is_known = false;
  for (Holder& holder : holders) {
    if (!holder.place.empty() || holder.move != event.move) continue;
    holder = holder_at(event.name);
    is_known = true;
  }
  if (!is_known && event.name == name_) holders.push_back(holder_at(name_));
}

}  // namespace folio::decode
