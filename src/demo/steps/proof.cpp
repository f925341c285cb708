// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/proof.h"

#include <algorithm>
#include <mutex>

#include "core/try.h"
#include "demo/passes.h"
#include "demo/steps/create.h"
#include "folio/fault_guard.h"
#include "os/aligned_buffer.h"
#include "simd/count_byte.h"

namespace folio::demo {

namespace {

constexpr std::uint64_t kProofSize = 16ULL << 20;
constexpr std::uint64_t kChunks = 16;

struct Lines {
  std::uint64_t count = 0;
  void merge(const Lines& other) { count += other.count; }
};

/// Cuts the file, once, from inside the scan: when a chunk behind the middle was handed out and not yet
/// looked at. So the scan is certain to meet pages that are gone.
class Saboteur {
 public:
  Saboteur(File file, std::uint64_t size_after)
      : file_(std::move(file)), trigger_(file_.size() / 2), size_after_(size_after) {}

  void watch(const Chunk& chunk) {
    if (chunk.offset >= trigger_) std::call_once(once_, [this] { outcome_ = file_.resize(size_after_); });
  }
  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

 private:
  File file_;
  std::uint64_t trigger_;
  std::uint64_t size_after_;
  std::once_flag once_;
  Result<void> outcome_;
};

Result<Reduced<Lines>> scan_under_attack(const Stage& stage, const File& file, Saboteur& saboteur) {
  ScanOptions options;
  options.access = Access::Map;
  options.threads = stage.cores;
  options.chunk_size = file.size() / kChunks;
  options.stop = stage.stop;
  return scan_reduce<Lines>(file, options, [&](Lines& lines, const Chunk& chunk) {
    saboteur.watch(chunk);
    lines.count = simd::count_byte(chunk.bytes, std::byte{'\n'});
  });
}

}  // namespace

Result<Proof> prove_safety(const Stage& stage) {
  const auto path = stage.folder / "victim.log";
  Proof proof;
  proof.size = std::min(kProofSize, stage.file.size());
  // Inside the first chunk behind the middle, and inside a page: the rest of that page is zeros without any
  // signal.
  proof.size_after = proof.size / 2 + proof.size / kChunks / 2 + 1234;
  // The same bytes as the beginning of the test file: the generator promises that.
  FOLIO_TRY(write_log(path, proof.size, stage.stop));
  const File file = FOLIO_TRY(File::open(path));
  Saboteur saboteur(FOLIO_TRY(File::open(path, {.mode = OpenMode::ReadWrite})), proof.size_after);

  const std::uint64_t faults_before = fault_guard_fault_count();
  const auto scanned = FOLIO_TRY(scan_under_attack(stage, file, saboteur));
  FOLIO_TRY(saboteur.outcome());
  proof.faults_survived = fault_guard_fault_count() - faults_before;
  proof.problem = scanned.report.problem;
  proof.covered = scanned.report.covered;
  proof.lines = scanned.value.count;
  auto buffer = FOLIO_TRY(os::AlignedBuffer::allocate(kReadBufferSize));
  proof.lines_really = FOLIO_TRY(count_by_reading(stage.file, proof.covered, buffer.bytes(), stage.stop));
  FOLIO_TRY(bench::check_stop(stage.stop));
  return proof;
}

}  // namespace folio::demo
