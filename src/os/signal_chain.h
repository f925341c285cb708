// SPDX-License-Identifier: Apache-2.0
// Hands signals that are not ours on to the actions that were installed before or instead of ours.
//
// Ownership: remembered actions are never freed. Threads: remember_action() one caller at a time; pass_on()
// anywhere.
#pragma once

#include <csignal>

namespace folio::os {

/// Makes `action` the first to be asked by pass_on(); it may in turn call our handler, which then asks the
/// one before.
void remember_action(const struct sigaction& action);

/// Does with a signal what the remembered actions would have done. Async-signal-safe. Need not return: a
/// host's handler may jump out.
void pass_on(int signal, siginfo_t* info, void* context) noexcept;

}  // namespace folio::os
