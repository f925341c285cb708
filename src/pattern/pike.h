// SPDX-License-Identifier: Apache-2.0
// The Pike machine: all ways through the pattern at once, the preferred one first. Every construct of the
// syntax tree means here exactly what syntax.h says. Time: size of the text times size of the pattern.
//
// Ownership: factories and engines share the program. Threads: one per engine. Errors: none.
#pragma once

#include "pattern/engine.h"
#include "pattern/pike_program.h"

namespace folio::pattern {

class PikeEngine final : public Engine {
 public:
  explicit PikeEngine(std::shared_ptr<const PikeProgram> program);

  [[nodiscard]] bool is_match(ByteView text) override;
  [[nodiscard]] std::optional<Span> find(ByteView text, std::size_t from) override;
  [[nodiscard]] bool captures(ByteView text, std::size_t from, std::span<Span> groups) override;

 private:
  // Set of instructions in the order they were added, with the slots of each.
  struct Threads {
    std::vector<std::uint32_t> dense;
    std::vector<std::uint32_t> sparse;
    std::vector<std::size_t> slots;

    [[nodiscard]] bool contains(std::uint32_t at) const {
      return sparse[at] < dense.size() && dense[sparse[at]] == at;
    }
    void insert(std::uint32_t at) {
      sparse[at] = static_cast<std::uint32_t>(dense.size());
      dense.push_back(at);
    }
  };
  struct Pending {
    std::uint32_t at;  // instruction to follow, or kRestore
    std::uint32_t slot;
    std::size_t value;
  };

  bool run(ByteView text, std::size_t from, std::span<std::size_t> best);
  [[nodiscard]] std::size_t next_start(ByteView text, std::size_t at) const;
  bool step(ByteView text, std::size_t at, std::span<std::size_t> best);
  [[nodiscard]] std::uint32_t class_target(std::uint32_t at, ByteView text, std::size_t place);
  void follow(Threads& threads, std::uint32_t at, ByteView text, std::size_t place);
  void follow_from(std::uint32_t thread, std::uint32_t at, ByteView text, std::size_t place);

  std::shared_ptr<const PikeProgram> program_;
  Threads now_;
  Threads next_;
  std::vector<Pending> pending_;
  std::vector<std::size_t> scratch_;
  std::vector<std::size_t> best_;
  std::size_t slot_count_ = 0;
};

[[nodiscard]] std::unique_ptr<EngineFactory> make_pike_engine_factory(const Tree& tree);

}  // namespace folio::pattern
