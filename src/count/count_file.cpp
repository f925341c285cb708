// SPDX-License-Identifier: Apache-2.0
// Counting of a whole file through the scan engine.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/try.h"
#include "folio/count.h"
#include "folio/file.h"
#include "folio/scan.h"

namespace folio {

namespace {

// Whether the size that the system states is the number of bytes that reading would give.
bool size_is_content(const File& file) {
  if (file.kind() != FileKind::Regular) return false;
  switch (file.file_system()) {
    case FileSystemKind::Local:
    case FileSystemKind::Memory:
    case FileSystemKind::Network:
      return true;
    case FileSystemKind::Fuse:
    case FileSystemKind::Pseudo:
      return false;
  }
  return false;
}

Result<Reduced<Counts>> count_by_size(const File& file, const ScanOptions& options) {
  const ByteRange whole{std::min(file.start_offset(), file.size()), file.size()};
  const ByteRange range = options.range ? intersect(*options.range, {0, file.size()}) : whole;
  Reduced<Counts> result;
  result.value.bytes = range.size();
  result.report.plan = FOLIO_TRY(plan_scan(file, options));
  result.report.notes.emplace_back("Only the size was asked for; the file was not read.");
  result.report.covered = range;
  result.report.change = FOLIO_TRY(file.revalidate());
  return result;
}

}  // namespace

Result<Reduced<Counts>> count_file(const File& file, CountFields fields, ScanOptions options) {
  options.records = Records::none();
  if (fields == CountFields{CountField::Bytes} && size_is_content(file)) return count_by_size(file, options);
  auto reduced =
      FOLIO_TRY(scan_reduce<CountPartial>(file, options, [fields](CountPartial& partial, const Chunk& chunk) {
        count_chunk(partial, chunk.bytes, fields);
      }));
  return Reduced<Counts>{reduced.value.counts(), std::move(reduced.report)};
}

}  // namespace folio
