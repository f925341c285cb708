// SPDX-License-Identifier: Apache-2.0
// Hash table from texts to counts: open addressing, the hash in the slot, key and value side by side in an
// arena.
//
// Ownership: the table copies a key when it sees it first. Entries never move, also when the table is moved.
// Threads: one. A value is trivial, and made of nothing or of its key.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "logs/aggregate/arena.h"
#include "logs/aggregate/hash.h"

namespace folio::logs {

template <class Value>
class CountTable {
  static_assert(std::is_trivially_destructible_v<Value>);

 public:
  struct Entry {
    Value value;
    std::size_t key_size;

    [[nodiscard]] std::string_view key() const { return {reinterpret_cast<const char*>(this + 1), key_size}; }
  };

  CountTable() = default;
  CountTable(CountTable&& other) noexcept { swap(other); }
  CountTable& operator=(CountTable&& other) noexcept {
    CountTable moved{std::move(other)};
    swap(moved);
    return *this;
  }
  CountTable(const CountTable&) = delete;
  CountTable& operator=(const CountTable&) = delete;
  ~CountTable() = default;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::uint64_t memory() const { return arena_.memory() + slots_.capacity() * sizeof(Slot); }

  /// For fields of few values: the key that came last is found without hashing.
  [[nodiscard]] Value& at_recent(std::string_view key) {
    if (recent_ == nullptr || recent_->key() != key) recent_ = &entry(key, table_hash(key));
    return recent_->value;
  }

  [[nodiscard]] Value& at(std::string_view key) { return entry(key, table_hash(key)).value; }
  [[nodiscard]] Value& at(std::string_view key, std::uint64_t hash) { return entry(key, hash).value; }

  void prefetch_slot(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[place(hash)]);
  }

  /// Key and value of what is probably the entry.
  void prefetch_entry(std::uint64_t hash) const {
    if (slots_.empty()) return;
    const Slot& slot = slots_[place(hash)];
    if (slot.hash != hash || slot.entry == nullptr) return;
    __builtin_prefetch(slot.entry, 1);
    __builtin_prefetch(reinterpret_cast<const char*>(slot.entry) + 64);
  }

  /// Calls `use(key, hash, value)` for each, in no order.
  template <class Use>
  void for_each(Use use) const {
    for (const Slot& slot : slots_) {
      if (slot.entry != nullptr) use(slot.entry->key(), slot.hash, slot.entry->value);
    }
  }

  /// All entries, by key.
  [[nodiscard]] std::vector<const Entry*> sorted() const {
    std::vector<const Entry*> entries;
    entries.reserve(size_);
    for (const Slot& slot : slots_) {
      if (slot.entry != nullptr) entries.push_back(slot.entry);
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->key() < b->key(); });
    return entries;
  }

  void swap(CountTable& other) noexcept {
    std::swap(arena_, other.arena_);
    std::swap(slots_, other.slots_);
    std::swap(size_, other.size_);
    std::swap(recent_, other.recent_);
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    Entry* entry = nullptr;
  };
  static constexpr std::size_t kSmallest = 16;

  [[nodiscard]] std::size_t place(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash) & (slots_.size() - 1);
  }

  [[nodiscard]] Entry& entry(std::string_view key, std::uint64_t hash) {
    if (slots_.empty()) slots_.resize(kSmallest);
    std::size_t at = place(hash);
    for (; slots_[at].entry != nullptr; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == hash && slots_[at].entry->key() == key) return *slots_[at].entry;
    }
    return insert(key, hash, at);
  }

  [[nodiscard]] __attribute__((noinline)) Entry& insert(std::string_view key, std::uint64_t hash,
                                                        std::size_t at) {
    Entry* const made = new (arena_.allocate(sizeof(Entry) + key.size())) Entry{value_of(key), key.size()};
    if (!key.empty()) std::memcpy(made + 1, key.data(), key.size());
    slots_[at] = {.hash = hash, .entry = made};
    // At most 5 of 8 slots are taken.
    if (++size_ * 8 > slots_.size() * 5) grow();
    return *made;
  }

  [[nodiscard]] static Value value_of([[maybe_unused]] std::string_view key) {
    if constexpr (std::is_constructible_v<Value, std::string_view>) {
      return Value{key};
    } else {
      return Value{};
    }
  }

  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : old) {
      if (slot.entry == nullptr) continue;
      std::size_t at = place(slot.hash);
      while (slots_[at].entry != nullptr) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  Arena arena_;
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
  Entry* recent_ = nullptr;
};

}  // namespace folio::logs
