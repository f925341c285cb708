// SPDX-License-Identifier: Apache-2.0
// Sequential input that is not a file as it lies on the disk: decompressed, transcoded, or still growing.
//
// Ownership: whoever makes a stream keeps what it reads from alive. Threads: one call at a time. Errors:
// Result<T>; after an error or the end, read() is not called again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio {

class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// At least one byte into `target`, which is not empty; 0 at the end.
  [[nodiscard]] virtual Result<std::size_t> read(MutableByteView target) = 0;
  /// Waits for up to `timeout_ms` (0: not at all) for something to read; the end and an error count as that.
  [[nodiscard]] virtual bool has_more_within(int timeout_ms) = 0;
  /// What messages call it.
  [[nodiscard]] virtual const std::string& name() const = 0;
};

}  // namespace folio
