// SPDX-License-Identifier: Apache-2.0
// The process-wide SIGBUS handler.
#include "os/fault_guard.h"

#include "folio/fault_guard.h"

namespace folio {

void set_fault_guard_mode(FaultGuardMode) {}
FaultGuardMode fault_guard_mode() {
  return FaultGuardMode::Disabled;
}
bool fault_guard_is_installed() {
  return false;
}
Result<void> install_fault_guard() {
  return {};
}
std::uint64_t fault_guard_fault_count() {
  return 0;
}

namespace os {
Result<FaultSlot*> guard_range(const GuardedRange&) {
  return nullptr;
}
void unguard_range(FaultSlot*) noexcept {}
FaultRecord fault_record(const FaultSlot*) noexcept {
  return {};
}
}  // namespace os

}  // namespace folio
