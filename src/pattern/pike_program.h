// SPDX-License-Identifier: Apache-2.0
// A syntax tree as a flat program for the Pike machine.
//
// Ownership: holds all it needs. Threads: constant once made.
#pragma once

#include <bitset>
#include <vector>

#include "folio/bytes.h"
#include "pattern/syntax.h"

namespace folio::pattern {

class PikeProgram {
 public:
  enum class Op : std::uint8_t {
    Match,
    Fail,
    Class,   ///< One code point of set `arg`; if of n > 1 bytes, goes on n - 1 Skips before `next`.
    Bytes,   ///< One byte of byte set `arg`.
    Skip,    ///< Any byte: the rest of a code point that a Class took.
    Split,   ///< `next` preferred to `arg`.
    Save,    ///< Notes the place in slot `arg`.
    Assert,  ///< Assertion number `arg`.
  };
  struct Instruction {
    Op op = Op::Fail;
    std::uint32_t next = 0;
    std::uint32_t arg = 0;
  };
  struct Set {
    std::bitset<128> ascii;
    CodeSet codes;  // those above ASCII
  };

  explicit PikeProgram(const Tree& tree);

  [[nodiscard]] const std::vector<Instruction>& code() const { return code_; }
  [[nodiscard]] std::uint32_t start() const { return start_; }
  [[nodiscard]] const Set& set(std::uint32_t index) const { return sets_[index]; }
  [[nodiscard]] bool has_byte(std::uint32_t index, std::byte byte) const {
    return byte_sets_[index][std::to_integer<std::size_t>(byte)];
  }
  /// Bytes that a match may begin with; all of them if it may be empty.
  [[nodiscard]] const std::bitset<256>& first_bytes() const { return first_bytes_; }
  [[nodiscard]] bool can_start_anywhere() const { return can_be_empty_; }

 private:
  std::uint32_t push(Instruction instruction);
  // Each emits what leads to instruction `next`, and returns where that begins.
  std::uint32_t emit(const Node& node, std::uint32_t next);
  std::uint32_t emit_class(const Node& node, std::uint32_t next);
  std::uint32_t emit_bytes(const Node& node, std::uint32_t next);
  std::uint32_t emit_alternate(const Node& node, std::uint32_t next);
  std::uint32_t emit_repeat(const Node& node, std::uint32_t next);
  std::uint32_t emit_loop(const Node& node, std::uint32_t next);
  std::uint32_t emit_capture(const Node& node, std::uint32_t next);
  std::uint32_t split(const Node& node, std::uint32_t inside, std::uint32_t past);
  void find_first_bytes();

  std::vector<Instruction> code_;
  std::vector<Set> sets_;
  std::vector<std::bitset<256>> byte_sets_;
  std::uint32_t start_ = 0;
  std::bitset<256> first_bytes_;
  bool can_be_empty_ = false;
};

}  // namespace folio::pattern
