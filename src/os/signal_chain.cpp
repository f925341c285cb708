// SPDX-License-Identifier: Apache-2.0
#include "os/signal_chain.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace folio::os {

namespace {

struct Link {
  struct sigaction action;
  Link* older;
  std::atomic<bool> spent{false};  // SA_RESETHAND has had its one call
};

constinit std::atomic<Link*> newest{nullptr};

/// The call of a host's handler that this thread is in, if it still is.
struct Nesting {
  std::uintptr_t frame = 0;  // stack address of the outermost call
  const siginfo_t* info = nullptr;
  const void* context = nullptr;
  unsigned depth = 0;  // handlers asked so far
};

// initial-exec: reading it never allocates, which a signal handler in a loaded library could not afford.
[[gnu::tls_model("initial-exec")]] constinit thread_local Nesting nesting;

/// A handler that was installed over ours may call ours to hand the signal on. That is a call further down
/// the same stack for the same signal. A host's handler may also have left by longjmp, and what `nesting`
/// says is stale: then this is a signal of its own, and either the stack is not deeper or the signal's data
/// lie elsewhere.
bool is_nested(std::uintptr_t frame, const siginfo_t* info, const void* context) {
  return nesting.depth != 0 && frame < nesting.frame && (info == nesting.info || context == nesting.context);
}

/// True where the instruction that raised the signal will raise it again when the handler returns.
bool is_synchronous(const siginfo_t& info) {
  return info.si_code > 0 && info.si_code != BUS_MCEERR_AO;
}

void send_again(int signal, siginfo_t* info) {
  const long process = ::syscall(SYS_getpid);
  const long thread = ::syscall(SYS_gettid);
  // With its sender and value if the kernel allows it.
  if (::syscall(SYS_rt_tgsigqueueinfo, process, thread, signal, info) != 0) {
    ::syscall(SYS_tgkill, process, thread, signal);
  }
}

/// The default action. A fault is left to happen again, so that a core dump shows the instruction that caused
/// it.
void take_default_action(int signal, siginfo_t* info) {
  struct sigaction action{};
  action.sa_handler = SIG_DFL;
  ::sigaction(signal, &action, nullptr);
  if (!is_synchronous(*info)) send_again(signal, info);
}

/// Calls the handler under the mask that the kernel would have given it.
void call_handler(const struct sigaction& action, int signal, siginfo_t* info, void* context) {
  sigset_t before;
  ::pthread_sigmask(SIG_BLOCK, &action.sa_mask, &before);
  if ((action.sa_flags & SA_NODEFER) != 0) {
    sigset_t own;
    sigemptyset(&own);
    sigaddset(&own, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &own, nullptr);
  }
  if ((action.sa_flags & SA_SIGINFO) != 0) {
    action.sa_sigaction(signal, info, context);
  } else {
    action.sa_handler(signal);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool is_default(Link& link) {
  if (link.action.sa_handler == SIG_DFL) return true;
  return (static_cast<unsigned>(link.action.sa_flags) & SA_RESETHAND) != 0 &&
         link.spent.exchange(true, std::memory_order_relaxed);
}

bool is_same(const struct sigaction& a, const struct sigaction& b) {
  const bool once = (static_cast<unsigned>(a.sa_flags | b.sa_flags) & SA_RESETHAND) != 0;
  return !once && a.sa_handler == b.sa_handler && a.sa_flags == b.sa_flags;
}

Link* link_at(unsigned depth) {
  Link* link = newest.load(std::memory_order_acquire);
  while (link != nullptr && depth > 0) {
    link = link->older;
    --depth;
  }
  return link;
}

}  // namespace

void remember_action(const struct sigaction& action) {
  Link* const older = newest.load(std::memory_order_relaxed);
  // A host that installs its handler again and again would be asked as often.
  if (older != nullptr && is_same(older->action, action)) return;
  newest.store(new Link{action, older}, std::memory_order_release);
}

[[gnu::noinline]] void pass_on(int signal, siginfo_t* info, void* context) noexcept {
  // SAFETY: only compared with other stack addresses.
  const auto frame = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const bool nested = is_nested(frame, info, context);
  const unsigned depth = nested ? nesting.depth : 0;
  Link* const link = link_at(depth);
  if (link == nullptr || is_default(*link)) return take_default_action(signal, info);
  if (link->action.sa_handler == SIG_IGN) {
    // Nobody can ignore a fault: the instruction would raise it for ever.
    if (is_synchronous(*info)) take_default_action(signal, info);
    return;
  }
  const Nesting outer =
      std::exchange(nesting, Nesting{nested ? nesting.frame : frame, info, context, depth + 1});
  call_handler(link->action, signal, info, context);
  nesting = outer;
}

}  // namespace folio::os
