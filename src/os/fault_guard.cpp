// SPDX-License-Identifier: Apache-2.0
// The process-wide SIGBUS handler, and its installation.
#include "os/fault_guard.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <optional>

#include "core/checked.h"
#include "core/try.h"
#include "folio/fault_guard.h"
#include "os/fault_decision.h"
#include "os/fault_registry.h"
#include "os/signal_chain.h"

namespace folio {

namespace {

using os::FaultSlot;

static_assert(sizeof(void*) == 8 && sizeof(long) == 8,
              "the raw system calls below pass 64-bit offsets whole");

// Every replaced page may cost the kernel a map entry of its own, and a process has 65530 of them by default.
constexpr std::uint32_t kPagesReplacedMax = 1024;

constinit std::atomic<FaultGuardMode> mode{FaultGuardMode::Enabled};
constinit std::atomic<std::uint64_t> fault_count{0};

// Guards installation and the registry. The handler never takes it.
constinit std::mutex guard_mutex;

// ---- In the handler: only atomics and raw system calls (sanitizers intercept the C library's). ----

std::optional<std::uint64_t> size_of_file(const FaultSlot& slot) {
  if (slot.file_kind.load(std::memory_order_relaxed) != FileKind::Regular) return std::nullopt;
  const int descriptor = slot.descriptor.load(std::memory_order_relaxed);
  struct statx facts{};
  if (::syscall(SYS_statx, descriptor, "", AT_EMPTY_PATH, STATX_SIZE, &facts) == 0) return facts.stx_size;
  // Old sandboxes forbid statx.
  struct stat old_facts{};
  if (::fstat(descriptor, &old_facts) == 0) return static_cast<std::uint64_t>(old_facts.st_size);
  return std::nullopt;
}

os::Probe probe(const FaultSlot& slot, std::uint64_t offset) {
  char byte = 0;
  const long got =
      ::syscall(SYS_pread64, slot.descriptor.load(std::memory_order_relaxed), &byte, 1UL, offset);
  if (got > 0) return os::Probe::GotByte;
  return got == 0 ? os::Probe::EndOfFile : os::Probe::Failed;
}

/// Puts zero pages over [from, to) of the slot's range, in one call.
bool replace(const FaultSlot& slot, std::uint64_t from, std::uint64_t to) {
  const int protection =
      slot.kind.load(std::memory_order_relaxed) == MapKind::ReadOnly ? PROT_READ : PROT_READ | PROT_WRITE;
  const std::uintptr_t address = slot.begin.load(std::memory_order_relaxed) + from;
  const long mapped = ::syscall(SYS_mmap, address, to - from, protection,
                                MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
  return mapped != -1;
}

/// Makes the range readable at `address` again; false if it can't be done.
bool repair(FaultSlot& slot, std::uintptr_t address) {
  const std::uintptr_t begin = slot.begin.load(std::memory_order_relaxed);
  const std::uint64_t range_size = slot.end.load(std::memory_order_relaxed) - begin;
  const std::uint64_t range_offset = slot.file_offset.load(std::memory_order_relaxed);
  const std::uint64_t page_size = slot.page_size.load(std::memory_order_relaxed);
  const std::uint64_t page = round_down(address - begin, page_size);

  os::FaultFacts facts{.page_offset = range_offset + page,
                       .page_size = page_size,
                       .file_size = size_of_file(slot),
                       .kind = slot.kind.load(std::memory_order_relaxed)};
  if (!os::is_past_end(facts)) facts.probe = probe(slot, facts.page_offset);
  const os::FaultVerdict verdict = os::classify_fault(facts);

  // Recorded before the zeros can be seen: whoever reads them and then asks for the status must get the
  // truth.
  auto& first_bad = verdict.fault == MappingFault::Truncated ? slot.truncated_at : slot.io_error_at;
  os::lower(first_bad, verdict.valid_end - std::min(verdict.valid_end, range_offset));
  slot.faulted.store(true, std::memory_order_release);

  const bool has_budget = slot.replaced_pages.fetch_add(1, std::memory_order_relaxed) < kPagesReplacedMax;
  if (verdict.extent == os::Extent::Page && has_budget) return replace(slot, page, page + page_size);
  const std::uint64_t from = verdict.replace_from - std::min(verdict.replace_from, range_offset);
  return replace(slot, std::min(from, page), range_size);
}

bool survive(const siginfo_t& info) {
  if (info.si_code != BUS_ADRERR) return false;
  // SAFETY: only compared with the bounds of guarded ranges.
  const auto address = reinterpret_cast<std::uintptr_t>(info.si_addr);
  FaultSlot* const slot = os::acquire_slot(address);
  if (slot == nullptr) return false;
  const bool survived = repair(*slot, address);
  // Before anything is passed on: a host's handler may never come back.
  os::release_slot(*slot);
  if (survived) fault_count.fetch_add(1, std::memory_order_relaxed);
  return survived;
}

void on_sigbus(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  if (!survive(*info)) os::pass_on(signal, info, context);
  errno = saved_errno;
}

// ---- Installation. ----

bool is_ours(const struct sigaction& action) {
  return (action.sa_flags & SA_SIGINFO) != 0 && action.sa_sigaction == &on_sigbus;
}

Error not_installed(int system_errno) {
  return {Errc::GuardLost,
          system_errno,
          {},
          std::nullopt,
          "the SIGBUS handler that guards mappings can't be installed"};
}

void survive_forks() {
  // A child has only the forking thread: it must find the lock free and no handler at work.
  static std::once_flag once;
  std::call_once(once, [] {
    ::pthread_atfork([] { guard_mutex.lock(); }, [] { guard_mutex.unlock(); },
                     [] {
                       os::forget_users();
                       guard_mutex.unlock();
                     });
  });
}

/// REQUIRES: guard_mutex.
Result<void> ensure_installed() {
  struct sigaction found{};
  if (::sigaction(SIGBUS, nullptr, &found) != 0) return std::unexpected(not_installed(errno));
  if (is_ours(found)) return {};
  // Remembered first: the handler may be called as soon as it is installed.
  os::remember_action(found);
  struct sigaction ours{};
  ours.sa_sigaction = &on_sigbus;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&ours.sa_mask);
  struct sigaction replaced{};
  if (::sigaction(SIGBUS, &ours, &replaced) != 0) return std::unexpected(not_installed(errno));
  const bool raced = !is_ours(replaced) && replaced.sa_sigaction != found.sa_sigaction;
  if (raced) os::remember_action(replaced);
  return {};
}

}  // namespace

void set_fault_guard_mode(FaultGuardMode new_mode) {
  mode.store(new_mode, std::memory_order_relaxed);
}

FaultGuardMode fault_guard_mode() {
  return mode.load(std::memory_order_relaxed);
}

bool fault_guard_is_installed() {
  struct sigaction found{};
  return ::sigaction(SIGBUS, nullptr, &found) == 0 && is_ours(found);
}

Result<void> install_fault_guard() {
  if (fault_guard_mode() == FaultGuardMode::Disabled) {
    return std::unexpected(Error{Errc::InvalidArgument, 0, {}, std::nullopt, "the fault guard is disabled"});
  }
  survive_forks();
  const std::scoped_lock lock(guard_mutex);
  return ensure_installed();
}

std::uint64_t fault_guard_fault_count() {
  return fault_count.load(std::memory_order_relaxed);
}

namespace os {

Result<FaultSlot*> guard_range(const GuardedRange& range) {
  if (fault_guard_mode() == FaultGuardMode::Disabled) return nullptr;
  survive_forks();
  const std::scoped_lock lock(guard_mutex);
  FOLIO_TRY(ensure_installed());
  return enter_slot(range);
}

void unguard_range(FaultSlot* slot) noexcept {
  if (slot == nullptr) return;
  // Not under the lock: a handler may take long, and others want to map meanwhile.
  retire_slot(*slot);
  const std::scoped_lock lock(guard_mutex);
  recycle_slot(*slot);
}

FaultRecord fault_record(const FaultSlot* slot) noexcept {
  if (slot == nullptr) return {};
  // The reads that the caller has made of the range stay before this load.
#ifndef __SANITIZE_THREAD__  // which knows no fences
  std::atomic_thread_fence(std::memory_order_acquire);
#endif
  if (!slot->faulted.load(std::memory_order_relaxed) || !slot->faulted.load(std::memory_order_acquire))
    return {};
  const std::uint64_t truncated_at = slot->truncated_at.load(std::memory_order_relaxed);
  const std::uint64_t io_error_at = slot->io_error_at.load(std::memory_order_relaxed);
  if (truncated_at <= io_error_at) return {MappingFault::Truncated, truncated_at};
  return {MappingFault::IoError, io_error_at};
}

}  // namespace os

}  // namespace folio
