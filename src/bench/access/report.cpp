// SPDX-License-Identifier: Apache-2.0
#include "bench/access/report.h"

namespace folio::bench {

std::string_view limit_name(LimitKind kind) {
  switch (kind) {
    case LimitKind::Memory:
      return "memory";
    case LimitKind::DiskSequential:
      return "disk-sequential";
    case LimitKind::DiskRandom:
      return "disk-random";
  }
  return "unknown";
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::MapWins:
      return "mmap-wins";
    case Verdict::MapLoses:
      return "mmap-loses";
    case Verdict::Even:
      return "even";
  }
  return "unknown";
}

}  // namespace folio::bench
