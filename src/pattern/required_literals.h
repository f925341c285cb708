// SPDX-License-Identifier: Apache-2.0
// The literals of which every match of a syntax tree contains one.
//
// Ownership: values; the extractor refers to the sample. Threads: one per extractor. Errors: none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pattern/byte_sample.h"
#include "pattern/syntax.h"

namespace folio::pattern {

/// Bytes; with kFoldUnit a letter in lower case that stands for both cases.
using Units = std::u16string;
inline constexpr char16_t kFoldUnit = 0x100;
using UnitSet = std::vector<Units>;

/// Strings of a product or of spellings: more are not made.
inline constexpr std::size_t kRequiredStringsMax = 64;

[[nodiscard]] constexpr bool is_ascii_letter(char32_t code) {
  return (code | 0x20U) >= 'a' && (code | 0x20U) <= 'z' && code < 0x80;
}

struct LiteralInfo {
  bool exact = true;  ///< `prefix` is all that the node matches, in order of preference.
  UnitSet prefix;     ///< Every match begins with one of these.
  UnitSet end;        ///< Every match ends with one of these; unused where exact.
  struct Inner {
    UnitSet set;
    double share = 1;
  };
  std::optional<Inner> inner;  ///< Every match contains one of these.

  [[nodiscard]] const UnitSet& suffix() const { return exact ? prefix : end; }
};

class LiteralExtractor {
 public:
  /// What to do with letters that match a code point beyond ASCII when case is ignored: k, s.
  enum class Variants : std::uint8_t {
    Expand,  ///< A string for each.
    Cut,     ///< The literal ends before them.
  };

  LiteralExtractor(Variants variants, const ByteSample* sample) : variants_{variants}, sample_{sample} {}

  [[nodiscard]] LiteralInfo extract(const Node& node);

  /// The most selective set that every match contains one of, perhaps of an empty string.
  [[nodiscard]] LiteralInfo::Inner best_of(LiteralInfo info);

 private:
  [[nodiscard]] LiteralInfo of_class(const Node& node) const;
  [[nodiscard]] LiteralInfo of_bytes(const Node& node) const;
  [[nodiscard]] LiteralInfo of_concat(const Node& node);
  [[nodiscard]] LiteralInfo of_alternate(const Node& node);
  [[nodiscard]] LiteralInfo of_repeat(const Node& node);
  [[nodiscard]] LiteralInfo joined(LiteralInfo left, LiteralInfo right);
  [[nodiscard]] double share_of(const UnitSet& set);
  [[nodiscard]] double share_in_sample(const UnitSet& set) const;
  void improve(std::optional<LiteralInfo::Inner>& best, UnitSet set);

  Variants variants_;
  const ByteSample* sample_;
  ByteHistogram no_histogram_;
  unsigned samples_left_ = 32;  // sets that may yet be looked for in the sample
};

/// The set as byte strings.
struct PlainLiterals {
  std::vector<std::string> literals;
  CaseFolding folding = CaseFolding::None;
  bool same = true;  ///< Otherwise they match more than the set.
};
[[nodiscard]] PlainLiterals plain(const UnitSet& set);

}  // namespace folio::pattern
