// SPDX-License-Identifier: Apache-2.0
// Mapping: making, moving, releasing and resizing. Work on ranges is in mapping_range.cpp.
#include "folio/mapping.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "core/checked.h"
#include "core/try.h"
#include "os/fault_guard.h"
#include "os/file_state.h"
#include "os/placement.h"
#include "os/process_stats.h"

namespace folio {

namespace {

int protection_of(MapKind kind) {
  return kind == MapKind::ReadOnly ? PROT_READ : PROT_READ | PROT_WRITE;
}

int flags_of(MapKind kind) {
  switch (kind) {
    case MapKind::ReadOnly:
    case MapKind::ReadWrite:
      return MAP_SHARED;
    // Without NORESERVE a private map of a file larger than memory would be refused, though it is rarely
    // written to.
    case MapKind::CopyOnWrite:
      return MAP_PRIVATE | MAP_NORESERVE;
    case MapKind::Anonymous:
      return MAP_PRIVATE | MAP_ANONYMOUS;
  }
  return 0;
}

os::FaultSlot* slot_of(void* slot) {
  return static_cast<os::FaultSlot*>(slot);
}

Error refusal(Errc code, const std::string& path, std::string detail) {
  return {code, 0, path, std::nullopt, std::move(detail)};
}

/// The kernel reads 4 MiB at a cold fault of a range so advised, and takes 2 MiB of memory at a first touch:
/// right for large read-only maps, wrong for files whose pages are written, or held in memory only, by
/// others.
bool wants_huge_advice(MapKind kind, HugePages huge_pages, FileSystemKind file_system) {
  if (kind == MapKind::CopyOnWrite || kind == MapKind::ReadWrite) return huge_pages == HugePages::Always;
  return huge_pages == HugePages::Always || file_system != FileSystemKind::Memory;
}

}  // namespace

Result<Mapping> Mapping::map(const File& file, const MapOptions& options) {
  const File::State& state = *file.state_;
  if (options.kind == MapKind::Anonymous) {
    return std::unexpected(refusal(Errc::InvalidArgument, state.path, "anonymous memory has no file"));
  }
  if (!state.is_seekable()) {
    return std::unexpected(refusal(Errc::Unsupported, state.path, "can't be mapped; read it in sequence"));
  }
  const std::uint64_t file_size = state.identity.size;
  const std::uint64_t length =
      options.length.value_or(options.offset <= file_size ? file_size - options.offset : 0);
  if (!range_fits(options.offset, length, file_size)) {
    Error error = refusal(
        Errc::InvalidArgument, state.path,
        "the range to map reaches past the end of the file (" + std::to_string(file_size) + " bytes)");
    error.offset = options.offset;
    return std::unexpected(std::move(error));
  }
  if (!state.is_readable) {
    return std::unexpected(
        refusal(Errc::PermissionDenied, state.path, "not open for reading; can't be mapped"));
  }
  if (options.kind == MapKind::ReadWrite && !state.is_writable) {
    return std::unexpected(
        refusal(Errc::PermissionDenied, state.path, "not open for writing; can't be mapped for it"));
  }
  if (options.guard == Guard::Off) {
    // Nobody will catch the fault: refuse at least what is gone already.
    const std::uint64_t size_now = FOLIO_TRY(state.current_identity()).size;
    if (!range_fits(options.offset, length, size_now)) {
      return std::unexpected(
          Error{Errc::Truncated, 0, state.path, size_now, "became shorter since it was opened"});
    }
  }
  return make(file.state_, options, length);
}

Result<Mapping> Mapping::make(std::shared_ptr<File::State> file, const MapOptions& options,
                              std::uint64_t length) {
  Mapping mapping;
  mapping.kind_ = options.kind;
  mapping.guard_ = options.guard;
  mapping.huge_pages_ = options.huge_pages;
  mapping.file_offset_ = options.offset;
  mapping.file_ = std::move(file);
  if (length == 0) return mapping;

  const File::State& state = *mapping.file_;
  const std::uint64_t lead = options.offset & (state.page_size - 1);
  // No page of 2 MiB fits into less; the advice alone makes the kernel read ahead in larger folios.
  const std::uint64_t congruence =
      length < os::kHugePageSize ? 0 : os::congruence_for(options.huge_pages, length);
  const bool is_advised = congruence != 0 || options.huge_pages == HugePages::Always;
  const os::MapRequest request{.size = round_up(lead + length, state.page_size),
                               .protection = protection_of(options.kind),
                               .flags = flags_of(options.kind),
                               .descriptor = state.descriptor,
                               .file_offset = options.offset - lead,
                               .congruence = state.page_size >= os::kHugePageSize ? 0 : congruence};
  const os::Mapped mapped = os::map_placed(request);
  if (mapped.problem != 0) return std::unexpected(state.error(mapped.problem, "can't be mapped"));
  mapping.base_ = mapped.address;
  mapping.base_size_ = request.size;
  mapping.view_ = mapped.address + lead;
  mapping.size_ = length;
  // Advice belongs to the mapped range and not to the address: it has to come after MAP_FIXED. A refusal
  // costs speed only.
  if (is_advised && wants_huge_advice(options.kind, options.huge_pages, state.file_system)) {
    ::madvise(mapping.base_, mapping.base_size_, MADV_HUGEPAGE);
  }
  FOLIO_TRY(mapping.enter_guard());
  return mapping;
}

Result<void> Mapping::enter_guard() {
  if (guard_ == Guard::Off) return {};
  slot_ = FOLIO_TRY(os::guard_range({.begin = base_,
                                     .size = base_size_,
                                     .file_offset = file_offset_ - static_cast<std::uint64_t>(view_ - base_),
                                     .page_size = file_->page_size,
                                     .descriptor = file_->descriptor,
                                     .kind = kind_,
                                     .file_kind = file_->kind}));
  return {};
}

Result<Mapping> Mapping::anonymous(std::uint64_t length, HugePages huge_pages) {
  Mapping mapping;
  mapping.huge_pages_ = huge_pages;
  if (length == 0) return mapping;
  if (length > INT64_MAX) {
    return std::unexpected(refusal(Errc::OutOfMemory, {}, "no memory is as large as asked for"));
  }
  const std::uint64_t congruence = os::congruence_for(huge_pages, length);
  const os::Mapped mapped = os::map_placed({.size = round_up(length, os::page_size()),
                                            .protection = protection_of(MapKind::Anonymous),
                                            .flags = flags_of(MapKind::Anonymous),
                                            .congruence = congruence});
  if (mapped.problem != 0) {
    return std::unexpected(
        system_error(mapped.problem, {}, "can't get " + std::to_string(length) + " bytes of memory"));
  }
  mapping.base_ = mapping.view_ = mapped.address;
  mapping.base_size_ = round_up(length, os::page_size());
  mapping.size_ = length;
  if (congruence != 0) ::madvise(mapping.base_, mapping.base_size_, MADV_HUGEPAGE);
  return mapping;
}

Mapping::Mapping(Mapping&& other) noexcept {
  swap(other);
}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  // By way of a temporary: what this held is released now, and moving an object to itself changes nothing.
  Mapping taken{std::move(other)};
  swap(taken);
  return *this;
}

