// SPDX-License-Identifier: Apache-2.0
// Prints trees for RE2. Characters go out as \x{...}, so that nothing needs a look at RE2's own syntax.
#include "pattern/re2_text.h"

#include <algorithm>

#include "pattern/beside.h"
#include "pattern/code_set.h"
#include "pattern/look.h"
#include "pattern/utf8_ranges.h"

namespace folio::pattern {
namespace {

constexpr std::uint32_t kRe2RepeatMax = 1000;

template <class Accepts>
bool any_node(const Node& node, Accepts accepts) {
  return accepts(node) ||
         std::ranges::any_of(node.parts, [&](const NodePtr& part) { return any_node(*part, accepts); });
}

bool is_droppable(Assertion assertion) {
  return is_unicode_word_assertion(assertion) || assertion > Assertion::NotAsciiWordBoundary ||
         assertion == Assertion::CrlfLineBegin || assertion == Assertion::CrlfLineEnd;
}

struct Around {
  Beside before;
  Beside behind;
};

class Printer {
 public:
  Printer(const Node& root, WordAssertions words)
      : words_{words},
        texts_{has_unicode_boundary(root) ? Texts::Ascii : Texts::All},
        in_bytes_{needs_bytes(root)} {}

  std::optional<std::string> print(const Node& root) {
    // RE2 20220601 looks for a literal at the front by its UTF-8 in Latin-1 mode too; this hides the literal.
    if (in_bytes_) out_ += "(?:(?m:^)|)";
    print(root, {kBesideUnknown, kBesideUnknown});
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void print(const Node& node, Around around) {
    switch (node.kind) {
      case Node::Kind::Empty:
        out_ += "(?:)";
        break;
      case Node::Kind::Class:
        print_class(node.codes);
        break;
      case Node::Kind::Bytes:
        print_set(code_set(node.bytes));
        break;
      case Node::Kind::Concat:
        print_concat(node, around);
        break;
      case Node::Kind::Alternate:
        print_alternate(node, around);
        break;
      case Node::Kind::Repeat:
        print_repeat(node, around);
        break;
      case Node::Kind::Capture:
        out_ += '(';
        print(*node.parts.front(), around);
        out_ += ')';
        break;
      case Node::Kind::Assertion:
        print_assertion(node.assertion, around);
        break;
    }
  }

  void print_concat(const Node& node, Around around) {
    std::vector<Beside> behind(node.parts.size() + 1, around.behind);
    for (std::size_t i = node.parts.size(); i-- > 0;) {
      behind[i] = beside(beside(*node.parts[i], MatchEnd::Begin, texts_), behind[i + 1]);
    }
    Beside before = around.before;
    out_ += "(?:";
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
      print(*node.parts[i], {before, behind[i + 1]});
      before = beside(beside(*node.parts[i], MatchEnd::End, texts_), before);
    }
    out_ += ')';
  }

  void print_alternate(const Node& node, Around around) {
    out_ += "(?:";
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
      if (i > 0) out_ += '|';
      print(*node.parts[i], around);
    }
    out_ += ')';
  }

  void print_repeat(const Node& node, Around around) {
    const Node& part = *node.parts.front();
    // Beside one round there may be another.
    const auto joined = [](Beside a, Beside b) {
      return Beside{a.word || b.word, a.other || b.other, a.empty || b.empty};
    };
    if (node.most > 1) {
      const Beside begin = beside(beside(part, MatchEnd::Begin, texts_), around.behind);
      const Beside end = beside(beside(part, MatchEnd::End, texts_), around.before);
      around = {joined(around.before, end), joined(around.behind, begin)};
    }
    const std::size_t start = out_.size();
    out_ += "(?:";
    print(part, around);
    out_ += ')';
    const std::string round = out_.substr(start);
    out_.resize(start);
    print_rounds(node, round);
  }

  // RE2 takes counts up to 1000 only; larger ones are written as several.
  void print_rounds(const Node& node, const std::string& round) {
    const auto is_capture = [](const Node& inner) { return inner.kind == Node::Kind::Capture; };
    const bool is_unlimited = node.most == kUnlimited;
    const bool is_large = node.least > kRe2RepeatMax || (!is_unlimited && node.most > kRe2RepeatMax);
    if (is_large && any_node(node, is_capture)) {
      failed_ = true;
      return;
    }
    const std::string_view greed = node.greed == Node::Greed::Lazy ? "?" : "";
    const auto put = [&](const std::string& counts) { out_.append(round).append(counts).append(greed); };
    std::uint32_t least = node.least;
    std::uint32_t most = node.most;
    out_ += "(?:";
    while (least > kRe2RepeatMax) {
      put("{1000}");
      least -= kRe2RepeatMax;
      if (!is_unlimited) most -= kRe2RepeatMax;
    }
    while (!is_unlimited && most > kRe2RepeatMax) {
      put('{' + std::to_string(least) + ",1000}");
      most -= kRe2RepeatMax;
      least = 0;
    }
    put('{' + std::to_string(least) + ',' + (is_unlimited ? "" : std::to_string(most)) + '}');
    out_ += ')';
  }

