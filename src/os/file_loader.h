// SPDX-License-Identifier: Apache-2.0
// Small files read whole, into one buffer that is used again: the cheapest way to thousands of them.
//
// Ownership: the loader owns the buffer; the content is valid until the next load(). Threads: one. Errors:
// Result<T>; a content that changed while it was read shows in is_unchanged().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "folio/bytes.h"
#include "folio/error.h"
#include "os/aligned_buffer.h"
#include "os/directory.h"

namespace folio::os {

class FileLoader {
 public:
  enum class Outcome : std::uint8_t {
    Loaded,
    TooLarge,    ///< Larger than `size_max`; nothing was read.
    NotRegular,  ///< A pipe, a device: nothing was read.
  };
  struct Loaded {
    Outcome outcome = Outcome::Loaded;
    ByteView content;
    std::uint64_t size = 0;  ///< Of the file, at opening.
  };

  FileLoader() = default;
  FileLoader(const FileLoader&) = delete;
  FileLoader& operator=(const FileLoader&) = delete;
  ~FileLoader();

  /// Opens `name` relative to a directory's descriptor (or kCurrentDirectory) and reads it. `shown` is
  /// what errors call it. The file stays open until the next call.
  [[nodiscard]] Result<Loaded> load(int directory, const char* name, std::string_view shown,
                                    std::uint64_t size_max);
  /// Whether size and modification time of the loaded file are still what they were before it was read.
  [[nodiscard]] bool is_unchanged() const;

 private:
  struct Facts {
    std::int64_t size = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    friend bool operator==(const Facts&, const Facts&) = default;
  };
  void close();
  [[nodiscard]] Result<std::uint64_t> read_all(std::uint64_t size, std::string_view shown);

  AlignedBuffer buffer_;
  int descriptor_ = -1;
  Facts facts_;
};

}  // namespace folio::os