Mapping::~Mapping() {
  release();
}

void Mapping::release() noexcept {
  // The handler must not work on the range any more when something else may get its addresses.
  os::unguard_range(slot_of(slot_));
  slot_ = nullptr;
  os::unmap(base_, base_size_);
  base_ = view_ = nullptr;
  base_size_ = size_ = 0;
}

void Mapping::swap(Mapping& other) noexcept {
  std::swap(view_, other.view_);
  std::swap(size_, other.size_);
  std::swap(base_, other.base_);
  std::swap(base_size_, other.base_size_);
  std::swap(file_offset_, other.file_offset_);
  std::swap(kind_, other.kind_);
  std::swap(guard_, other.guard_);
  std::swap(huge_pages_, other.huge_pages_);
  std::swap(slot_, other.slot_);
  std::swap(file_, other.file_);
}

MutableByteView Mapping::writable_bytes() {
  if (kind_ == MapKind::ReadOnly) return {};
  return {view_, size_};
}

Result<void> Mapping::resize(std::uint64_t size) {
  switch (kind_) {
    case MapKind::ReadWrite:
      return resize_file(size);
    case MapKind::Anonymous:
      return resize_anonymous(size);
    case MapKind::ReadOnly:
    case MapKind::CopyOnWrite:
      break;
  }
  return std::unexpected(refusal(Errc::Unsupported, file_->path, "only a read-write mapping can be resized"));
}

