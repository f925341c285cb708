// SPDX-License-Identifier: Apache-2.0
#include "logs/time/clf_time.h"

namespace folio::logs {

bool ClfTime::learn(const char* text) {
  TextReader date{{text, kClock}};
  CivilTime time;
  if (!date.digits(2, time.day) || !date.literal('/') || !read_month_name(date, time.month) ||
      !date.literal('/') || !date.digits(4, time.year) || !date.literal(':')) {
    return false;
  }
  TextReader zone{{text + kZone, kSize - kZone}};
  if (!zone.literal(' ') || !read_zone_offset(zone, time.zone_seconds) || !zone.at_end()) return false;
  const auto midnight = to_nanoseconds(time);
  if (!midnight) return false;
  midnight_ = *midnight;
  date_ = load_u64(text);
  year_ = load_u32(text + 8);
  zone_ = load_u64(text + kSize - 8) >> 16;
  return true;
}

}  // namespace folio::logs
