// SPDX-License-Identifier: Apache-2.0
// A File as sequential input: from its current position where it has no size, else the bytes that it had at
// opening.
//
// Ownership: the File must outlive the stream.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "folio/file.h"
#include "folio/stream.h"

namespace folio::os {

/// Whether the size at opening can be trusted: not so for pipes, terminals and the files of /proc.
[[nodiscard]] bool has_trusted_size(const File& file);

[[nodiscard]] Error truncation_error(const File& file, std::uint64_t offset);

/// What revalidate() says, once it says so several times where that is a rewrite: an append shows by the
/// file's time a moment before it shows by its size.
[[nodiscard]] Result<FileChange> settled_change(const File& file);

/// For files with a size that can be trusted: the bytes from `begin` on, up to that size; Errc::Truncated
/// where the file ends before it. Other files: whatever read() returns.
[[nodiscard]] std::unique_ptr<ByteStream> stream_of(const File& file, std::uint64_t begin);

}  // namespace folio::os