Result<void> Mapping::resize_file(std::uint64_t size) {
  if (auto fault = fault_error()) return std::unexpected(std::move(*fault));
  const auto file_size = checked_add(file_offset_, size);
  if (!file_size || *file_size > INT64_MAX) {
    return std::unexpected(
        refusal(Errc::InvalidArgument, file_->path, "no file can be as large as asked for"));
  }
  const std::uint64_t old_file_size = FOLIO_TRY(file_->current_identity()).size;
  if (*file_size > old_file_size) FOLIO_TRY(file_->resize(*file_size));
  const MapOptions options{
      .kind = kind_, .offset = file_offset_, .length = size, .guard = guard_, .huge_pages = huge_pages_};
  auto mapping = make(file_, options, size);
  if (!mapping) {
    if (*file_size > old_file_size) FOLIO_TRY(file_->resize(old_file_size));
    return std::unexpected(std::move(mapping).error());
  }
  // Shrinking comes last: until it has worked, this mapping and the file are as they were.
  if (*file_size < old_file_size) FOLIO_TRY(file_->resize(*file_size));
  *this = std::move(*mapping);
  return {};
}

Result<void> Mapping::resize_anonymous(std::uint64_t size) {
  if (size == 0 || empty()) {
    *this = FOLIO_TRY(anonymous(size, huge_pages_));
    return {};
  }
  if (size > INT64_MAX) {
    return std::unexpected(refusal(Errc::OutOfMemory, {}, "no memory is as large as asked for"));
  }
  const std::uint64_t base_size = round_up(size, os::page_size());
  const std::uint64_t congruence = os::congruence_for(huge_pages_, size);
  if (base_size != base_size_) {
    const os::Mapped mapped = os::remap_placed(base_, base_size_, base_size, congruence);
    if (mapped.problem != 0) {
      return std::unexpected(
          system_error(mapped.problem, {}, "can't get " + std::to_string(size) + " bytes of memory"));
    }
    base_ = view_ = mapped.address;
    base_size_ = base_size;
    if (congruence != 0) ::madvise(base_, base_size_, MADV_HUGEPAGE);
  }
  // Bytes that are cut off read as zero should the mapping grow again.
  if (size < size_) std::memset(base_ + size, 0, std::min(size_, base_size_) - size);
  size_ = size;
  return {};
}

MappingStatus Mapping::status() const {
  const os::FaultRecord record = os::fault_record(slot_of(slot_));
  if (record.fault == MappingFault::None) return {MappingFault::None, size_};
  const auto lead = static_cast<std::uint64_t>(view_ - base_);
  return {record.fault, std::min(size_, record.first_bad > lead ? record.first_bad - lead : 0)};
}

std::optional<Error> Mapping::fault_error() const {
  const MappingStatus now = status();
  if (now.ok()) return std::nullopt;
  const std::uint64_t end = file_offset_ + now.valid_size;
  const bool truncated = now.fault == MappingFault::Truncated;
  return Error{truncated ? Errc::Truncated : Errc::Io, truncated ? 0 : EIO, file_->path, end,
               truncated
                   ? "became shorter while it was read: the first " + std::to_string(end) + " bytes are valid"
                   : std::string{"can't be read through its mapping (device error, or disk full)"}};
}

Result<FileChange> Mapping::revalidate() const {
  if (!file_) return FileChange::None;
  return file_->revalidate();
}

}  // namespace folio
