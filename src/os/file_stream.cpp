// SPDX-License-Identifier: Apache-2.0
#include "os/file_stream.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/try.h"
#include "os/poll.h"

namespace folio::os {

namespace {

constexpr int kLooksMax = 3;
constexpr std::chrono::milliseconds kLookPause{1};

class PositionStream final : public ByteStream {
 public:
  explicit PositionStream(const File& file) : file_(file) {}
  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override { return file_.read_next(target); }
  [[nodiscard]] bool has_more_within(int timeout_ms) override {
    return is_readable_within(file_.descriptor(), timeout_ms);
  }
  [[nodiscard]] const std::string& name() const override { return file_.path(); }

 private:
  const File& file_;
};

class OffsetStream final : public ByteStream {
 public:
  OffsetStream(const File& file, std::uint64_t begin) : file_(file), next_(begin) {}

  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override {
    const std::uint64_t left = file_.size() - std::min(next_, file_.size());
    const std::size_t wanted = std::min<std::uint64_t>(target.size(), left);
    if (wanted == 0) return 0;
    const std::size_t got = FOLIO_TRY(file_.read_at(next_, target.first(wanted)));
    if (got == 0) return std::unexpected(truncation_error(file_, next_));
    next_ += got;
    return got;
  }
  [[nodiscard]] bool has_more_within(int) override { return true; }
  [[nodiscard]] const std::string& name() const override { return file_.path(); }

 private:
  const File& file_;
  std::uint64_t next_;
};

}  // namespace

bool has_trusted_size(const File& file) {
  return file.is_seekable() && file.file_system() != FileSystemKind::Pseudo && file.size() != 0;
}

Error truncation_error(const File& file, std::uint64_t offset) {
  return {.code = Errc::Truncated,
          .system_errno = 0,
          .path = file.path(),
          .offset = offset,
          .detail = "became shorter while it was read"};
}

Result<FileChange> settled_change(const File& file) {
  auto change = file.revalidate();
  for (int look = 0; look < kLooksMax && change && *change == FileChange::Rewritten; ++look) {
    std::this_thread::sleep_for(kLookPause);
    change = file.revalidate();
  }
  return change;
}

std::unique_ptr<ByteStream> stream_of(const File& file, std::uint64_t begin) {
  if (has_trusted_size(file)) return std::make_unique<OffsetStream>(file, begin);
  return std::make_unique<PositionStream>(file);
}

}  // namespace folio::os
