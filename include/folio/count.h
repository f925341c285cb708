// SPDX-License-Identifier: Apache-2.0
// Counts lines, words, characters and bytes and finds the longest line: the numbers of GNU wc 9.1 in the
// locale C.UTF-8.
//
// A file may be cut anywhere, inside a word or a character too: the parts are counted apart and merged.
// Ownership: plain values. Threads: different CountPartials may be filled at once. Errors: counting cannot
// fail.
//
// What is counted:
// - A line is a newline byte. A last line without one is not counted (but measured).
// - A character is a UTF-8 sequence as glibc accepts it: no overlong forms and no surrogates, but values
// above Unicode in
//   up to six bytes. Every other byte counts as a byte only; so does a sequence cut by the end of the file.
// - A word is a stretch without separators that holds a printable character. Separators are space, \t \n \v
// \f \r, all
//   printable white space, and the no-break spaces U+00A0, U+2007, U+202F, U+2060 (as wc without
//   POSIXLY_CORRECT).
// - The longest line is measured in columns: wide characters have two, combining and control characters none,
// tabs go
//   to the next multiple of 8. \r and \f end a line here, too.
// Printable, white and wide are what glibc 2.36 (Unicode 15) says; another glibc may know other characters.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/scan.h"

namespace folio {

enum class CountField : std::uint8_t { Lines = 1, Words = 2, Characters = 4, Bytes = 8, LongestLine = 16 };

/// A set of fields. Only what is asked for is computed; lines or bytes alone are much cheaper than the
/// others.
class CountFields {
 public:
  constexpr CountFields() = default;
  constexpr CountFields(std::initializer_list<CountField> fields) {
    for (const CountField field : fields) add(field);
  }

  /// Lines, words and bytes: what wc prints when it is not told.
  [[nodiscard]] static constexpr CountFields usual() {
    return {CountField::Lines, CountField::Words, CountField::Bytes};
  }
  [[nodiscard]] static constexpr CountFields all() {
    return {CountField::Lines, CountField::Words, CountField::Characters, CountField::Bytes,
            CountField::LongestLine};
  }

  constexpr void add(CountField field) { bits_ |= static_cast<std::uint8_t>(field); }
  constexpr void add(CountFields fields) { bits_ |= fields.bits_; }
  [[nodiscard]] constexpr bool contains(CountField field) const {
    return (bits_ & static_cast<std::uint8_t>(field)) != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(const CountFields&, const CountFields&) = default;

 private:
  std::uint8_t bits_ = 0;
};

/// The answers. Fields that were not asked for are 0.
struct Counts {
  std::uint64_t lines = 0;
  std::uint64_t words = 0;
  std::uint64_t characters = 0;
  std::uint64_t bytes = 0;
  std::uint64_t longest_line = 0;

  friend bool operator==(const Counts&, const Counts&) = default;
};

namespace count_detail {

/// How a stretch of one line moves the column: by `before_tab`, then, if it has a tab, to the next tab stop
/// and by `rest`. The stretch may begin at any column.
struct LineStretch {
  std::uint64_t before_tab = 0;
  std::uint64_t rest = 0;
  bool has_tab = false;

  [[nodiscard]] std::uint64_t apply(std::uint64_t column) const;
  void append(const LineStretch& next);
};

/// Which kind of character a stretch of text begins or ends with, neutral ones left out.
enum class WordEdge : std::uint8_t { None, Word, Separator };

/// A stretch of text of whole characters.
struct Text {
  std::uint64_t lines = 0;
  std::uint64_t characters = 0;
  std::uint64_t words = 0;  ///< Words that begin in it if none is under way before it.
  WordEdge first = WordEdge::None;
  WordEdge last = WordEdge::None;
  bool has_line_end = false;
  LineStretch first_line;       ///< Up to the first line end, or all.
  std::uint64_t longest = 0;    ///< Of the lines between the first end and the last.
  std::uint64_t last_line = 0;  ///< Behind the last end.

  void append(const Text& next);
};

/// Bytes of a character that is cut by the edge of a part.
struct CutCharacter {
  std::array<std::byte, 5> bytes{};
  std::uint8_t size = 0;

  /// Appends as much as fits.
  void append(ByteView more);
  [[nodiscard]] ByteView view() const { return ByteView{bytes}.first(size); }
};

}  // namespace count_detail

/// The counts of one part of a file, ready to be joined with those of its neighbours. Default: the empty
/// part.
class CountPartial {
 public:
  /// Appends the part that comes right after this one. Associative; the empty part changes nothing.
  /// REQUIRES: both were counted with the same fields.
  void merge(CountPartial&& next);

  /// The counts as if the file were this part.
  [[nodiscard]] Counts counts() const;

 private:
  friend void count_chunk(CountPartial& partial, ByteView chunk, CountFields fields);
  void finish_cut_character(const CountPartial& next);

  // In file order: `head` are continuation bytes that may end a character of the part before, `text` is
  // whole, `tail` begins a character that the part after may end. A part of nothing but continuation bytes is
  // all head.
  CountFields fields_;
  bool is_all_head_ = true;
  count_detail::CutCharacter head_;
  count_detail::CutCharacter tail_;
  count_detail::Text text_;
  std::uint64_t bytes_ = 0;
};

/// Appends `chunk` to `partial`.
void count_chunk(CountPartial& partial, ByteView chunk, CountFields fields);

/// Counts `file` on all cores. The bytes alone of a regular file are its size, and are not read.
/// The counts are right for `report.covered`. The `records` of the options are not used.
[[nodiscard]] Result<Reduced<Counts>> count_file(const File& file, CountFields fields,
                                                 ScanOptions options = {});

}  // namespace folio
