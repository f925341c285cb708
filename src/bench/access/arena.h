// SPDX-License-Identifier: Apache-2.0
// The files of one situation: bringing them into its state, and knowing the right answer.
//
// Ownership: refers to the files' paths. Threads: one at a time. Errors: Result<T>.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/access/methods.h"
#include "bench/access/run.h"
#include "folio/file.h"

namespace folio::bench {

class Arena {
 public:
  /// Opens the files, brings them into the state and finds the answer. `bystander` may be empty.
  [[nodiscard]] static Result<Arena> open(const TestFiles& files, const Situation& situation,
                                          const std::string& bystander, std::stop_token stop);

  /// The state, before a round. Costs a look at the page cache where it is still as wanted.
  [[nodiscard]] Result<void> prepare();
  /// Runs the method as often as a round needs, and checks each answer.
  [[nodiscard]] Result<Access> run(const MethodSpec& method) const;

  [[nodiscard]] unsigned repeats() const { return repeats_; }
  [[nodiscard]] std::uint64_t bytes() const;                      ///< Of one repeat.
  [[nodiscard]] std::optional<std::uint64_t> operations() const;  ///< Of one repeat.
  [[nodiscard]] std::uint64_t file_count() const { return paths_.size(); }
  [[nodiscard]] std::optional<double> cached_before() const { return cached_; }
  [[nodiscard]] std::optional<double> faults_per_mib() const { return faults_per_mib_; }
  /// Bytes of the bystander's pages that are no longer cached since prepare().
  [[nodiscard]] std::optional<std::uint64_t> evicted() const;
  /// The share that is farther from what the state wants.
  [[nodiscard]] std::optional<double> worse(std::optional<double> one, std::optional<double> other) const;
  /// What to know of a row before whose rounds so much was cached at worst.
  [[nodiscard]] std::vector<std::string> notes_for(std::optional<double> cached) const;

 private:
  Arena() = default;
  [[nodiscard]] Result<void> bring_all();
  [[nodiscard]] Result<void> bring(const File& file) const;
  [[nodiscard]] Result<void> warm_bystander();
  [[nodiscard]] Result<std::uint64_t> answer_of(const MethodSpec& method, Access& used) const;
  [[nodiscard]] double worst_cached() const;
  void judge_folios();

  Situation situation_;
  std::vector<std::string> paths_;
  std::vector<File> files_;
  std::optional<File> bystander_;
  std::uint64_t bystander_cached_ = 0;
  std::vector<std::uint64_t> places_;
  std::stop_token stop_;
  unsigned repeats_ = 1;
  unsigned cores_ = 1;
  std::uint64_t answer_ = 0;
  std::optional<double> cached_;
  std::optional<double> faults_per_mib_;
  std::vector<std::string> notes_;
};

}  // namespace folio::bench
