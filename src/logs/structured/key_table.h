// SPDX-License-Identifier: Apache-2.0
// Finds what the names of a structured line mean: one small hash table for each level of objects.
//
// Ownership: copies what it is made from. Threads: immutable, shared by all. Errors: none.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "logs/structured/json_mapping.h"

namespace folio::logs {

/// What to do with a value, by its field and unit.
enum class ValueKind : std::uint8_t { Text, RequestLine, Level, TlsVersion, Time, Duration, Status, Count };

struct Target {
  Field field = Field::Message;
  ValueKind kind = ValueKind::Text;
  Unit unit = Unit::Plain;
  Mismatch mismatch = Mismatch::Reject;
  std::uint8_t rank = 0;   ///< The lowest of a field counts.
  std::uint16_t next = 0;  ///< Of the same key; kNone behind the last.
};

inline constexpr std::uint16_t kNone = 0xFFFF;

/// Up to three parts of a name, that together are all of it up to 16 bytes.
struct NameWords {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint32_t size = 0;
  friend bool operator==(const NameWords&, const NameWords&) = default;

  [[nodiscard]] std::size_t hash() const {
    const std::uint64_t mixed = (first * 0x9E3779B97F4A7C15U) ^ ((last + size) * 0xC2B2AE3D27D4EB4FU);
    return static_cast<std::size_t>(mixed >> 32 ^ mixed >> 20);
  }
};

[[nodiscard]] inline NameWords words_of(std::string_view name) {
  NameWords words{.size = static_cast<std::uint32_t>(name.size())};
  const char* const data = name.data();
  if (name.size() >= 8) {
    std::memcpy(&words.first, data, 8);
    std::memcpy(&words.last, data + name.size() - 8, 8);
  } else if (name.size() >= 4) {
    std::memcpy(&words.first, data, 4);
    std::memcpy(&words.last, data + name.size() - 4, 4);
  } else if (!name.empty()) {
    const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(data[at])}; };
    words.first = byte(0) | byte(name.size() / 2) << 8U | byte(name.size() - 1) << 16U;
  }
  return words;
}

class KeyTable {
 public:
  explicit KeyTable(const JsonMapping& mapping);

  struct Key {
    std::string name;
    std::uint16_t target = kNone;  ///< First of its targets.
    std::uint16_t object = kNone;  ///< Level of its members.
    std::uint16_t array = kNone;   ///< Level of its elements, whose names are their numbers.
  };

  static constexpr std::uint16_t kRoot = 0;

  /// Null: the name means nothing.
  [[nodiscard]] const Key* find(std::uint16_t level, std::string_view name) const {
    const Level& table = levels_[level];
    const NameWords words = words_of(name);
    for (std::size_t at = words.hash();; ++at) {
      const Slot& slot = table.slots[at & table.mask];
      if (slot.key == kNone) return nullptr;
      if (slot.words != words) continue;
      const Key& key = table.keys[slot.key];
      if (name.size() <= 16 || key.name == name) return &key;
    }
  }
  [[nodiscard]] const Key* find_element(std::uint16_t level, std::size_t number) const;
  [[nodiscard]] const Target& target(std::uint16_t number) const { return targets_[number]; }
  /// As in Record::present.
  [[nodiscard]] std::uint32_t fields() const { return fields_; }

 private:
  struct Slot {
    NameWords words;
    std::uint16_t key = kNone;
  };
  struct Level {
    std::vector<Key> keys;
    std::vector<Slot> slots;
    std::size_t mask = 0;
  };

  void add(const MappedKey& mapped, std::uint8_t rank);
  void add_target(Key& key, const Target& target);
  Key& key_of(std::uint16_t level, std::string_view name);
  void make_slots(Level& level);

  std::vector<Level> levels_;
  std::vector<Target> targets_;
  std::uint32_t fields_ = 0;
};

}  // namespace folio::logs
