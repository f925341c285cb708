// SPDX-License-Identifier: Apache-2.0
// A pattern prepared for searching: literals, or regular expressions that take linear time.
//
// Ownership: a Pattern copies what it was made from; copies of it share one immutable state. Threads: any
// number of threads may use one Pattern. Errors: Result<T>; a pattern that is not valid is
// Errc::InvalidArgument with a sentence that names the position. What a pattern matches is decided record by
// record (lines, or what ends with another terminator), so that a match never holds a terminator, unless it
// was made for Reach::AcrossRecords.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"

namespace folio {

enum class LetterCase : std::uint8_t {
  Exact,
  IgnoreAscii,  ///< A to Z match a to z; bytes above 0x7F match only themselves. For Pattern::literal().
  Ignore,       ///< Unicode's simple case folding.
  Smart,        ///< Ignore where a pattern has letters and none of them is in upper case, else Exact.
};

enum class PatternSyntax : std::uint8_t {
  Literal,  ///< The bytes themselves.
  Regex,    ///< The dialect of Rust's regex crate, in linear time (RE2).
  Perl,     ///< PCRE2, with a limit on the steps that one record may take.
};

enum class Boundaries : std::uint8_t {
  None,
  Word,    ///< No word character directly before or behind a match.
  Record,  ///< A match is a whole record.
};

enum class Reach : std::uint8_t {
  Record,         ///< A match lies in one record.
  AcrossRecords,  ///< A match may span several. The input is searched as one piece.
};

enum class Alphabet : std::uint8_t {
  Unicode,  ///< Characters are code points in UTF-8; \w, \d, \s and \b are Unicode's.
  Ascii,    ///< \w, \d, \s and \b know ASCII only.
};

enum class DotMatches : std::uint8_t { AllButNewline, Everything };

/// How a record ends, beside its terminator.
enum class CarriageReturn : std::uint8_t {
  Data,     ///< '\r' is a byte like others.
  LineEnd,  ///< A '\r' before the terminator belongs to it.
};

enum class SearchAlgorithm : std::uint8_t {
  Auto,        ///< SIMD with a linear-time fallback.
  BoyerMoore,  ///< The textbook algorithm with both shift rules and Galil's rule. One literal only.
  Naive,       ///< The obvious loop, quadratic in the worst case; for comparison. One literal only.
};

struct PatternOptions {
  LetterCase letter_case = LetterCase::Exact;
  SearchAlgorithm algorithm = SearchAlgorithm::Auto;
  PatternSyntax syntax = PatternSyntax::Literal;
  Boundaries boundaries = Boundaries::None;
  Reach reach = Reach::Record;
  Alphabet alphabet = Alphabet::Unicode;
  DotMatches dot = DotMatches::AllButNewline;
  CarriageReturn carriage_return = CarriageReturn::Data;
  std::byte terminator{'\n'};  ///< Of records.
};

/// A pattern prepared for searching.
class Pattern {
 public:
  /// One literal of any bytes, except the terminator: no record contains one.
  [[nodiscard]] static Result<Pattern> literal(ByteView needle, const PatternOptions& options = {});
  /// The same, with probe bytes chosen by the byte frequencies of `sample`, the file to be searched.
  [[nodiscard]] static Result<Pattern> literal_for(const File& sample, ByteView needle,
                                                   const PatternOptions& options = {});
  /// Any number of patterns, of which one has to match; none at all match nothing.
  [[nodiscard]] static Result<Pattern> compile(std::span<const std::string> patterns,
                                               const PatternOptions& options);

  /// The same pattern, looking for the bytes that are rare in `sample`. Small files are not worth it: they
  /// give the pattern itself.
  [[nodiscard]] Pattern tuned_for(const File& sample) const;

  /// Offset of the first match at or after `from`; nothing where there is none. `bytes` is one record.
  [[nodiscard]] std::optional<std::size_t> find(ByteView bytes, std::size_t from = 0) const;
  [[nodiscard]] const PatternOptions& options() const;
  /// Whether the input has to be searched as one piece.
  [[nodiscard]] Reach reach() const;
  /// One sentence: the algorithms and why they look where they look.
  [[nodiscard]] std::string explain() const;

  struct State;
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  explicit Pattern(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace folio
