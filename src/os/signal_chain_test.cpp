// SPDX-License-Identifier: Apache-2.0
// SIGBUS that is not ours: it must reach the host's handler, or kill as it would have without folio. All in
// children.
#include "os/signal_chain.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "folio/fault_guard.h"
#include "folio/mapping.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::died_by;
using os::exited_with;
using os::in_child;
using os::ScratchFolder;

constexpr std::uint64_t kPage = 4096;

/// A mapping that folio knows nothing of; reading it raises SIGBUS.
const volatile char* foreign_lost_page() {
  static void* const page = [] {
    const int descriptor = ::memfd_create("foreign", MFD_CLOEXEC);
    return ::mmap(nullptr, kPage, PROT_READ, MAP_SHARED, descriptor, 0);
  }();
  return static_cast<const volatile char*>(page);
}

/// A guarded mapping survives a truncation: shows that folio's handler works beside the host's.
bool own_fault_survives(const ScratchFolder& folder) {
  const auto path = folder.file("own", 3 * kPage);
  const auto file = File::open(path);
  if (!file) return false;
  const auto mapping = Mapping::map(*file);
  if (!mapping) return false;
  std::filesystem::resize_file(path, 10);
  return mapping->bytes()[kPage] == std::byte{0} && mapping->status().valid_size == 10;
}

void install_guard() {
  if (!install_fault_guard()) std::abort();
}

struct sigaction set_handler(void (*handler)(int, siginfo_t*, void*), int flags = 0) {
  struct sigaction action{};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | flags;
  sigemptyset(&action.sa_mask);
  struct sigaction old{};
  ::sigaction(SIGBUS, &action, &old);
  return old;
}

volatile std::sig_atomic_t calls = 0;
volatile std::sig_atomic_t first_calls = 0;
sigjmp_buf escape;
struct sigaction saved_by_host{};
struct sigaction saved_by_first{};

void exit_17(int) {
  ::_exit(17);
}

void count_only(int, siginfo_t*, void*) {
  calls = calls + 1;
}

void jump_out(int, siginfo_t*, void*) {
  calls = calls + 1;
  ::siglongjmp(escape, 1);
}

void call_saved(int signal, siginfo_t* info, void* context) {
  calls = calls + 1;
  saved_by_host.sa_sigaction(signal, info, context);
}

void first_call_saved(int signal, siginfo_t* info, void* context) {
  first_calls = first_calls + 1;
  if (saved_by_first.sa_handler == SIG_DFL) ::_exit(first_calls == 1 && calls == 1 ? 0 : 1);
  saved_by_first.sa_sigaction(signal, info, context);
}

TEST(ForeignSigbus, AFaultKills) {
  const int status = in_child([] {
    ::signal(SIGBUS, SIG_DFL);
    install_guard();
    return *foreign_lost_page();
  });
  EXPECT_TRUE(died_by(status, SIGBUS)) << status;
}

TEST(ForeignSigbus, AFaultKillsThoughIgnored) {
  const int status = in_child([] {
    ::signal(SIGBUS, SIG_IGN);
    install_guard();
    return *foreign_lost_page();
  });
  EXPECT_TRUE(died_by(status, SIGBUS)) << status;
}

TEST(ForeignSigbus, ASentSignalKills) {
  for (const bool by_raise : {true, false}) {
    const int status = in_child([by_raise] {
      ::signal(SIGBUS, SIG_DFL);
      install_guard();
      if (by_raise) {
        ::raise(SIGBUS);
      } else {
        ::kill(::getpid(), SIGBUS);
      }
      return 0;
    });
    EXPECT_TRUE(died_by(status, SIGBUS)) << status;
  }
}

