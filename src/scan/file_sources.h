// SPDX-License-Identifier: Apache-2.0
// The sources that read a seekable file: mapped, read, io_uring, and the one that starts mapped and decides
// by the faults that its first chunks cost.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "folio/file.h"
#include "folio/scan.h"
#include "scan/source.h"

namespace folio::scan {

struct SourceRequest {
  Access access = Access::Read;
  bool probes = false;
  std::uint64_t begin = 0;       ///< Nothing before this offset is viewed.
  std::uint64_t chunk_size = 0;  ///< Usual size of a view.
  /// A mapping that costs more faults is given up for reading, where `probes` asks for the choice.
  // PERF: a page fault costs about 0.5 us, the copy of a MiB by read() 60 to 130 us; with 4 KiB folios and 64
  // KiB of fault-around a MiB takes 16 faults, each of which maps 16 pages, with 2 MiB folios it takes half a
  // fault.
  std::uint64_t faults_per_mebibyte_max = 4;
};

struct OpenedSource {
  std::unique_ptr<Source> source;
  Access access = Access::Read;  ///< May differ from the request, then a note says why.
  std::vector<std::string> notes;
};

/// A source over `file`, which must outlive it. Falls back to Read where the wanted access can't be had.
[[nodiscard]] Result<OpenedSource> open_source(const File& file, const SourceRequest& request);

}  // namespace folio::scan
