// SPDX-License-Identifier: Apache-2.0
// An open file: its facts, positional reads and writes, and the check whether it changed since it was opened.
//
// Ownership: File is a move-only owner of one descriptor. A Mapping made from it shares that descriptor, so
// the File may be destroyed first; the descriptor is closed with the last of them. Threads: const members may
// be called from any thread at once. Moving or destroying needs exclusive access. Errors: Result<T>; a short
// read is not an error (see read_at). EINTR is retried inside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio {

enum class FileKind : std::uint8_t { Regular, Directory, Pipe, Socket, CharacterDevice, BlockDevice };

/// Kind of file system, as far as it changes how a file should be read.
enum class FileSystemKind : std::uint8_t {
  Local,    ///< Disk file system with a page cache (ext4, xfs, btrfs, overlay, ...).
  Memory,   ///< tmpfs, ramfs, hugetlbfs.
  Network,  ///< NFS, CIFS, 9p, Ceph, ...
  Fuse,     ///< A file system in user space: sizes and caching are up to it.
  Pseudo,   ///< proc, sysfs, debugfs, cgroup, ...: sizes are not to be trusted.
};

[[nodiscard]] std::string_view file_kind_name(FileKind kind);
[[nodiscard]] std::string_view file_system_kind_name(FileSystemKind kind);

/// What identifies a file and its state. Times are nanoseconds since the epoch.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0;
  std::int64_t ctime_ns = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// How a file differs from what it was at opening.
enum class FileChange : std::uint8_t {
  None,
  Grown,      ///< Longer than at opening; the first bytes may still be the same.
  Shrunk,     ///< Shorter than at opening.
  Rewritten,  ///< Same size, other modification time.
  Touched,    ///< Only the status-change time differs: renamed (as log rotation does), linked, other
              ///< permissions. A rewrite whose modification time was set back looks the same.
};

enum class OpenMode : std::uint8_t {
  Read,
  ReadWrite,    ///< The file must exist.
  CreateNew,    ///< Read-write; fails if the file exists.
  CreateEmpty,  ///< Read-write; an existing file is emptied.
};

/// Expected use. A hint to the kernel's read-ahead; never changes results.
enum class AccessHint : std::uint8_t { None, Sequential, Random, Once };

enum class Caching : std::uint8_t {
  PageCache,
  Direct,  ///< O_DIRECT: offsets, lengths and addresses must be multiples of kDirectAlignment.
};

inline constexpr std::uint64_t kDirectAlignment = 4096;

struct OpenOptions {
  OpenMode mode = OpenMode::Read;
  AccessHint hint = AccessHint::None;
  Caching caching = Caching::PageCache;
  std::uint32_t permissions = 0666;  ///< For created files; the umask applies.
};

class File {
 public:
  /// Opens `path`. Directories are refused with Errc::IsDirectory. A FIFO blocks until it has a writer.
  [[nodiscard]] static Result<File> open(const std::filesystem::path& path, const OpenOptions& options = {});

  /// Takes ownership of `descriptor`; `name` is used in messages. On failure the descriptor stays the
  /// caller's.
  [[nodiscard]] static Result<File> adopt(int descriptor, std::string name);

  /// Standard input, through a duplicate of descriptor 0; closing the File leaves descriptor 0 open.
  [[nodiscard]] static Result<File> standard_input();

  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  /// Facts at opening; `size()` is 0 for everything that has no size (pipes, character devices).
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] const FileIdentity& identity() const;
  [[nodiscard]] FileKind kind() const;
  [[nodiscard]] FileSystemKind file_system() const;
  /// Offset at which sequential reading would start: 0 but for adopted descriptors and standard input.
  [[nodiscard]] std::uint64_t start_offset() const;
  /// True where offsets have a meaning: regular files and block devices.
  [[nodiscard]] bool is_seekable() const;
  /// True where the file can be written through this descriptor.
  [[nodiscard]] bool is_writable() const;
  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] int descriptor() const;

  /// The file's facts now.
  [[nodiscard]] Result<FileIdentity> current_identity() const;
  /// Compares the facts now with those at opening. One fstat; needs no lock.
  [[nodiscard]] Result<FileChange> revalidate() const;
  /// Takes the present facts as those at opening, after a change made by the caller itself.
  [[nodiscard]] Result<void> refresh();

  /// Reads at `offset` until `target` is full or the file ends; returns the bytes read. Seekable files only.
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, MutableByteView target) const;
  /// Reads from the current position: at least one byte unless the input has ended (0).
  [[nodiscard]] Result<std::size_t> read_next(MutableByteView target) const;
  /// Writes all of `source` at `offset`. A source inside a truncated Mapping gives Errc::Truncated, not a
  /// signal.
  [[nodiscard]] Result<void> write_at(std::uint64_t offset, ByteView source) const;

  /// Sets the size. Growth allocates space, so that a full disk is Errc::NoSpace here and not a signal later;
  /// on failure the old size is restored. Updates size() and identity().
  [[nodiscard]] Result<void> resize(std::uint64_t size);
  /// Waits until data and metadata are on the device.
  [[nodiscard]] Result<void> sync() const;
  /// Read-ahead hint for a range; ignored where the kernel has no use for it.
  void advise(AccessHint hint, ByteRange range) const;
  /// Asks the kernel to drop clean cached pages of the range (works for every user on own reads).
  [[nodiscard]] Result<void> evict(ByteRange range) const;

 private:
  struct State;
  friend class Mapping;
  explicit File(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace folio