TEST(ForeignSigbus, ASentSignalThatIsIgnoredStaysIgnored) {
  const ScratchFolder folder;
  const int status = in_child([&] {
    ::signal(SIGBUS, SIG_IGN);
    install_guard();
    ::raise(SIGBUS);
    ::raise(SIGBUS);
    return own_fault_survives(folder) ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(HostHandler, InstalledBeforeWithOneArgument) {
  const ScratchFolder folder;
  const int status = in_child([&] {
    ::signal(SIGBUS, exit_17);
    if (!own_fault_survives(folder)) return 1;
    return *foreign_lost_page() + 2;
  });
  EXPECT_TRUE(exited_with(status, 17)) << status;
}

TEST(HostHandler, InstalledBeforeWithThreeArguments) {
  const ScratchFolder folder;
  const int status = in_child([&] {
    static const volatile char* const page = foreign_lost_page();
    set_handler([](int signal, siginfo_t* info, void* context) {
      const bool right = signal == SIGBUS && info->si_code == BUS_ADRERR && context != nullptr &&
                         info->si_addr == const_cast<const char*>(page);
      ::_exit(right ? 18 : 1);
    });
    if (!own_fault_survives(folder)) return 1;
    return *page + 2;
  });
  EXPECT_TRUE(exited_with(status, 18)) << status;
}

TEST(HostHandler, InstalledAfterIsChainedAtTheNextMap) {
  const ScratchFolder folder;
  for (const bool one_argument : {true, false}) {
    const int status = in_child([&] {
      ::signal(SIGBUS, SIG_DFL);
      install_guard();
      if (one_argument) {
        ::signal(SIGBUS, exit_17);
      } else {
        set_handler([](int, siginfo_t*, void*) { ::_exit(17); });
      }
      if (fault_guard_is_installed()) return 1;
      if (!own_fault_survives(folder) || !fault_guard_is_installed()) return 2;
      return *foreign_lost_page() + 3;
    });
    EXPECT_TRUE(exited_with(status, 17)) << status;
  }
}

TEST(HostHandler, ThatChainsToOursDoesNotLoop) {
  const ScratchFolder folder;
  const int status = in_child([&] {
    // first <- guard <- host <- guard, and everybody passes on what is not his.
    ::signal(SIGBUS, SIG_DFL);
    saved_by_first = set_handler(first_call_saved);
    install_guard();
    saved_by_host = set_handler(call_saved);
    if (!own_fault_survives(folder) || calls != 0) return 2;
    return *foreign_lost_page() + 3;  // ends in first_call_saved
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(HostHandler, ThatChainsToOursEndsInTheDefaultAction) {
  const ScratchFolder folder;
  for (const bool sent : {true, false}) {
    const int status = in_child([&] {
      ::signal(SIGBUS, SIG_DFL);
      install_guard();
      saved_by_host = set_handler(call_saved);
      if (!own_fault_survives(folder)) return 2;
      if (sent) ::raise(SIGBUS);
      return sent ? 3 : *foreign_lost_page() + 4;
    });
    EXPECT_TRUE(died_by(status, SIGBUS)) << status;
  }
}

TEST(HostHandler, OnTopOfOursHandsOurFaultsDown) {
  const ScratchFolder folder;
  const int status = in_child([&] {
    const auto path = folder.file("f", 3 * kPage);
    const auto mapping = Mapping::map(*File::open(path));
    saved_by_host = set_handler(call_saved);
    std::filesystem::resize_file(path, 0);
    return mapping->bytes()[kPage] == std::byte{0} && calls == 1 ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(HostHandler, MayLeaveByLongjmpAgainAndAgain) {
  const ScratchFolder folder;
  for (const int flags : {0, SA_NODEFER, SA_ONSTACK}) {
    const int status = in_child([&] {
      set_handler(jump_out, flags);
      if (!own_fault_survives(folder)) return 1;
      const volatile char* const page = foreign_lost_page();
      for (int round = 1; round <= 1000; ++round) {
        // NODEFER is for those who don't save the mask.
        if (sigsetjmp(escape, flags == SA_NODEFER ? 0 : 1) == 0) return *page + 2;
        if (calls != round) return 3;
      }
      return own_fault_survives(folder) ? 0 : 4;
    });
    EXPECT_TRUE(exited_with(status, 0)) << status;
  }
}

TEST(HostHandler, ForOneSignalOnly) {
  const int status = in_child([] {
    ::signal(SIGBUS, SIG_DFL);
    set_handler(count_only, static_cast<int>(SA_RESETHAND));
    install_guard();
    ::raise(SIGBUS);
    if (calls != 1) return 1;
    ::raise(SIGBUS);
    return 2;
  });
  EXPECT_TRUE(died_by(status, SIGBUS)) << status;
}

TEST(HostHandler, InstalledAgainAndAgainIsCalledOnce) {
  const int status = in_child([] {
    for (int round = 0; round < 100; ++round) {
      set_handler(count_only);
      install_guard();
    }
    ::raise(SIGBUS);
    return calls == 1 ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(HostHandler, DoesNotChangeErrno) {
  const int status = in_child([] {
    set_handler([](int, siginfo_t*, void*) { errno = 99; });
    install_guard();
    errno = 12;
    ::raise(SIGBUS);
    return errno == 12 ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(HostHandler, RunsUnderItsOwnMask) {
  const int status = in_child([] {
    struct sigaction action{};
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGUSR1);
    action.sa_sigaction = [](int, siginfo_t*, void*) {
      sigset_t now;
      ::pthread_sigmask(SIG_SETMASK, nullptr, &now);
      if (sigismember(&now, SIGUSR1) == 1 && sigismember(&now, SIGBUS) == 1) calls = calls + 1;
    };
    ::sigaction(SIGBUS, &action, nullptr);
    install_guard();
    ::raise(SIGBUS);
    sigset_t after;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
    return calls == 1 && sigismember(&after, SIGUSR1) == 0 ? 0 : 1;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

}  // namespace
}  // namespace folio
