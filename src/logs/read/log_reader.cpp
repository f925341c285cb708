// SPDX-License-Identifier: Apache-2.0
#include "logs/read/log_reader.h"

#include <utility>

#include "core/try.h"
#include "folio/limits.h"

namespace folio::logs {

LogReader::LogReader(ReadRules rules) : rules_(std::move(rules)), total_(rules_.aggregate) {}
LogReader::~LogReader() = default;

void LogReader::set_parser(const LineParser& parser) {
  rules_.parser = &parser;
}

Result<ReadLog> LogReader::read(ScanInput input, const ScanOptions& asked) {
  ScanOptions options = asked;
  // One thread takes the chunks in their order.
  if (rules_.parser->line_order() == LineOrder::Matters) options.threads = 1;
  ReadLog log;
  Emitted emitted;
  Workers workers = make_workers(options);
  log.report = FOLIO_TRY(fold(input, options, workers, &emitted));
  std::uint64_t folded = 0;
  for (const auto& worker : workers) folded += worker ? worker->bytes() : 0;
  // More was folded than was right in the end. What a stream has handed on was right, and can't be asked for
  // again; after an interrupt nobody wants it.
  const bool can_repeat = input.file() != nullptr && log.report.plan.access != Access::Stream;
  if (folded != emitted.bytes && can_repeat && !options.stop.stop_requested())
    workers = FOLIO_TRY(fold_covered(input, options, log.report.covered));
  for (auto& worker : workers) {
    if (worker) total_.merge(std::move(worker->aggregate()));
  }
  log.tally = std::move(emitted.tally);
  return log;
}

// The engine tells its worker's number with each chunk; the fold of a worker is made by its first one.
LogReader::Workers LogReader::make_workers(const ScanOptions& options) const {
  Workers workers;
  workers.resize(options.threads != 0 ? options.threads : machine_limits().cores);
  return workers;
}

Result<ScanReport> LogReader::fold(ScanInput input, const ScanOptions& options, Workers& workers,
                                   Emitted* emitted) {
  const bool wants_rejected = emitted != nullptr && rules_.on_rejected;
  const auto process = [&](const Chunk& chunk, ChunkResult& result, ChunkTurn&) {
    auto& worker = workers.at(chunk.worker);
    if (!worker) {
      worker = std::make_unique<ChunkFold>(*rules_.parser, rules_.conditions, rules_.aggregate,
                                           wants_rejected ? RejectedText::Keep : RejectedText::Drop);
    }
    worker->fold(chunk, result);
  };
  const auto emit = [&](ChunkResult& result, ByteRange) {
    if (emitted != nullptr) {
      emitted->tally.merge(std::move(result.tally));
      emitted->bytes += result.bytes;
    }
    if (!wants_rejected || result.rejected.empty()) return Flow::Continue;
    return rules_.on_rejected(result.rejected);
  };
  return scan_ordered<ChunkResult>(input, options, process, emit);
}

// The same bytes once more, into tables that hold nothing else. A file that goes on shrinking gives up.
Result<LogReader::Workers> LogReader::fold_covered(ScanInput input, ScanOptions options, ByteRange covered) {
  if (covered.empty()) return Workers{};
  options.range = covered;
  Workers workers = make_workers(options);
  const ScanReport report = FOLIO_TRY(fold(input, options, workers, nullptr));
  if (report.covered.begin == covered.begin && report.covered.end == covered.end) return workers;
  if (report.problem) return std::unexpected(*report.problem);
  return workers;
}

}  // namespace folio::logs
