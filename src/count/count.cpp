// SPDX-License-Identifier: Apache-2.0
// Counting of one chunk, and the arithmetic that joins the counts of neighbouring chunks.
#include "folio/count.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "count/character_table.h"
#include "simd/count_byte.h"
#include "simd/scalar_text.h"
#include "simd/text_scan.h"
#include "simd/utf8.h"

namespace folio {

namespace count_detail {

static_assert(std::tuple_size_v<decltype(CutCharacter::bytes)> == simd::kSequenceSizeMax - 1);

std::uint64_t LineStretch::apply(std::uint64_t column) const {
  const std::uint64_t moved = column + before_tab;
  return has_tab ? simd::next_tab_stop(moved) + rest : moved;
}

void LineStretch::append(const LineStretch& next) {
  if (!has_tab) {
    before_tab += next.before_tab;
    has_tab = next.has_tab;
    rest = next.rest;
  } else {
    // A tab stop is a multiple of 8, so that columns behind it may be counted from it.
    rest = next.apply(rest);
  }
}

void Text::append(const Text& next) {
  lines += next.lines;
  characters += next.characters;
  words += next.words;
  if (last == WordEdge::Word && next.first == WordEdge::Word) --words;
  if (first == WordEdge::None) first = next.first;
  if (next.last != WordEdge::None) last = next.last;

  if (!has_line_end) {
    first_line.append(next.first_line);
    has_line_end = next.has_line_end;
    longest = next.longest;
    last_line = next.last_line;
  } else if (next.has_line_end) {
    longest = std::max({longest, next.first_line.apply(last_line), next.longest});
    last_line = next.last_line;
  } else {
    last_line = next.first_line.apply(last_line);
  }
}

void CutCharacter::append(ByteView more) {
  const std::size_t added = std::min(more.size(), bytes.size() - size);
  std::ranges::copy(more.first(added), bytes.begin() + size);
  size = static_cast<std::uint8_t>(size + added);
}

}  // namespace count_detail

namespace {

using count_detail::LineStretch;
using count_detail::Text;
using count_detail::WordEdge;
using simd::CharacterClass;
using simd::TextDepth;
using simd::TextState;

std::uint8_t value(std::byte byte) {
  return std::to_integer<std::uint8_t>(byte);
}

std::optional<TextDepth> depth_for(CountFields fields) {
  if (fields.contains(CountField::LongestLine)) return TextDepth::LongestLine;
  if (fields.contains(CountField::Words)) return TextDepth::Words;
  if (fields.contains(CountField::Characters)) return TextDepth::Characters;
  return std::nullopt;
}

WordEdge edge_of(CharacterClass character_class) {
  switch (character_class) {
    case CharacterClass::Neutral:
      return WordEdge::None;
    case CharacterClass::Word:
      return WordEdge::Word;
    case CharacterClass::Separator:
      return WordEdge::Separator;
  }
  return WordEdge::None;
}

LineStretch first_line_of(const TextState& state) {
  const bool closed = state.first_line == TextState::FirstLine::Closed;
  const std::uint64_t after = closed ? state.first_line_rest : state.position;
  if (!state.first_line_has_tab) return {.before_tab = after, .rest = 0, .has_tab = false};
  return {.before_tab = state.first_line_before_tab, .rest = after, .has_tab = true};
}

Text text_of(const TextState& state) {
  const bool has_line_end = state.first_line == TextState::FirstLine::Closed;
  const WordEdge first = edge_of(state.first);
  const WordEdge last = state.in_word ? WordEdge::Word : WordEdge::Separator;
  return {.lines = state.lines,
          .characters = state.characters,
          .words = state.words,
          .first = first,
          .last = first == WordEdge::None ? WordEdge::None : last,
          .has_line_end = has_line_end,
          .first_line = first_line_of(state),
          .longest = state.longest,
          .last_line = has_line_end ? state.position : 0};
}

Text text_of_character(std::uint32_t character) {
  TextState state;
  simd::scalar::add_character(character, count_detail::character_table(), state);
  return text_of(state);
}

std::size_t count_leading_continuations(ByteView bytes) {
  const auto* const end = std::ranges::find_if_not(bytes, [](std::byte byte) {
                            return simd::is_continuation(value(byte));
                          }).base();
  return static_cast<std::size_t>(end - bytes.data());
}

// Bytes at the end of `bytes` that begin a character but do not end it.
std::size_t cut_tail_size(ByteView bytes) {
  const std::size_t reach = std::min(bytes.size(), simd::kSequenceSizeMax - 1);
  for (std::size_t size = 1; size <= reach; ++size) {
    const std::uint8_t byte = value(bytes[bytes.size() - size]);
    if (simd::is_continuation(byte)) continue;
    return simd::sequence_size(byte) > size ? size : 0;
  }
  return 0;
}

}  // namespace

void CountPartial::merge(CountPartial&& next) {
  fields_.add(next.fields_);
  bytes_ += next.bytes_;
  if (is_all_head_) {
    head_.append(next.head_.view());
    is_all_head_ = next.is_all_head_;
    tail_ = next.tail_;
    text_ = next.text_;
    return;
  }
  if (tail_.size != 0) finish_cut_character(next);
  text_.append(next.text_);
  if (!next.is_all_head_) tail_ = next.tail_;
}

// Adds the head of `next` to the tail, as far as it is needed. Bytes of the head that are not belong to no
// character.
void CountPartial::finish_cut_character(const CountPartial& next) {
  const std::size_t size = simd::sequence_size(value(tail_.bytes[0]));
  const std::size_t missing = size - tail_.size;
  if (next.head_.size < missing) {
    if (next.is_all_head_) tail_.append(next.head_.view());
    return;
  }
  std::array<std::uint8_t, simd::kSequenceSizeMax> sequence{};
  auto end = std::ranges::transform(tail_.view(), sequence.begin(), value).out;
  std::ranges::transform(next.head_.view().first(missing), end, value);
  tail_ = {};
  const std::uint32_t character = simd::decode_sequence(sequence.data(), size);
  if (character != simd::kNoCharacter) text_.append(text_of_character(character));
}

Counts CountPartial::counts() const {
  const auto asked = [this](CountField field, std::uint64_t count) {
    return fields_.contains(field) ? count : 0;
  };
  const std::uint64_t first_line = text_.first_line.apply(0);
  const std::uint64_t longest_line = std::max({first_line, text_.longest, text_.last_line});
  return {.lines = asked(CountField::Lines, text_.lines),
          .words = asked(CountField::Words, text_.words),
          .characters = asked(CountField::Characters, text_.characters),
          .bytes = asked(CountField::Bytes, bytes_),
          .longest_line = asked(CountField::LongestLine, longest_line)};
}

void count_chunk(CountPartial& partial, ByteView chunk, CountFields fields) {
  CountPartial part;
  part.fields_ = fields;
  part.bytes_ = chunk.size();
  if (const auto depth = depth_for(fields)) {
    const std::size_t head_size = count_leading_continuations(chunk);
    part.head_.append(chunk.first(head_size));
    ByteView text = chunk.subspan(head_size);
    part.is_all_head_ = text.empty();
    const std::size_t tail_size = cut_tail_size(text);
    part.tail_.append(text.last(tail_size));
    TextState state;
    simd::scan_text(text.first(text.size() - tail_size), count_detail::character_table(), *depth, state);
    part.text_ = text_of(state);
  } else if (fields.contains(CountField::Lines)) {
    part.is_all_head_ = false;
    part.text_.lines = simd::count_byte(chunk, std::byte{'\n'});
  }
  partial.merge(std::move(part));
}

}  // namespace folio
