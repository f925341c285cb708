// SPDX-License-Identifier: Apache-2.0
#include "demo/tour.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "core/fail.h"
#include "core/try.h"
#include "demo/work_folder.h"
#include "folio/limits.h"

namespace folio::demo {

namespace {

constexpr std::uint64_t kSmallFiles = 32ULL << 20;

/// Takes the name of the file away: its space is free when this process ends, however it ends.
Result<void> unlink(File& file) {
  std::error_code error;
  std::filesystem::remove(file.path(), error);
  if (error) return std::unexpected(system_error(error.value(), file.path(), "cannot be removed"));
  return file.refresh();  // losing a name counts as a change of the file
}

Result<void> begin(Listener& listener, const std::stop_token& stop, Step step) {
  FOLIO_TRY(bench::check_stop(stop));
  if (listener.begin(step) == Flow::Stop) return fail(Errc::Cancelled, {}, "nobody listens any more");
  return {};
}

Result<void> show_searches(const Stage& stage, Listener& listener) {
  FOLIO_TRY(begin(listener, stage.stop, Step::OneCore));
  const std::array one{1U};
  listener.show_one_core(FOLIO_TRY(search_with(stage, one, Access::Map)).front());

  FOLIO_TRY(begin(listener, stage.stop, Step::AllCores));
  std::vector<unsigned> counts{1};
  if (stage.cores > 1) counts.push_back(stage.cores);
  listener.show_all_cores(FOLIO_TRY(search_with(stage, counts, Access::Map)));
  return {};
}

/// One step: told to the listener before and after.
template <class Measure>
Result<void> show_step(const Stage& stage, Listener& listener, Step step, Measure measure) {
  FOLIO_TRY(begin(listener, stage.stop, step));
  listener.show(FOLIO_TRY(measure(stage)));
  return {};
}

Result<TourEnd> show_steps(const Stage& stage, Listener& listener) {
  TourEnd end;
  FOLIO_TRY(show_searches(stage, listener));
  FOLIO_TRY(show_step(stage, listener, Step::Access, compare_access));
  FOLIO_TRY(show_step(stage, listener, Step::Memory, watch_memory));
  FOLIO_TRY(begin(listener, stage.stop, Step::Matching));
  const Matching matching = FOLIO_TRY(check_matches(stage));
  end.counts_agree = matching.agrees();
  listener.show(matching);
  FOLIO_TRY(show_step(stage, listener, Step::Cores, scale_up));
  FOLIO_TRY(show_step(stage, listener, Step::Cache, compare_first_and_second));
  FOLIO_TRY(begin(listener, stage.stop, Step::Proof));
  const Proof proof = FOLIO_TRY(prove_safety(stage));
  end.proof_holds = proof.holds();
  listener.show(proof);
  return end;
}

}  // namespace

std::uint64_t space_needed(std::uint64_t size) {
  const std::uint64_t more = std::max(size / 10, kSmallFiles);
  return size > UINT64_MAX - more ? UINT64_MAX : size + more;
}

Result<TourEnd> run_tour(const TourOptions& options, Listener& listener) {
  WorkFolder folder = FOLIO_TRY(WorkFolder::create(options.folder));
  const MachineLimits machine = machine_limits();
  const auto path = folder.path() / "access.log";
  listener.welcome({.size = options.size,
                    .folder = folder.path(),
                    .cores = machine.cores,
                    .memory_available = machine.memory_available});

  FOLIO_TRY(begin(listener, options.stop, Step::Create));
  const Generated made = FOLIO_TRY(write_log(path, options.size, options.stop));
  File file = FOLIO_TRY(File::open(path, {.hint = AccessHint::Sequential}));
  if (options.keep == Keep::No) FOLIO_TRY(unlink(file));
  listener.show(describe_creation(file, made));

  const Stage stage{.file = file,
                    .folder = folder.path(),
                    .needle_lines = made.needle_lines,
                    .cores = machine.cores,
                    .stop = options.stop};
  TourEnd end = FOLIO_TRY(show_steps(stage, listener));
  if (options.keep == Keep::Yes) end.kept = FOLIO_TRY(folder.move_out(path));
  FOLIO_TRY(folder.remove());
  return end;
}

}  // namespace folio::demo
