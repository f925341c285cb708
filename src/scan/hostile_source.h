// SPDX-License-Identifier: Apache-2.0
// Test support: a Source and a ByteStream over bytes in memory that do everything a file or a pipe may do
// wrong.
//
// Threads: as Source and ByteStream. The wrongs are set before the scan starts.
#pragma once

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scan/source.h"
#include "scan/stream_supply.h"

namespace folio::scan {

[[nodiscard]] inline Error hostile_error(Errc code, std::uint64_t offset) {
  return {.code = code,
          .system_errno = code == Errc::Io ? EIO : 0,
          .path = "hostile",
          .offset = offset,
          .detail = "hostile"};
}

class HostileSource final : public Source {
 public:
  /// How bytes behind the new end of a truncated file show.
  enum class Loss : std::uint8_t {
    Short,  ///< As a short read, which is noted at once.
    Zeros,  ///< As zeros, which only a question for valid_end() finds out: a mapping.
  };
  struct Wrongs {
    std::uint64_t error_at = UINT64_MAX;     ///< This byte cannot be read.
    std::uint64_t truncate_to = UINT64_MAX;  ///< The file loses what lies behind ...
    std::uint64_t truncate_at_view = 0;      ///< ... when the view of this number is asked for.
    Loss loss = Loss::Short;
    std::uint64_t throw_at_view = UINT64_MAX;  ///< A failed allocation.
    unsigned depth = 1;                        ///< Chunks that a worker claims ahead.
  };

  HostileSource(std::string bytes, const Wrongs& wrongs) : bytes_(std::move(bytes)), wrongs_(wrongs) {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] std::unique_ptr<Reader> open_reader() override {
    return std::make_unique<HostileReader>(*this);
  }
  [[nodiscard]] std::uint64_t valid_end() override {
    if (const std::uint64_t length = length_; length < size())
      note_damage(length, hostile_error(Errc::Truncated, length));
    return noted_end();
  }

 private:
  class HostileReader final : public Reader {
   public:
    explicit HostileReader(HostileSource& source) : source_(source) {}
    [[nodiscard]] ByteView view(ByteRange range) override { return to_bytes(source_.fetch(range, buffer_)); }
    [[nodiscard]] unsigned depth() const override { return source_.wrongs_.depth; }
    [[nodiscard]] Access access() const override { return Access::Read; }

   private:
    HostileSource& source_;
    std::string buffer_;
  };

  std::string_view fetch(ByteRange range, std::string& buffer) {
    const std::uint64_t view = views_.fetch_add(1);
    if (view == wrongs_.throw_at_view) throw std::bad_alloc();
    if (view == wrongs_.truncate_at_view)
      length_ = std::min<std::uint64_t>(wrongs_.truncate_to, bytes_.size());
    range.end = std::min<std::uint64_t>(range.end, bytes_.size());
    if (range.empty()) return {};
    buffer = bytes_.substr(range.begin, range.size());
    const std::uint64_t length = length_;
    if (length < range.end) lose(range, length, buffer);
    if (wrongs_.error_at < range.end) {
      note_damage(wrongs_.error_at, hostile_error(Errc::Io, wrongs_.error_at));
      buffer.resize(
          std::min<std::uint64_t>(buffer.size(), wrongs_.error_at - std::min(wrongs_.error_at, range.begin)));
    }
    return buffer;
  }

  void lose(ByteRange range, std::uint64_t length, std::string& buffer) {
    const std::uint64_t kept = length - std::min(length, range.begin);
    if (wrongs_.loss == Loss::Zeros) {
      std::fill(buffer.begin() + static_cast<std::ptrdiff_t>(kept), buffer.end(), '\0');
    } else {
      note_damage(length, hostile_error(Errc::Truncated, length));
      buffer.resize(kept);
    }
  }

  const std::string bytes_;
  const Wrongs wrongs_;
  std::atomic<std::uint64_t> length_{UINT64_MAX};
  std::atomic<std::uint64_t> views_{0};
};

class HostileInput final : public ByteStream {
 public:
  struct Wrongs {
    std::uint64_t piece_max = UINT64_MAX;  ///< Reads return 1 to this many bytes.
    std::uint64_t error_at = UINT64_MAX;   ///< This byte cannot be read.
    std::uint64_t pause_every = 0;         ///< One in so many questions for input is answered with "not yet".
    std::uint64_t silent_from = UINT64_MAX;  ///< This byte never comes.
    std::uint64_t throw_at_read = UINT64_MAX;
  };

  HostileInput(std::string bytes, const Wrongs& wrongs) : bytes_(std::move(bytes)), wrongs_(wrongs) {}

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override {
    if (reads_++ == wrongs_.throw_at_read) throw std::bad_alloc();
    if (next_ >= wrongs_.error_at) return std::unexpected(hostile_error(Errc::Io, next_));
    const std::uint64_t end = std::min({wrongs_.error_at, wrongs_.silent_from, std::uint64_t{bytes_.size()}});
    const std::uint64_t piece = 1 + reads_ * 2654435761U % wrongs_.piece_max;
    const std::uint64_t got = std::min({piece, std::uint64_t{target.size()}, end - next_});
    if (got != 0) std::memcpy(target.data(), bytes_.data() + next_, got);
    next_ += got;
    return got;
  }

  [[nodiscard]] bool has_more_within(int) override {
    ++asked_;
    if (next_ >= wrongs_.silent_from) {
      silent_ = true;
      return false;
    }
    return wrongs_.pause_every == 0 || asked_ % wrongs_.pause_every != 0;
  }

  [[nodiscard]] const std::string& name() const override { return name_; }

  /// Somebody has asked for the byte that never comes.
  [[nodiscard]] bool is_silent() const { return silent_; }

 private:
  const std::string bytes_;
  const Wrongs wrongs_;
  const std::string name_ = "hostile";
  std::atomic<bool> silent_ = false;
  std::uint64_t next_ = 0;
  std::uint64_t reads_ = 0;
  std::uint64_t asked_ = 0;
};

}  // namespace folio::scan
