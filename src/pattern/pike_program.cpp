// SPDX-License-Identifier: Apache-2.0
// Thompson's construction, from the end of the pattern to its start.
#include "pattern/pike_program.h"

#include <algorithm>
#include <ranges>

#include "pattern/code_set.h"
#include "pattern/node.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

std::size_t first_byte(char32_t code) {
  std::string bytes;
  append_utf8(bytes, code);
  return static_cast<unsigned char>(bytes.front());
}

std::bitset<256> first_bytes_of(const PikeProgram::Set& set) {
  std::bitset<256> bytes;
  for (std::size_t code = 0; code < 128; ++code) bytes[code] = set.ascii[code];
  for (const CodeRange range : set.codes) {
    for (std::size_t byte = first_byte(range.first); byte <= first_byte(range.last); ++byte) bytes.set(byte);
  }
  return bytes;
}

}  // namespace

PikeProgram::PikeProgram(const Tree& tree) {
  const std::uint32_t match = push({Op::Match, 0, 0});
  start_ = emit(*tree.root, match);
  find_first_bytes();
}

std::uint32_t PikeProgram::push(Instruction instruction) {
  code_.push_back(instruction);
  return static_cast<std::uint32_t>(code_.size() - 1);
}

std::uint32_t PikeProgram::emit(const Node& node, std::uint32_t next) {
  switch (node.kind) {
    case Node::Kind::Empty:
      return next;
    case Node::Kind::Class:
      return emit_class(node, next);
    case Node::Kind::Bytes:
      return emit_bytes(node, next);
    case Node::Kind::Concat:
      for (const NodePtr& part : node.parts | std::views::reverse) next = emit(*part, next);
      return next;
    case Node::Kind::Alternate:
      return emit_alternate(node, next);
    case Node::Kind::Repeat:
      return emit_repeat(node, next);
    case Node::Kind::Capture:
      return emit_capture(node, next);
    case Node::Kind::Assertion:
      return push({Op::Assert, next, static_cast<std::uint32_t>(node.assertion)});
  }
  return next;
}

std::uint32_t PikeProgram::emit_class(const Node& node, std::uint32_t next) {
  if (node.codes.empty()) return push({Op::Fail, 0, 0});
  Set set;
  for (const CodeRange range : node.codes) {
    for (char32_t code = range.first; code <= std::min<char32_t>(range.last, 0x7F); ++code)
      set.ascii.set(code);
    if (range.last >= 0x80) set.codes.push_back({std::max<char32_t>(range.first, 0x80), range.last});
  }
  if (!set.codes.empty()) {
    std::uint32_t skip = next;
    for (int rest = 0; rest < 3; ++rest) skip = push({Op::Skip, skip, 0});
  }
  sets_.push_back(std::move(set));
  return push({Op::Class, next, static_cast<std::uint32_t>(sets_.size() - 1)});
}

std::uint32_t PikeProgram::emit_bytes(const Node& node, std::uint32_t next) {
  byte_sets_.push_back(node.bytes);
  return push({Op::Bytes, next, static_cast<std::uint32_t>(byte_sets_.size() - 1)});
}

std::uint32_t PikeProgram::emit_alternate(const Node& node, std::uint32_t next) {
  std::uint32_t rest = emit(*node.parts.back(), next);
  for (const NodePtr& part : node.parts | std::views::reverse | std::views::drop(1)) {
    const std::uint32_t branch = emit(*part, next);
    rest = push({Op::Split, branch, rest});
  }
  return rest;
}

std::uint32_t PikeProgram::split(const Node& node, std::uint32_t inside, std::uint32_t past) {
  if (node.greed == Node::Greed::Lazy) std::swap(inside, past);
  return push({Op::Split, inside, past});
}

// One time or more often; answers where the first time begins.
std::uint32_t PikeProgram::emit_loop(const Node& node, std::uint32_t next) {
  const std::uint32_t again = split(node, next, next);
  const std::uint32_t body = emit(*node.parts.front(), again);
  (node.greed == Node::Greed::Lazy ? code_[again].arg : code_[again].next) = body;
  return body;
}

std::uint32_t PikeProgram::emit_repeat(const Node& node, std::uint32_t next) {
  std::uint32_t required = node.least;
  if (node.most == kUnlimited) {
    const std::uint32_t body = emit_loop(node, next);
    if (required == 0) {
      // x* is (x+)?: where x may be empty, the first time then prefers what x prefers.
      return split(node, body, next);
    }
    next = body;
    --required;
  } else {
    const std::uint32_t past = next;
    for (std::uint32_t optional = node.least; optional < node.most; ++optional) {
      next = split(node, emit(*node.parts.front(), next), past);
    }
  }
  for (; required > 0; --required) next = emit(*node.parts.front(), next);
  return next;
}

std::uint32_t PikeProgram::emit_capture(const Node& node, std::uint32_t next) {
  const std::uint32_t end = push({Op::Save, next, 2 * node.index + 1});
  return push({Op::Save, emit(*node.parts.front(), end), 2 * node.index});
}

// Assertions are taken to hold.
void PikeProgram::find_first_bytes() {
  std::vector<std::uint32_t> open{start_};
  std::vector<char> seen(code_.size());
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (seen[at] != 0) continue;
    seen[at] = 1;
    const Instruction& instruction = code_[at];
    switch (instruction.op) {
      case Op::Match:
        can_be_empty_ = true;
        break;
      case Op::Class:
        first_bytes_ |= first_bytes_of(sets_[instruction.arg]);
        break;
      case Op::Bytes:
        first_bytes_ |= byte_sets_[instruction.arg];
        break;
      case Op::Split:
        open.push_back(instruction.arg);
        open.push_back(instruction.next);
        break;
      case Op::Save:
      case Op::Assert:
        open.push_back(instruction.next);
        break;
      case Op::Fail:
      case Op::Skip:
        break;
    }
  }
}

}  // namespace folio::pattern
