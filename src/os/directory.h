// SPDX-License-Identifier: Apache-2.0
// Directories by descriptor: their entries in large batches, and facts of files relative to them.
//
// Ownership: a Directory closes its descriptor. Threads: plain values. Errors: an errno (0 is success),
// because most are handled where they occur; system_error() makes the sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace folio::os {

enum class EntryKind : std::uint8_t { Unknown, File, Directory, Link, Special };
enum class Links : std::uint8_t { Keep, Follow };

/// An entry of a directory but "." and ".."; the name ends in a 0 byte and lies in the buffer that was read
/// into.
struct DirectoryEntry {
  std::string_view name;
  EntryKind kind = EntryKind::Unknown;
};

/// What statx(2) says. Times in nanoseconds since 1970; the time of creation is 0 where it is not known.
struct EntryFacts {
  EntryKind kind = EntryKind::Unknown;
  std::uint64_t size = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;  ///< Names that the file has.
  std::int64_t modified_ns = 0;
  std::int64_t accessed_ns = 0;
  std::int64_t created_ns = 0;
};

/// Stands for the current directory where a descriptor is wanted.
extern const int kCurrentDirectory;

class Directory {
 public:
  Directory() = default;  ///< Closed.
  Directory(Directory&& other) noexcept;
  Directory& operator=(Directory&& other) noexcept;
  ~Directory();

  [[nodiscard]] static std::expected<Directory, int> open(int parent, const char* path, Links links);

  /// Adds the next entries, as many as fit into `buffer`, and returns the bytes used, whole records; 0 is the
  /// end. REQUIRES: the buffer is aligned to 8 bytes.
  [[nodiscard]] std::expected<std::size_t, int> read(std::span<std::byte> buffer,
                                                     std::vector<DirectoryEntry>& entries) const;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }
  void close();

 private:
  explicit Directory(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

[[nodiscard]] std::expected<EntryFacts, int> entry_facts(int directory, const char* path, Links links);
[[nodiscard]] std::expected<EntryFacts, int> descriptor_facts(int descriptor);

/// The text of a regular file of at most `size_max` bytes.
[[nodiscard]] std::expected<std::string, int> read_text(int directory, const char* path,
                                                        std::size_t size_max);

/// Without links and dots; nothing where that can't be found out.
[[nodiscard]] std::optional<std::string> real_path(const char* path);
[[nodiscard]] std::string current_directory();

/// Files that this process may have open at once.
[[nodiscard]] std::uint64_t descriptors_max();

/// Opens a regular file for reading; the descriptor is the caller's. Never waits, whatever meanwhile has that
/// name.
[[nodiscard]] std::expected<int, int> open_for_reading(int directory, const char* path);
void close_descriptor(int descriptor);

}  // namespace folio::os
