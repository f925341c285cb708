// SPDX-License-Identifier: Apache-2.0
#include "logs/format/format_program.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

constexpr std::uint32_t bit_of(Field field) {
  return 1U << static_cast<unsigned>(field);
}

constexpr std::uint32_t kRequestBits =
    bit_of(Field::Method) | bit_of(Field::Target) | bit_of(Field::Protocol);

std::uint32_t bits_of(const FieldSpec& spec) {
  switch (spec.conversion) {
    case Conversion::Skip:
    case Conversion::SkipCount:
      return 0;
    case Conversion::Request:
      return kRequestBits;
    case Conversion::DurationSum:
      return bit_of(Field::Latency) | bit_of(spec.field);
    default:
      return bit_of(spec.field);
  }
}

// Several of them make one field together.
bool adds_up(const FieldSpec& spec) {
  return spec.conversion == Conversion::TimePart || spec.conversion == Conversion::DurationSum;
}

bool yields_to(const FieldSpec& spec, const FieldSpec& other, bool is_later) {
  if ((bits_of(spec) & bits_of(other)) == 0) return false;
  // A fraction of a second may stand behind a whole time, and is added to it.
  if (adds_up(spec)) return false;
  if (other.conversion == Conversion::TimePart) return false;
  return other.rank > spec.rank || (other.rank == spec.rank && is_later);
}

Conversion skipping(Conversion conversion) {
  const bool is_count = conversion == Conversion::Count || conversion == Conversion::CountOrZero;
  return is_count ? Conversion::SkipCount : Conversion::Skip;
}

std::vector<FieldSpec> without_doubles(const FormatPieces& pieces) {
  std::vector<FieldSpec> specs;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    FieldSpec spec = pieces[i].spec;
    for (std::size_t j = 0; j < pieces.size(); ++j) {
      if (j == i || !pieces[j].is_field()) continue;
      if (yields_to(pieces[i].spec, pieces[j].spec, j < i))
        spec.conversion = skipping(pieces[i].spec.conversion);
    }
    specs.push_back(std::move(spec));
  }
  return specs;
}

std::string describe(std::string_view literal) {
  if (literal.empty()) return "the end of the line";
  if (literal == " ") return "a space";
  if (literal == "\"") return "a quote";
  if (literal == "\t") return "a tab";
  std::string text = "'";
  text += literal;
  text += '\'';
  return text;
}

Literal make_literal(std::string_view text) {
  std::array<char, 8> bytes{};
  std::array<char, 8> mask{};
  const std::size_t size = std::min(text.size(), bytes.size());
  std::copy_n(text.begin(), size, bytes.begin());
  std::fill_n(mask.begin(), size, '\xFF');
  return {.text = text, .bits = load_u64(bytes.data()), .mask = load_u64(mask.data())};
}

Ending ending_of(std::string_view before, std::string_view literal) {
  if (before.ends_with('"') && literal.starts_with('"')) return Ending::Quote;
  if (literal.empty()) return Ending::Line;
  return literal.size() == 1 ? Ending::Byte : Ending::Literal;
}

class Builder {
 public:
  Builder(const FormatPieces& pieces, Rest rest) : pieces_(pieces) {
    program_->rest = rest;
    program_->prefix = keep({});
  }

  Result<SharedProgram> build() {
    const auto specs = without_doubles(pieces_);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].is_field()) {
        FOLIO_TRY(add_step(i, specs[i]));
      } else if (i == 0) {
        program_->prefix = keep(pieces_[i].literal);
      }
    }
    if (program_->steps.empty()) return fail(Errc::InvalidArgument, {}, "the format has no field");
    if (program_->fields == 0)
      return fail(Errc::InvalidArgument, {}, "the format has no field that folio knows");
    program_->steps.back().is_last = true;
    return SharedProgram{std::move(program_)};
  }

 private:
  Literal keep(std::string_view text) { return make_literal(program_->texts.emplace_back(text)); }

  Result<void> add_step(std::size_t index, const FieldSpec& spec) {
    FOLIO_TRY(check_neighbour(index));
    Step step = make_step(index, spec);
    if (spec.conversion == Conversion::TimePart) {
      step.pattern = &program_->patterns.emplace_back(FOLIO_TRY(pattern_of(spec, pieces_[index])));
    }
    program_->fields |= bits_of(spec);
    program_->has_sums |= adds_up(spec);
    program_->steps.push_back(step);
    return {};
  }

  Step make_step(std::size_t index, const FieldSpec& spec) {
    const bool has_literal = index + 1 < pieces_.size();
    Step step;
    step.conversion = spec.conversion;
    step.field = spec.field;
    step.literal = keep(has_literal ? pieces_[index + 1].literal : std::string{});
    step.ending = ending_of(index == 0 ? std::string_view{} : pieces_[index - 1].literal, step.literal.text);
    step.is_padded = spec.is_padded;
    step.may_be_quoted = spec.may_be_quoted;
    step.is_list = spec.is_list;
    step.unit = spec.unit;
    step.expected = program_->texts.emplace_back(expectation(step, pieces_[index]));
    return step;
  }

  static std::string expectation(const Step& step, const FormatPiece& piece) {
    std::string text = describe(step.literal.text);
    text += " after ";
    if (step.conversion == Conversion::Skip) {
      text += piece.name;
    } else {
      text += step.conversion == Conversion::Request ? "the request" : name_of(step.field);
    }
    return text;
  }

  [[nodiscard]] Result<void> check_neighbour(std::size_t index) const {
    if (index + 1 == pieces_.size() || !pieces_[index + 1].is_field()) return {};
    std::string detail = "the format has no text between ";
    detail += pieces_[index].name + " and " + pieces_[index + 1].name + " at position ";
    detail += std::to_string(pieces_[index + 1].position + 1);
    detail += ", so that nobody can tell where one ends";
    return fail(Errc::InvalidArgument, {}, std::move(detail));
  }

  static Result<TimePattern> pattern_of(const FieldSpec& spec, const FormatPiece& piece) {
    auto pattern = TimePattern::compile(spec.pattern);
    if (pattern) return pattern;
    pattern.error().detail += ", in " + piece.name + " at position " + std::to_string(piece.position + 1);
    return pattern;
  }

  const FormatPieces& pieces_;
  std::shared_ptr<FormatProgram> program_ = std::make_shared<FormatProgram>();
};

}  // namespace

void append_literal(FormatPieces& pieces, char byte, std::size_t position) {
  if (pieces.empty() || pieces.back().is_field()) pieces.push_back({.position = position});
  pieces.back().literal += byte;
}

std::string name_of(Field field) {
  std::string name = "the ";
  name += field_name(field);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

Result<SharedProgram> build_program(const FormatPieces& pieces, Rest rest) {
  return Builder{pieces, rest}.build();
}

}  // namespace folio::logs