  void print_code(char32_t code) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const bool is_plain =
        (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
    if (is_plain) {
      out_ += static_cast<char>(code);
      return;
    }
    std::string hex;
    do {
      hex.insert(hex.begin(), digits[code % 16]);
      code /= 16;
    } while (code != 0);
    out_ += "\\x{" + hex + '}';
  }

  void print_range(char32_t first, char32_t last) {
    print_code(first);
    if (first == last) return;
    out_ += '-';
    print_code(last);
  }

  void print_class(const CodeSet& codes) {
    if (in_bytes_ && !codes.empty() && codes.back().last >= 0x80) {
      print_sequences(codes);
      return;
    }
    print_set(codes);
  }

  void print_set(const CodeSet& codes) {
    if (codes.size() == 1 && codes.front().first == codes.front().last) {
      print_code(codes.front().first);
      return;
    }
    out_ += '[';
    if (codes.empty()) out_ += in_bytes_ ? "^\\x{0}-\\x{FF}" : "^\\x{0}-\\x{10FFFF}";
    for (const CodeRange range : codes) print_range(range.first, range.last);
    out_ += ']';
  }

  void print_sequences(const CodeSet& codes) {
    std::string_view separator;
    out_ += "(?:";
    for (const ByteSequence& sequence : utf8_sequences(codes)) {
      out_ += separator;
      for (const ByteSpan span : sequence) {
        out_ += '[';
        print_range(span.first, span.last);
        out_ += ']';
      }
      separator = "|";
    }
    out_ += ')';
  }

  void print_assertion(Assertion assertion, Around around) {
    if (words_ == WordAssertions::Dropped && is_droppable(assertion)) {
      out_ += "(?:)";
      return;
    }
    const std::string_view text = assertion_text(assertion, around);
    failed_ = failed_ || text.empty();
    out_ += text;
  }

  static std::string_view boundary_text(Beside inside) { return inside.always_word() ? "\\b" : ""; }

  // Beside a character that is none of a word, the half says as much as \B.
  static std::string_view half_text(Beside inside) {
    if (inside.always_word()) return "\\b";
    return inside.never_word() ? "\\B" : "";
  }

  static std::string_view assertion_text(Assertion assertion, Around around) {
    switch (assertion) {
      case Assertion::TextBegin:
        return "\\A";
      case Assertion::TextEnd:
        return "\\z";
      case Assertion::LineBegin:
        return "(?m:^)";
      case Assertion::LineEnd:
        return "(?m:$)";
      case Assertion::WordBoundary:
      case Assertion::AsciiWordBoundary:
        return "\\b";
      case Assertion::NotWordBoundary:
      case Assertion::NotAsciiWordBoundary:
        return "\\B";
      case Assertion::WordBegin:
      case Assertion::AsciiWordBegin:
        return boundary_text(around.behind);
      case Assertion::WordEnd:
      case Assertion::AsciiWordEnd:
        return boundary_text(around.before);
      case Assertion::WordBeginHalf:
      case Assertion::AsciiWordBeginHalf:
        return half_text(around.behind);
      case Assertion::WordEndHalf:
      case Assertion::AsciiWordEndHalf:
        return half_text(around.before);
      case Assertion::CrlfLineBegin:
      case Assertion::CrlfLineEnd:
        break;
    }
    return "";
  }

  WordAssertions words_;
  Texts texts_;
  bool in_bytes_;
  bool failed_ = false;
  std::string out_;
};

}  // namespace

std::optional<std::string> re2_text(const Node& root, WordAssertions words) {
  return Printer{root, words}.print(root);
}

std::optional<std::string> re2_text(const Tree& tree, WordAssertions words) {
  return re2_text(*tree.root, words);
}

bool needs_bytes(const Node& root) {
  return any_node(root, [](const Node& node) { return node.kind == Node::Kind::Bytes; });
}

bool has_unicode_boundary(const Node& root) {
  return any_node(root, [](const Node& node) {
    return node.kind == Node::Kind::Assertion && is_unicode_word_assertion(node.assertion);
  });
}

bool has_droppable(const Node& root) {
  return any_node(root, [](const Node& node) {
    return node.kind == Node::Kind::Assertion && is_droppable(node.assertion);
  });
}

}  // namespace folio::pattern
