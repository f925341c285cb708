// SPDX-License-Identifier: Apache-2.0
// The sources that read a seekable file: mapped, read, io_uring, and the one that tries mapping and reading
// before it decides.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "folio/file.h"
#include "folio/scan.h"
#include "scan/probe.h"
#include "scan/source.h"

namespace folio::scan {

/// Where a record goes that is much longer than a chunk, when the file is read.
enum class LongRecords : std::uint8_t { Buffered, Mapped };

struct SourceRequest {
  Access access = Access::Read;
  bool probes = false;
  std::uint64_t begin = 0;       ///< Nothing before this offset is viewed.
  std::uint64_t chunk_size = 0;  ///< Usual size of a view.
  LongRecords long_records = LongRecords::Buffered;
  ProbeRules probe{};  ///< For `probes`.
};

struct OpenedSource {
  std::unique_ptr<Source> source;
  Access access = Access::Read;  ///< May differ from the request, then a note says why.
  std::vector<std::string> notes;
};

/// All of `file` as a source that several scans may use one after another: a copy of a small one, else a
/// mapping.
[[nodiscard]] Result<std::unique_ptr<Source>> open_to_keep(const File& file);

/// A source over `file`, which must outlive it. Falls back to Read where the wanted access can't be had.
[[nodiscard]] Result<OpenedSource> open_source(const File& file, const SourceRequest& request);

}  // namespace folio::scan
