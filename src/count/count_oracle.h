// SPDX-License-Identifier: Apache-2.0
// For tests: the slow obvious wc, one mbrtowc at a time, with the classes of this machine's C library.
#pragma once

#include <clocale>
#include <cstddef>
#include <cstdint>
#include <cwchar>
#include <cwctype>

#include "folio/bytes.h"
#include "folio/count.h"

namespace folio::count_detail {

/// Puts the thread into C.UTF-8 while it lives; `ok()` is false where this machine has no such locale.
class Utf8Locale {
 public:
  Utf8Locale() : locale_{newlocale(LC_ALL_MASK, "C.UTF-8", nullptr)} {
    if (ok()) previous_ = uselocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale() {
    if (!ok()) return;
    uselocale(previous_);
    freelocale(locale_);
  }
  [[nodiscard]] bool ok() const { return locale_ != nullptr; }

 private:
  locale_t locale_;
  locale_t previous_ = nullptr;
};

inline bool is_no_break_space(wchar_t character) {
  return character == 0xA0 || character == 0x2007 || character == 0x202F || character == 0x2060;
}

class WcOracle {
 public:
  void add(wchar_t character) {
    ++counts_.characters;
    switch (character) {
      case L'\n':
        ++counts_.lines;
        [[fallthrough]];
      case L'\r':
      case L'\f':
        end_line();
        return separate();
      case L'\t':
        column_ += 8 - column_ % 8;
        return separate();
      case L' ':
        ++column_;
        return separate();
      case L'\v':
        return separate();
      default:
        break;
    }
    if (std::iswprint(static_cast<std::wint_t>(character)) == 0) return;
    if (const int width = wcwidth(character); width > 0) column_ += static_cast<std::uint64_t>(width);
    if (std::iswspace(static_cast<std::wint_t>(character)) != 0 || is_no_break_space(character))
      return separate();
    in_word_ = true;
  }

  [[nodiscard]] Counts finish(std::uint64_t bytes) {
    end_line();
    separate();
    counts_.bytes = bytes;
    return counts_;
  }

 private:
  void end_line() {
    if (column_ > counts_.longest_line) counts_.longest_line = column_;
    column_ = 0;
  }
  void separate() {
    if (in_word_) ++counts_.words;
    in_word_ = false;
  }

  Counts counts_;
  std::uint64_t column_ = 0;
  bool in_word_ = false;
};

/// REQUIRES: a Utf8Locale lives on this thread.
inline Counts oracle_counts(ByteView bytes) {
  const std::string_view text = to_text(bytes);
  WcOracle oracle;
  for (std::size_t at = 0; at < text.size();) {
    std::mbstate_t state{};
    wchar_t character = 0;
    const std::size_t size = std::mbrtowc(&character, text.data() + at, text.size() - at, &state);
    if (size == static_cast<std::size_t>(-2)) break;
    if (size == static_cast<std::size_t>(-1)) {
      ++at;
      continue;
    }
    oracle.add(character);
    at += size == 0 ? 1 : size;
  }
  return oracle.finish(bytes.size());
}

/// What of `counts` was asked for.
inline Counts only(CountFields fields, const Counts& counts) {
  const auto asked = [fields](CountField field, std::uint64_t count) {
    return fields.contains(field) ? count : 0;
  };
  return {.lines = asked(CountField::Lines, counts.lines),
          .words = asked(CountField::Words, counts.words),
          .characters = asked(CountField::Characters, counts.characters),
          .bytes = asked(CountField::Bytes, counts.bytes),
          .longest_line = asked(CountField::LongestLine, counts.longest_line)};
}

}  // namespace folio::count_detail
