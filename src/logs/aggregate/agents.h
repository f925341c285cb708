// SPDX-License-Identifier: Apache-2.0
// What sent a request, by its user agent: browser, operating system, or bot. From tables; a guess by nature.
//
// Ownership: the names are static, but a bot's may be a part of the agent. Threads: pure.
#pragma once

#include <string>
#include <string_view>

namespace folio::logs {

struct AgentClass {
  std::string_view browser;  ///< "Chrome"; "Crawlers" for bots, "Unknown".
  std::string_view system;   ///< "Windows", or "Unknown".
  std::string bot;           ///< "Googlebot"; empty: none.
};

[[nodiscard]] AgentClass classify_agent(std::string_view agent);

}  // namespace folio::logs
