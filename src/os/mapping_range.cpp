// SPDX-License-Identifier: Apache-2.0
// Mapping: advice, population, flushing, locking and residency of ranges.
#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "core/checked.h"
#include "core/try.h"
#include "folio/mapping.h"
#include "os/file_state.h"
#include "os/process_stats.h"

namespace folio {

namespace {

// Known by these numbers since Linux 5.14; refused with EINVAL before.
constexpr int kPopulateRead = 22;
constexpr int kPopulateWrite = 23;

int madvice_of(Advice advice) {
  switch (advice) {
    case Advice::Normal:
      return MADV_NORMAL;
    case Advice::Sequential:
      return MADV_SEQUENTIAL;
    case Advice::Random:
      return MADV_RANDOM;
    case Advice::WillNeed:
      return MADV_WILLNEED;
    case Advice::DontNeed:
      return MADV_DONTNEED;
    case Advice::HugePage:
      return MADV_HUGEPAGE;
    case Advice::NoHugePage:
      return MADV_NOHUGEPAGE;
  }
  return MADV_NORMAL;
}

int madvise_retrying(std::byte* address, std::uint64_t size, int advice) {
  int result = 0;
  do {
    result = ::madvise(address, size, advice);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

}  // namespace

Error Mapping::error(int system_errno, std::string detail) const {
  return system_error(system_errno, file_ ? file_->path : std::string{}, std::move(detail));
}

Result<ByteRange> Mapping::checked_range(ByteRange range) const {
  if (range == kWholeMapping) return ByteRange{0, size_};
  if (range.begin > range.end || range.end > size_) {
    Error outside{Errc::InvalidArgument, 0, file_ ? file_->path : std::string{}, std::nullopt,
                  "the range is not inside the mapping (" + std::to_string(size_) + " bytes)"};
    return std::unexpected(std::move(outside));
  }
  return range;
}

ByteRange Mapping::whole_pages(ByteRange range) const {
  const std::uint64_t page = file_ ? file_->page_size : os::page_size();
  const auto lead = static_cast<std::uint64_t>(view_ - base_);
  return {round_down(lead + range.begin, page), std::min(round_up(lead + range.end, page), base_size_)};
}

/// After work on `range` that may have met lost pages: was all of it there?
Result<void> Mapping::check_backing(ByteRange range) const {
  if (status().valid_size < range.end) {
    if (auto fault = fault_error()) return std::unexpected(std::move(*fault));
  }
  if (!file_) return {};
  const std::uint64_t file_size = FOLIO_TRY(file_->current_identity()).size;
  if (file_size >= file_offset_ + range.end) return {};
  return std::unexpected(Error{
      Errc::Truncated, 0, file_->path, file_size,
      "became shorter while it was mapped: the first " + std::to_string(file_size) + " bytes are valid"});
}

Result<void> Mapping::advise(Advice advice, ByteRange range) {
  range = FOLIO_TRY(checked_range(range));
  if (range.empty()) return {};
  const ByteRange pages = whole_pages(range);
  // Random access to a range that asks for 2 MiB pages would read 2 MiB at every cold fault.
  if (advice == Advice::Random && huge_pages_ == HugePages::Auto) {
    ::madvise(base_ + pages.begin, pages.size(), MADV_NOHUGEPAGE);
  }
  const int problem = madvise_retrying(base_ + pages.begin, pages.size(), madvice_of(advice));
  if (problem == 0) return {};
  if (problem == EINVAL) {
    return std::unexpected(Error{Errc::Unsupported,
                                 problem,
                                 file_ ? file_->path : std::string{},
                                 {},
                                 "the kernel doesn't take this advice"});
  }
  return std::unexpected(error(problem, "can't advise the kernel"));
}

Result<void> Mapping::populate(Touch touch, ByteRange range) {
  range = FOLIO_TRY(checked_range(range));
  if (touch == Touch::Write && kind_ == MapKind::ReadOnly) {
    return std::unexpected(Error{Errc::InvalidArgument,
                                 0,
                                 file_ ? file_->path : std::string{},
                                 {},
                                 "a read-only mapping can't be written to"});
  }
  if (range.empty()) return {};
  const ByteRange pages = whole_pages(range);
  const int advice = touch == Touch::Read ? kPopulateRead : kPopulateWrite;
  int problem = madvise_retrying(base_ + pages.begin, pages.size(), advice);
  if (problem == EINVAL) problem = madvise_retrying(base_ + pages.begin, pages.size(), MADV_WILLNEED);
  if (problem == 0) return check_backing(range);
  if (problem == EFAULT) {
    // The kernel met what would have been a SIGBUS: the file is shorter, or else the device failed.
    FOLIO_TRY(check_backing(range));
    problem = EIO;
  }
  return std::unexpected(error(problem, "can't bring the pages in"));
}

Result<void> Mapping::flush(FlushMode mode, ByteRange range) {
  range = FOLIO_TRY(checked_range(range));
  if (empty() || kind_ == MapKind::ReadOnly) return {};
  if (kind_ != MapKind::ReadWrite) {
    return std::unexpected(Error{Errc::Unsupported,
                                 0,
                                 file_ ? file_->path : std::string{},
                                 {},
                                 "changes of a private mapping stay in this process"});
  }
  if (auto fault = fault_error()) return std::unexpected(std::move(*fault));
  if (range.empty()) return {};
  const ByteRange pages = whole_pages(range);
  if (const int problem = write_back(mode, pages); problem != 0) {
    return std::unexpected(error(problem, "can't write changes back"));
  }
  // Another thread may have met a fault meanwhile, and pages past a new end are dropped without one.
  if (auto fault = fault_error()) return std::unexpected(std::move(*fault));
  return check_backing(range);
}

int Mapping::write_back(FlushMode mode, ByteRange pages) const {
  if (mode == FlushMode::Start) {
    // MS_ASYNC does nothing on Linux.
    const std::uint64_t offset = file_offset_ - static_cast<std::uint64_t>(view_ - base_) + pages.begin;
    if (::sync_file_range(file_->descriptor, static_cast<off64_t>(offset), static_cast<off64_t>(pages.size()),
                          SYNC_FILE_RANGE_WRITE) == 0) {
      return 0;
    }
    if (errno != EINVAL && errno != ENOSYS && errno != ESPIPE && errno != EPERM) return errno;
  }
  const int flags = mode == FlushMode::Wait ? MS_SYNC : MS_ASYNC;
  return ::msync(base_ + pages.begin, pages.size(), flags) == 0 ? 0 : errno;
}

Result<void> Mapping::lock(ByteRange range) {
  range = FOLIO_TRY(checked_range(range));
  if (range.empty()) return {};
  const ByteRange pages = whole_pages(range);
  if (::mlock(base_ + pages.begin, pages.size()) == 0) return {};
  const int problem = errno;
  // mlock(2) has one code for a page that can't be had and for a limit that is reached.
  FOLIO_TRY(check_backing(range));
  return std::unexpected(error(problem, "can't pin memory (see ulimit -l)"));
}

Result<void> Mapping::unlock(ByteRange range) {
  range = FOLIO_TRY(checked_range(range));
  if (range.empty()) return {};
  const ByteRange pages = whole_pages(range);
  if (::munlock(base_ + pages.begin, pages.size()) == 0) return {};
  return std::unexpected(error(errno, "can't unpin memory"));
}

Result<Residency> Mapping::residency(ByteRange range) const {
  range = FOLIO_TRY(checked_range(range));
  if (kind_ == MapKind::Anonymous) {
    return std::unexpected(Error{Errc::Unsupported, 0, {}, {}, "anonymous memory is not in the page cache"});
  }
  return folio::residency(File{file_}, {file_offset_ + range.begin, file_offset_ + range.end});
}

}  // namespace folio
