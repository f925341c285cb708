// SPDX-License-Identifier: Apache-2.0
#include "scan/file_sources.h"

#include <optional>
#include <utility>

#include "core/try.h"
#include "folio/mapping.h"
#include "os/uring.h"
#include "scan/file_source.h"
#include "scan/plan.h"
#include "scan/probe.h"
#include "scan/read_reader.h"
#include "scan/uring_reader.h"

namespace folio::scan {

namespace {

class ReadSource final : public FileSource {
 public:
  using FileSource::FileSource;
  [[nodiscard]] std::unique_ptr<Reader> open_reader() override {
    return std::make_unique<ReadReader>(*this, file(), Access::Read);
  }
};

// Advice costs a system call; below this it gains nothing.
constexpr std::uint64_t kHugeAdviceMin = 256ULL << 10;
// Registered buffers are pinned memory, several for each worker: larger chunks are read one at a time.
constexpr std::uint64_t kQueuedChunkMax = 4U << 20;

// io_uring, through the page cache or past it.
class UringSource final : public FileSource {
 public:
  UringSource(const File& file, Access access, std::uint64_t chunk_size, std::optional<File> direct)
      : FileSource(file), access_(access), chunk_size_(chunk_size), direct_(std::move(direct)) {}

  [[nodiscard]] std::unique_ptr<Reader> open_reader() override {
    const File& through = direct_ ? *direct_ : file();
    if (chunk_size_ <= kQueuedChunkMax && os::uring_is_available()) {
      if (auto reader = UringReader::create(*this, through, access_, chunk_size_)) return std::move(*reader);
    }
    return std::make_unique<ReadReader>(*this, through, access_);
  }

 private:
  Access access_;
  std::uint64_t chunk_size_;
  std::optional<File> direct_;
};

// Up to here a copy costs less than the mapping and its faults, however often it is looked at.
constexpr std::uint64_t kCopyKeptMax = 128ULL << 10;

class MapReader final : public Reader {
 public:
  explicit MapReader(const Mapping& mapping) : mapping_(mapping) {}

  [[nodiscard]] ByteView view(ByteRange range) override {
    const ByteRange inside =
        intersect(range, {mapping_.file_offset(), mapping_.file_offset() + mapping_.size()});
    return mapping_.bytes().subspan(inside.begin - mapping_.file_offset(), inside.size());
  }
  [[nodiscard]] Access access() const override { return Access::Map; }

 private:
  const Mapping& mapping_;
};

class MapSource : public FileSource {
 public:
  MapSource(const File& file, Mapping mapping) : FileSource(file), mapping_(std::move(mapping)) {}

  [[nodiscard]] std::unique_ptr<Reader> open_reader() override {
    return std::make_unique<MapReader>(mapping_);
  }

  [[nodiscard]] std::uint64_t noted_end() override {
    const MappingStatus status = mapping_.status();
    if (!status.ok()) note_damage(mapping_.file_offset() + status.valid_size, *mapping_.fault_error());
    return FileSource::noted_end();
  }

 protected:
  [[nodiscard]] const Mapping& mapping() const { return mapping_; }

 private:
  Mapping mapping_;
};

// Mapped and read, whichever is cheaper: each reader finds out for itself. A record that outgrows a buffer is
// mapped in any case, so that memory stays bounded.
class ProbingSource final : public MapSource {
 public:
  ProbingSource(const File& file, Mapping mapping, const ProbeRules& rules)
      : MapSource(file, std::move(mapping)), rules_(rules) {}

  [[nodiscard]] std::unique_ptr<Reader> open_reader() override;
  [[nodiscard]] const ProbeRules& rules() const { return rules_; }

 private:
  ProbeRules rules_;
};

class ProbingReader final : public Reader {
 public:
  ProbingReader(ProbingSource& source, const Mapping& mapping)
      : probe_(source.rules()), mapped_(mapping), read_(source, source.file(), Access::Read) {}

  // A view with another begin is another chunk; one with the same begin is fetched as it was before.
  [[nodiscard]] ByteView view(ByteRange range) override {
    if (range.begin != begin_) {
      begin_ = range.begin;
      chosen_ = probe_.begin_chunk();
    }
    const bool is_read = chosen_ == Access::Read && range.size() <= kReadViewMax;
    const ByteView bytes = is_read ? read_.view(range) : mapped_.view(range);
    probe_.fetched(bytes.size());
    return bytes;
  }
  [[nodiscard]] Access access() const override { return chosen_; }

 private:
  static constexpr std::uint64_t kReadViewMax = 8ULL << 20;

  Probe probe_;
  MapReader mapped_;
  ReadReader read_;
  std::uint64_t begin_ = UINT64_MAX;
  Access chosen_ = Access::Map;
};

std::unique_ptr<Reader> ProbingSource::open_reader() {
  return std::make_unique<ProbingReader>(*this, mapping());
}

// The bytes of a small file, read once.
class CopySource final : public FileSource {
 public:
  CopySource(const File& file, std::vector<std::byte> bytes) : FileSource(file), bytes_(std::move(bytes)) {}

