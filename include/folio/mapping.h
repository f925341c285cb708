// SPDX-License-Identifier: Apache-2.0
// A memory mapping of a file, or of anonymous memory, that survives truncation and I/O errors of its file.
//
// Ownership: move-only owner of the mapped range. The file's descriptor is shared with the File and kept
// until the mapping is destroyed (it is needed to tell truncation from an I/O error and to revalidate).
// Lifetime of views: bytes() is valid until the mapping is destroyed, moved from, assigned to or resized.
// Threads: const members, and reads of the bytes, from any thread at once. Everything else needs exclusive
// access. Errors: Result<T>. A load from a guarded mapping never raises SIGBUS: bytes that the file no longer
// has read as zero and status() says from which offset on. **Ask status() before you publish what you
// computed**, and compare the file with its state at opening (revalidate()): on some kernels and file systems
// bytes past the new end of a file are zero without any fault. Not guaranteed: that bytes are a snapshot.
// Another process that writes to the file is seen at once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/residency.h"

namespace folio {

enum class MapKind : std::uint8_t {
  ReadOnly,     ///< Shared, read only.
  CopyOnWrite,  ///< Private: writes stay in this process.
  ReadWrite,    ///< Shared: writes reach the file. Needs a writable File.
  Anonymous,    ///< Zeroed memory without a file.
};

/// Whether the fault guard watches over the mapping. Off is for hosts that own SIGBUS.
enum class Guard : std::uint8_t { On, Off };

/// Whether the kernel is asked for 2 MiB pages (address congruent to the file offset, MADV_HUGEPAGE).
enum class HugePages : std::uint8_t {
  Auto,    ///< Where the mapping is at least 2 MiB long.
  Always,  ///< The advice also where it is shorter: the kernel then reads ahead in larger pieces.
  Never,
};

struct MapOptions {
  MapKind kind = MapKind::ReadOnly;
  std::uint64_t offset = 0;  ///< Any offset; alignment is taken care of. At most the file's size.
  std::optional<std::uint64_t> length =
      std::nullopt;  ///< Default: to the end of the file. Must lie inside the file.
  Guard guard = Guard::On;
  HugePages huge_pages = HugePages::Auto;
};

enum class Advice : std::uint8_t {
  Normal,
  Sequential,  ///< Aggressive read-ahead. Prevents 2 MiB pages on some kernels.
  Random,      ///< No read-ahead.
  WillNeed,
  DontNeed,  ///< Drops page-table entries; the file's data stays. On CopyOnWrite and Anonymous data is lost.
  HugePage,
  NoHugePage,
};

enum class Touch : std::uint8_t { Read, Write };
enum class FlushMode : std::uint8_t { Wait, Start };

enum class MappingFault : std::uint8_t { None, Truncated, IoError };

/// State of a mapping. Offsets count from the mapping's first byte.
struct MappingStatus {
  MappingFault fault = MappingFault::None;
  std::uint64_t valid_size = 0;  ///< Bytes before this offset have not been replaced by zeros.

  [[nodiscard]] bool ok() const { return fault == MappingFault::None; }
};

/// All bytes of a mapping; the default range of its operations.
inline constexpr ByteRange kWholeMapping{0, UINT64_MAX};

class Mapping {
 public:
  /// Maps `file`. An empty range gives an empty view, without a system call.
  [[nodiscard]] static Result<Mapping> map(const File& file, const MapOptions& options = {});
  /// Zeroed, private memory of `length` bytes.
  [[nodiscard]] static Result<Mapping> anonymous(std::uint64_t length,
                                                 HugePages huge_pages = HugePages::Auto);

  Mapping() noexcept = default;  ///< An empty mapping.
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  [[nodiscard]] ByteView bytes() const { return {view_, size_}; }
  /// REQUIRES: the kind is not ReadOnly (an empty view otherwise).
  [[nodiscard]] MutableByteView writable_bytes();
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] MapKind kind() const { return kind_; }
  /// Offset in the file of the first byte.
  [[nodiscard]] std::uint64_t file_offset() const { return file_offset_; }

  // Ranges count from the mapping's first byte and must lie inside it (kWholeMapping is cut to it); otherwise
  // Errc::InvalidArgument. They are widened to whole pages, never beyond the mapping.
  [[nodiscard]] Result<void> advise(Advice advice, ByteRange range = kWholeMapping);
  /// Brings pages in. A page that can't be had (truncated, I/O error) is an error here instead of a fault
  /// later.
  [[nodiscard]] Result<void> populate(Touch touch, ByteRange range = kWholeMapping);
  /// Writes changes back. Fails after a fault: the bytes that were written to replaced pages are lost.
  [[nodiscard]] Result<void> flush(FlushMode mode, ByteRange range = kWholeMapping);
  /// Pins pages in memory until unlock() or destruction.
  [[nodiscard]] Result<void> lock(ByteRange range = kWholeMapping);
  [[nodiscard]] Result<void> unlock(ByteRange range = kWholeMapping);
  /// How much of the range is in the page cache. Not for anonymous mappings.
  [[nodiscard]] Result<Residency> residency(ByteRange range = kWholeMapping) const;

  /// ReadWrite: sets the size of the file to file_offset() + size and maps it anew; growth allocates space,
  /// so that a full disk is Errc::NoSpace and everything stays as it was. Anonymous: keeps the content.
  /// Others: Unsupported. Views taken before are invalid afterwards; advice and locks are not carried over.
  /// The facts of the File that it was made from are those of the new size afterwards: no other thread may
  /// use that File meanwhile.
  [[nodiscard]] Result<void> resize(std::uint64_t size);

  /// One relaxed load where nothing happened.
  [[nodiscard]] MappingStatus status() const;
  /// Error that describes status(); nothing where it is ok.
  [[nodiscard]] std::optional<Error> fault_error() const;
  /// Compares the file with its state when it was opened. None for anonymous mappings.
  [[nodiscard]] Result<FileChange> revalidate() const;

 private:
  [[nodiscard]] static Result<Mapping> make(std::shared_ptr<File::State> file, const MapOptions& options,
                                            std::uint64_t length);
  [[nodiscard]] Result<void> enter_guard();
  void release() noexcept;
  void swap(Mapping& other) noexcept;
  [[nodiscard]] Result<void> resize_file(std::uint64_t size);
  [[nodiscard]] Result<void> resize_anonymous(std::uint64_t size);
  [[nodiscard]] Result<ByteRange> checked_range(ByteRange range) const;
  [[nodiscard]] ByteRange whole_pages(ByteRange range) const;
  [[nodiscard]] Result<void> check_backing(ByteRange range) const;
  [[nodiscard]] int write_back(FlushMode mode, ByteRange pages) const;
  [[nodiscard]] Error error(int system_errno, std::string detail) const;

  std::byte* view_ = nullptr;    // first byte asked for
  std::uint64_t size_ = 0;       // bytes asked for
  std::byte* base_ = nullptr;    // first mapped page
  std::uint64_t base_size_ = 0;  // whole pages
  std::uint64_t file_offset_ = 0;
  MapKind kind_ = MapKind::Anonymous;
  Guard guard_ = Guard::Off;
  HugePages huge_pages_ = HugePages::Auto;
  void* slot_ = nullptr;  // entry in the fault guard's registry
  std::shared_ptr<File::State> file_;
};

}  // namespace folio
