// SPDX-License-Identifier: Apache-2.0
// Keeps several reads under way through io_uring; views that were not announced are read directly.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "os/uring.h"
#include "scan/read_reader.h"

namespace folio::scan {

class UringReader final : public Reader {
 public:
  static constexpr unsigned kDepth = 4;

  /// `file` is the descriptor to read through; `fallback_file` serves views that no announced read covers.
  [[nodiscard]] static Result<std::unique_ptr<UringReader>> create(FileSource& source, const File& file,
                                                                   Access access, std::uint64_t chunk_size);

  [[nodiscard]] ByteView view(ByteRange range) override;
  [[nodiscard]] unsigned depth() const override { return kDepth; }
  void prefetch(ByteRange range) override;
  [[nodiscard]] Access access() const override { return access_; }

 private:
  struct Announced {
    ByteRange pages;
    unsigned slot;
  };
  UringReader(FileSource& source, const File& file, Access access, std::unique_ptr<os::UringQueue> queue);
  void take_next();
  void release_held();

  FileSource& source_;
  Access access_;
  std::unique_ptr<os::UringQueue> queue_;
  ReadReader direct_view_;
  std::deque<Announced> announced_;
  std::vector<unsigned> free_slots_;
  unsigned held_slot_ = 0;
  enum class Holding : std::uint8_t { Nothing, Slot } holding_ = Holding::Nothing;
  ByteRange held_{};
};

}  // namespace folio::scan