  [[nodiscard]] std::unique_ptr<Reader> open_reader() override {
    return std::make_unique<CopyReader>(bytes_);
  }

 private:
  class CopyReader final : public Reader {
   public:
    explicit CopyReader(ByteView bytes) : bytes_(bytes) {}
    [[nodiscard]] ByteView view(ByteRange range) override {
      const ByteRange inside = intersect(range, {0, bytes_.size()});
      return bytes_.subspan(inside.begin, inside.size());
    }
    [[nodiscard]] Access access() const override { return Access::Read; }

   private:
    ByteView bytes_;
  };

  std::vector<std::byte> bytes_;
};

Result<std::unique_ptr<Source>> open_copy(const File& file) {
  std::vector<std::byte> bytes(file.size());
  const std::size_t got = FOLIO_TRY(file.read_at(0, bytes));
  if (got < file.size()) return std::unexpected(os::truncation_error(file, got));
  return std::make_unique<CopySource>(file, std::move(bytes));
}

Result<std::unique_ptr<Source>> open_mapped(const File& file, const SourceRequest& request) {
  // A cold file is read 2 MiB at a time by the first fault, if that is asked for.
  const bool reads_ahead = file.size() - request.begin >= kHugeAdviceMin;
  auto mapping = FOLIO_TRY(Mapping::map(
      file, {.offset = request.begin, .huge_pages = reads_ahead ? HugePages::Always : HugePages::Auto}));
  if (request.probes) {
    return std::make_unique<ProbingSource>(file, std::move(mapping), request.probe);
  }
  return std::make_unique<MapSource>(file, std::move(mapping));
}

// Reads, but maps what is longer than a buffer should be. Where mapping is not possible, buffers grow with
// the records.
std::unique_ptr<Source> open_read(const File& file, const SourceRequest& request) {
  if (request.long_records == LongRecords::Mapped) {
    if (auto mapping = Mapping::map(file, {.offset = request.begin})) {
      return std::make_unique<ProbingSource>(file, std::move(*mapping), ProbeRules{.only = Access::Read});
    }
  }
  return std::make_unique<ReadSource>(file);
}

Result<File> reopen_direct(const File& file) {
  return File::open("/proc/self/fd/" + std::to_string(file.descriptor()), {.caching = Caching::Direct});
}

Result<std::unique_ptr<Source>> open_direct(const File& file, const SourceRequest& request) {
  auto direct = FOLIO_TRY(reopen_direct(file));
  // Some file systems accept the flag at open and refuse the first read.
  auto probe = FOLIO_TRY(os::AlignedBuffer::allocate(kDirectAlignment));
  static_cast<void>(FOLIO_TRY(direct.read_at(0, {probe.data(), probe.size()})));
  return std::make_unique<UringSource>(file, Access::Direct, request.chunk_size, std::move(direct));
}

Result<std::unique_ptr<Source>> open_uring(const File& file, const SourceRequest& request) {
  if (!os::uring_is_available()) {
    return std::unexpected(Error{.code = Errc::Unsupported,
                                 .system_errno = 0,
                                 .path = {},
                                 .offset = std::nullopt,
                                 .detail = "io_uring is missing or forbidden here"});
  }
  return std::make_unique<UringSource>(file, Access::Uring, request.chunk_size, std::nullopt);
}

Result<std::unique_ptr<Source>> open_as(const File& file, const SourceRequest& request) {
  switch (request.access) {
    case Access::Map:
      return open_mapped(file, request);
    case Access::Direct:
      return open_direct(file, request);
    case Access::Uring:
      return open_uring(file, request);
    case Access::Auto:
    case Access::Stream:
    case Access::Read:
      break;
  }
  return open_read(file, request);
}

}  // namespace

Result<std::unique_ptr<Source>> open_to_keep(const File& file) {
  if (file.size() < kCopyKeptMax) return open_copy(file);
  return open_mapped(file, {.access = Access::Map});
}

Result<OpenedSource> open_source(const File& file, const SourceRequest& request) {
  auto source = open_as(file, request);
  if (source) {
    std::vector<std::string> notes;
    if (request.access == Access::Direct && !os::uring_is_available()) {
      notes.emplace_back("io_uring is missing or forbidden here: direct reads are made one at a time");
    }
    return OpenedSource{std::move(*source), request.access, std::move(notes)};
  }
  OpenedSource fallback{std::make_unique<ReadSource>(file), Access::Read, {}};
  fallback.notes.push_back(std::string{access_name(request.access)} + " is not possible (" +
                           source.error().message() + "): read is used instead");
  return fallback;
}

}  // namespace folio::scan
