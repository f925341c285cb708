// SPDX-License-Identifier: Apache-2.0
#include "os/fault_decision.h"

#include "core/checked.h"

namespace folio::os {

namespace {

/// Offset of the first page that lies wholly behind `size`, as filemap_fault() of the kernel counts.
std::uint64_t end_of_pages(std::uint64_t size, std::uint64_t page_size) {
  return round_up(size, page_size);
}

FaultVerdict truncated_at_page(const FaultFacts& facts, Extent extent) {
  return {MappingFault::Truncated, facts.page_offset, extent, facts.page_offset};
}

FaultVerdict io_error(const FaultFacts& facts) {
  return {MappingFault::IoError, facts.page_offset, Extent::Page, facts.page_offset};
}

}  // namespace

bool is_past_end(const FaultFacts& facts) noexcept {
  return facts.file_size && facts.page_offset >= end_of_pages(*facts.file_size, facts.page_size);
}

FaultVerdict classify_fault(const FaultFacts& facts) noexcept {
  if (is_past_end(facts)) {
    // From the new end on, not from the fault: whoever reads backwards would otherwise fault at every page.
    return {MappingFault::Truncated, *facts.file_size, Extent::Rest,
            end_of_pages(*facts.file_size, facts.page_size)};
  }
  switch (facts.probe) {
    case Probe::EndOfFile:
      return truncated_at_page(facts, Extent::Rest);
    case Probe::GotByte:
      // A store that finds no space faults although the page can be read. For a mere reader the page was gone
      // and has come back: the file was truncated and extended again.
      if (facts.kind == MapKind::ReadWrite) return io_error(facts);
      return truncated_at_page(facts, Extent::Page);
    case Probe::Failed:
    case Probe::NotAsked:
      break;
  }
  return io_error(facts);
}

}  // namespace folio::os
