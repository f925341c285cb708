// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/key_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

ValueKind kind_of(Field field, Unit unit) {
  if (unit == Unit::RequestLine) return ValueKind::RequestLine;
  switch (field) {
    case Field::Level:
      return ValueKind::Level;
    case Field::TlsProtocol:
      return ValueKind::TlsVersion;
    case Field::Time:
      return ValueKind::Time;
    case Field::Latency:
    case Field::UpstreamLatency:
      return ValueKind::Duration;
    case Field::Status:
    case Field::UpstreamStatus:
      return ValueKind::Status;
    default:
      return is_text(field) ? ValueKind::Text : ValueKind::Count;
  }
}

constexpr std::uint32_t bit(Field field) {
  return 1U << static_cast<unsigned>(field);
}

// One step of a path: a member's name, or an element's number.
struct Step {
  std::string_view name;
  bool is_element = false;
};

// "[12]" at the end of a part makes an element of it.
void add_steps(std::vector<Step>& steps, std::string_view part) {
  std::vector<std::string_view> numbers;
  while (part.ends_with(']')) {
    const std::size_t open = part.rfind('[');
    if (open == std::string_view::npos || open == 0) break;
    const std::string_view number = part.substr(open + 1, part.size() - open - 2);
    if (number.empty() || !std::ranges::all_of(number, [](char c) { return digit_value(c) <= 9; })) break;
    numbers.push_back(number);
    part = part.substr(0, open);
  }
  steps.push_back({.name = part});
  for (const std::string_view number : std::views::reverse(numbers)) {
    steps.push_back({.name = number, .is_element = true});
  }
}

std::vector<Step> nested_steps(std::string_view path) {
  std::vector<Step> steps;
  for (;;) {
    const std::size_t point = path.find('.');
    add_steps(steps, path.substr(0, point));
    if (point == std::string_view::npos) return steps;
    path.remove_prefix(point + 1);
  }
}

std::vector<Step> flat_steps(std::string_view path) {
  std::vector<Step> steps;
  add_steps(steps, path);
  return steps;
}

}  // namespace

KeyTable::KeyTable(const JsonMapping& mapping) {
  levels_.emplace_back();
  std::array<std::uint8_t, kFields> ranks{};
  for (const MappedKey& key : mapping) {
    std::uint8_t& rank = ranks[static_cast<std::size_t>(key.field)];
    add(key, rank);
    if (rank < 0xFF) ++rank;
    fields_ |= bit(key.field);
    if (key.unit == Unit::RequestLine) fields_ |= bit(Field::Method) | bit(Field::Protocol);
  }
  for (Level& level : levels_) make_slots(level);
}

void KeyTable::add(const MappedKey& mapped, std::uint8_t rank) {
  const Target target{.field = mapped.field,
                      .kind = kind_of(mapped.field, mapped.unit),
                      .unit = mapped.unit,
                      .mismatch = mapped.mismatch,
                      .rank = rank,
                      .next = kNone};
  const auto insert = [&](const std::vector<Step>& steps) {
    std::uint16_t level = kRoot;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      Key& key = key_of(level, steps[i].name);
      std::uint16_t& below = steps[i + 1].is_element ? key.array : key.object;
      if (below == kNone) {
        below = static_cast<std::uint16_t>(levels_.size());
        level = below;
        levels_.emplace_back();
      } else {
        level = below;
      }
    }
    add_target(key_of(level, steps.back().name), target);
  };
  insert(nested_steps(mapped.path));
  if (mapped.path.find('.') != std::string::npos) insert(flat_steps(mapped.path));
}

void KeyTable::add_target(Key& key, const Target& target) {
  std::uint16_t* link = &key.target;
  while (*link != kNone) link = &targets_[*link].next;
  *link = static_cast<std::uint16_t>(targets_.size());
  targets_.push_back(target);
}

KeyTable::Key& KeyTable::key_of(std::uint16_t level, std::string_view name) {
  std::vector<Key>& keys = levels_[level].keys;
  const auto found = std::ranges::find(keys, name, &Key::name);
  if (found != keys.end()) return *found;
  return keys.emplace_back(Key{.name = std::string{name}});
}

void KeyTable::make_slots(Level& level) {
  level.slots.resize(std::bit_ceil(level.keys.size() * 3 + 1));
  level.mask = level.slots.size() - 1;
  for (std::size_t number = 0; number < level.keys.size(); ++number) {
    const NameWords words = words_of(level.keys[number].name);
    std::size_t at = words.hash();
    while (level.slots[at & level.mask].key != kNone) ++at;
    level.slots[at & level.mask] = {.words = words, .key = static_cast<std::uint16_t>(number)};
  }
}

const KeyTable::Key* KeyTable::find_element(std::uint16_t level, std::size_t number) const {
  std::array<char, 24> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
  return find(level, {text.data(), static_cast<std::size_t>(written.ptr - text.data())});
}

}  // namespace folio::logs
