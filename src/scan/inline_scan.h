// SPDX-License-Identifier: Apache-2.0
// A scan of one chunk on the calling thread: no threads, no window, no locks.
//
// PERF: the engine takes 8 us to start and to end, which is more than the reading of a file of 16 KiB (3 us).
// Threads: the calling one only. What a handler throws passes through.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "folio/file.h"
#include "folio/scan.h"
#include "os/heap_buffer.h"
#include "scan/engine.h"
#include "scan/source.h"

namespace folio::scan {

/// The largest file that is scanned so.
inline constexpr std::uint64_t kInlineSizeMax = 2ULL << 20;

/// What is scanned so: `source` reads `file`, and is a row of whole records.
struct InlineScan {
  const File& file;
  Source& source;
  Reader& reader;
  const scan_detail::Handlers& handlers;
  const std::stop_token& stop;
  ScanProgress* progress = nullptr;  ///< Optional.
};

/// Scans the whole file as one chunk. Nothing where the source does not have all of it, or where the file was
/// changed before anything was published: then nothing was emitted, and the engine finds out what is valid.
/// Where a part was published before, what is left and valid is processed again.
[[nodiscard]] std::optional<EngineResult> scan_inline(const InlineScan& scan);

/// Reads a small file into a buffer that the thread keeps, of 64 or 768 KiB for each thread that has scanned
/// such a file.
class SmallFileReader final : public Reader {
 public:
  static constexpr std::uint64_t kSizeMax = 768ULL << 10;

  SmallFileReader(Source& source, const File& file) : source_(source), file_(file) {}
  /// Gives the buffer back to the thread.
  ~SmallFileReader() override;
  [[nodiscard]] ByteView view(ByteRange range) override;
  [[nodiscard]] Access access() const override { return Access::Read; }

 private:
  Source& source_;
  const File& file_;
  os::HeapBuffer buffer_;
};

}  // namespace folio::scan
