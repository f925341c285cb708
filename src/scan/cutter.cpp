// SPDX-License-Identifier: Apache-2.0
#include "scan/cutter.h"

#include <algorithm>

#include "simd/find_byte.h"

namespace folio::scan {

namespace {

// Most records end within a page of their cell; one page behind the cell saves a second fetch for them.
constexpr std::uint64_t kMargin = 4096;

std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  const std::uint64_t rest = value % multiple;
  return rest == 0 ? value : value + (multiple - rest);
}

Fetched completeness(ByteView bytes, ByteRange wanted) {
  return bytes.size() < wanted.size() ? Fetched::CutShort : Fetched::Whole;
}

Cut cut_anywhere(Reader& reader, ByteRange cell) {
  const ByteView bytes = reader.view(cell);
  return {bytes, cell.begin, completeness(bytes, cell)};
}

// What is mapped needs no memory of ours; what is read has to fit the limit.
Cut cut_whole(Source& source, Reader& reader, ByteRange cell, std::uint64_t limit) {
  if (cell.size() <= limit || reader.access() == Access::Map) return cut_anywhere(reader, cell);
  source.note_damage(cell.begin, record_too_long(limit));
  return {{}, cell.begin, Fetched::CutShort};
}

Cut cut_fixed(Reader& reader, ByteRange cell, std::uint64_t record, std::uint64_t size) {
  const std::uint64_t begin = std::min(round_up(cell.begin, record), size);
  const std::uint64_t end = std::min(round_up(cell.end, record), size);
  if (begin >= std::min(cell.end, end)) return {{}, std::min(begin, cell.end)};
  const ByteView bytes = reader.view({begin, end});
  return {bytes, begin, completeness(bytes, {begin, end})};
}

// One delimited cell in the making: a window on the file that grows until the last record's end is inside.
class DelimitedCut {
 public:
  DelimitedCut(Source& source, Reader& reader, ByteRange cell, const CutRules& rules)
      : source_(source),
        reader_(reader),
        cell_(cell),
        rules_(rules),
        window_(window_of(cell, rules, source.size())) {
    bytes_ = reader_.view(window_);
  }

  Cut cut() {
    const std::uint64_t begin = first_record();
    if (begin >= cell_.end) return none_begins();
    const std::uint64_t end = last_record_end(begin);
    if (end <= begin) return {{}, begin, state_};
    return {part({begin, end}), begin, state_};
  }

 private:
  [[nodiscard]] std::uint64_t fetched_end() const { return window_.begin + bytes_.size(); }

  [[nodiscard]] ByteView part(ByteRange range) const {
    const ByteRange inside = intersect(range, {window_.begin, fetched_end()});
    return bytes_.subspan(inside.begin - window_.begin, inside.size());
  }

  // Offset behind the first delimiter of `range`; range.end + 1 where there is none.
  [[nodiscard]] std::uint64_t behind_delimiter(ByteRange range) const {
    const ByteView bytes = part(range);
    const std::size_t found = simd::find_byte(bytes, rules_.records.delimiter);
    return found == bytes.size() ? range.end + 1 : range.begin + found + 1;
  }

  [[nodiscard]] std::uint64_t first_record() const {
    if (cell_.begin <= rules_.origin) return cell_.begin;
    return behind_delimiter({cell_.begin - 1, cell_.end - 1});
  }

  // A record from before reaches through the whole cell, or through what could be fetched of it.
  [[nodiscard]] Cut none_begins() const {
    if (fetched_end() + 1 >= cell_.end) return {{}, cell_.end};
    return {{}, std::max(fetched_end(), cell_.begin), Fetched::CutShort};
  }

  // Start of the record that reaches over the end of the cell.
  [[nodiscard]] std::uint64_t last_record_begin(std::uint64_t first) const {
    const ByteView bytes = part({first, cell_.end - 1});
    const std::size_t found = simd::find_last_byte(bytes, rules_.records.delimiter);
    return found == bytes.size() ? first : first + found + 1;
  }

  std::uint64_t last_record_end(std::uint64_t first) {
    std::uint64_t searched = cell_.end - 1;
    for (;;) {
      const std::uint64_t known = std::max(fetched_end(), first);
      const std::uint64_t end = behind_delimiter({searched, std::max(searched, known)});
      if (end <= known) return within_limit(first, end);
      // A truncated mapping reads as zeros behind the end of its file: no record ends there.
      const std::uint64_t valid = std::clamp(source_.valid_end(), first, known);
      const std::uint64_t kept = within_limit(first, valid);
      if (kept != valid) return kept;
      if (valid < known || known < window_.end) {
        state_ = Fetched::CutShort;
        return valid;
      }
      if (known >= source_.size()) return known;
      searched = std::max(searched, known);
      window_.end = std::min(source_.size(), known + std::max<std::uint64_t>(bytes_.size(), kMargin));
      bytes_ = reader_.view(window_);
    }
  }

  // `end`, or the begin of the last record where that record is too long.
  std::uint64_t within_limit(std::uint64_t first, std::uint64_t end) {
    if (end - first <= rules_.record_size_max) return end;
    const std::uint64_t begin = last_record_begin(first);
    if (end - begin <= rules_.record_size_max) return end;
    source_.note_damage(begin, record_too_long(rules_.record_size_max));
    state_ = Fetched::CutShort;
    return begin;
  }

  Source& source_;
  Reader& reader_;
  ByteRange cell_;
  const CutRules& rules_;
  ByteRange window_;
  ByteView bytes_;
  Fetched state_ = Fetched::Whole;
};

}  // namespace

Error record_too_long(std::uint64_t limit) {
  return {.code = Errc::RecordTooLong,
          .system_errno = 0,
          .path = {},
          .offset = std::nullopt,
          .detail = "a record is longer than the limit of " + std::to_string(limit) + " bytes"};
}

ByteRange window_of(ByteRange cell, const CutRules& rules, std::uint64_t size) {
  switch (rules.records.kind) {
    case Records::Kind::None:
    case Records::Kind::Whole:
      return cell;
    case Records::Kind::Fixed: {
      const std::uint64_t begin = std::min(round_up(cell.begin, rules.records.size), size);
      return {begin, std::max(begin, std::min(round_up(cell.end, rules.records.size), size))};
    }
    case Records::Kind::Delimited:
      break;
  }
  // The byte before the cell tells whether a record begins at its first byte.
  return {cell.begin <= rules.origin ? cell.begin : cell.begin - 1, std::min(size, cell.end + kMargin)};
}

Cut cut_chunk(Source& source, Reader& reader, ByteRange cell, const CutRules& rules) {
  if (cell.empty()) return {{}, cell.begin};
  switch (rules.records.kind) {
    case Records::Kind::None:
      return cut_anywhere(reader, cell);
    case Records::Kind::Whole:
      return cut_whole(source, reader, cell, rules.record_size_max);
    case Records::Kind::Fixed:
      return cut_fixed(reader, cell, rules.records.size, source.size());
    case Records::Kind::Delimited:
      break;
  }
  return DelimitedCut(source, reader, cell, rules).cut();
}

}  // namespace folio::scan
