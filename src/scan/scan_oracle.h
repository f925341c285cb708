// SPDX-License-Identifier: Apache-2.0
// Test support: the slow, obvious answer to "which records begin in this range", collectors for what a scan
// delivers, and files of given content.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "folio/file.h"
#include "folio/scan.h"
#include "scan/engine.h"

namespace folio::scan {

/// A file that is gone when the test ends.
class TempFile {
 public:
  explicit TempFile(std::string_view content) : path_(new_path()) { write(content); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  ~TempFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] File open() const {
    auto file = File::open(path_);
    EXPECT_TRUE(file) << file.error().message();
    return std::move(*file);
  }
  void write(std::string_view content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }
  void append(std::string_view content) const {
    std::ofstream(path_, std::ios::binary | std::ios::app)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
  }
  void resize(std::uint64_t size) const { std::filesystem::resize_file(path_, size); }

 private:
  static std::filesystem::path new_path() {
    std::random_device random;
    return std::filesystem::temp_directory_path() /
           ("folio_scan_test." + std::to_string(random()) + std::to_string(random()));
  }
  std::filesystem::path path_;
};

/// All records of `content`, in order.
inline std::vector<ByteRange> all_records(std::string_view content, const Records& records) {
  std::vector<ByteRange> found;
  std::uint64_t begin = 0;
  for (std::uint64_t next = 1; next <= content.size(); ++next) {
    const bool ends = records.kind == Records::Kind::None ||
                      (records.kind == Records::Kind::Fixed && next % records.size == 0) ||
                      (records.kind == Records::Kind::Delimited &&
                       static_cast<std::byte>(content[next - 1]) == records.delimiter) ||
                      next == content.size();
    if (!ends) continue;
    found.push_back({begin, next});
    begin = next;
  }
  return found;
}

/// The records that begin in `range`.
inline std::vector<ByteRange> records_in(std::string_view content, const Records& records, ByteRange range) {
  if (records.kind == Records::Kind::Whole) {
    const ByteRange whole = intersect(range, {0, content.size()});
    return whole.empty() ? std::vector<ByteRange>{} : std::vector{whole};
  }
  auto found = all_records(content, records);
  std::erase_if(found,
                [&](ByteRange record) { return record.begin < range.begin || record.begin >= range.end; });
  return found;
}

inline std::string text_of(std::string_view content, const std::vector<ByteRange>& records) {
  std::string text;
  for (const ByteRange record : records) text += content.substr(record.begin, record.size());
  return text;
}

/// What a scan handed on, in the order in which it did.
struct Delivered {
  std::string text;
  std::vector<ByteRange> chunks;   // of each block
  std::vector<ByteRange> sources;  // as emit was told
};

struct TextBlock {
  std::string text;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  void clear() {
    text.clear();
    begin = end = 0;
  }
};

inline void take_chunk(const Chunk& chunk, TextBlock& block) {
  block.text.assign(to_text(chunk.bytes));
  block.begin = chunk.offset;
  block.end = chunk.offset + chunk.bytes.size();
}

inline Flow take_block(Delivered& delivered, const TextBlock& block, ByteRange source) {
  delivered.text += block.text;
  if (!block.text.empty()) delivered.chunks.push_back({block.begin, block.end});
  delivered.sources.push_back(source);
  return Flow::Continue;
}

inline Result<ScanReport> collect(ScanInput input, const ScanOptions& options, Delivered& delivered) {
  return scan_ordered<TextBlock>(
      input, options, [](const Chunk& chunk, TextBlock& block, ChunkTurn&) { take_chunk(chunk, block); },
      [&](const TextBlock& block, ByteRange source) { return take_block(delivered, block, source); });
}

/// The same without a file: straight through the engine.
inline EngineResult collect(ChunkSupply& supply, const EngineOptions& options, Delivered& delivered) {
  std::vector<TextBlock> blocks;
  scan_detail::Handlers handlers;
  handlers.prepare = [&](std::size_t slots) { blocks.resize(slots); };
  handlers.process = [&](const Chunk& chunk, std::size_t slot, ChunkTurn&) {
    take_chunk(chunk, blocks[slot]);
  };
  handlers.emit = [&](std::size_t slot, ByteRange source) {
    return take_block(delivered, blocks[slot], source);
  };
  return Engine(supply, options, handlers).run();
}

/// Each record once, whole, in order: the blocks end where records end, and together are the oracle's text.
inline std::string differs(const Delivered& delivered, std::string_view content,
                           const std::vector<ByteRange>& records) {
  if (delivered.text != text_of(content, records)) return "the text differs";
  auto record = records.begin();
  for (const ByteRange chunk : delivered.chunks) {
    if (record == records.end() || record->begin != chunk.begin)
      return "a chunk does not begin with a record";
    while (record != records.end() && record->end < chunk.end) ++record;
    if (record == records.end() || record->end != chunk.end) return "a chunk does not end with a record";
    ++record;
  }
  return record == records.end() ? "" : "records are missing";
}

inline std::string describe(const ScanReport& report) {
  return "covered " + std::to_string(report.covered.begin) + ":" + std::to_string(report.covered.end) + ", " +
         (report.problem ? report.problem->message() : "no problem");
}

}  // namespace folio::scan
