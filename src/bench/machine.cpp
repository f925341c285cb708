// SPDX-License-Identifier: Apache-2.0
#include "bench/machine.h"

#include <array>
#include <ctime>
#include <utility>

#include "core/try.h"
#include "folio/limits.h"
#include "os/process_stats.h"
#include "os/uring.h"

namespace folio::bench {

namespace {

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  if (::gmtime_r(&now, &parts) == nullptr) return {};
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace

Machine describe_machine(const std::filesystem::path& root) {
  const MachineLimits limits = machine_limits(root);
  Machine machine{.time = time_now(),
                  .kernel = os::kernel_release(),
                  .cpu = os::cpu_model(root),
                  .cores = limits.cores,
                  .memory = os::physical_memory(root),
                  .memory_available = std::nullopt,
                  .memory_limit = std::nullopt,
                  .page_size = os::page_size(),
                  .thp = os::transparent_huge_pages(root),
                  .mitigations = os::mitigations(root),
                  .io_uring = os::uring_is_available()};
  if (!machine.memory) return machine;
  machine.memory_available = limits.memory_available;
  if (limits.memory_total < *machine.memory) machine.memory_limit = limits.memory_total;
  return machine;
}

Result<Place> describe_place(const std::filesystem::path& path, const std::filesystem::path& root) {
  os::PlaceFacts facts = FOLIO_TRY(os::place_facts(path, root));
  return Place{.path = path,
               .file_system = std::move(facts.file_system),
               .kind = facts.kind,
               .device = std::move(facts.device),
               .rotational = facts.rotational,
               .readahead = facts.readahead,
               .large_folios = std::nullopt};
}

}  // namespace folio::bench
