// SPDX-License-Identifier: Apache-2.0
// One step per byte; the threads of a step are a sparse set in order of preference.
#include "pattern/pike.h"

#include <algorithm>
#include <utility>

#include "pattern/code_set.h"
#include "pattern/look.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

using Op = PikeProgram::Op;

constexpr std::uint32_t kRestore = static_cast<std::uint32_t>(-1);
constexpr std::uint32_t kNowhere = static_cast<std::uint32_t>(-1);

class PikeEngineFactory final : public EngineFactory {
 public:
  explicit PikeEngineFactory(const Tree& tree)
      : program_{std::make_shared<const PikeProgram>(tree)}, names_{tree.capture_names} {}

  [[nodiscard]] std::unique_ptr<Engine> make() const override {
    return std::make_unique<PikeEngine>(program_);
  }
  [[nodiscard]] const std::vector<std::string>& capture_names() const override { return names_; }
  [[nodiscard]] std::string describe() const override { return "Pike machine"; }

 private:
  std::shared_ptr<const PikeProgram> program_;
  std::vector<std::string> names_;
};

}  // namespace

PikeEngine::PikeEngine(std::shared_ptr<const PikeProgram> program) : program_{std::move(program)} {
  const std::size_t size = program_->code().size();
  for (Threads* threads : {&now_, &next_}) {
    threads->sparse.resize(size);
    threads->dense.reserve(size);
  }
}

bool PikeEngine::is_match(ByteView text) {
  return run(text, 0, {});
}

std::optional<Span> PikeEngine::find(ByteView text, std::size_t from) {
  best_.assign(2, kUnset);
  if (!run(text, from, best_)) return std::nullopt;
  return Span{best_[0], best_[1]};
}

bool PikeEngine::captures(ByteView text, std::size_t from, std::span<Span> groups) {
  best_.assign(2 * groups.size(), kUnset);
  if (!run(text, from, best_)) return false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Span group{best_[2 * i], best_[2 * i + 1]};
    groups[i] = group.begin == kUnset || group.end == kUnset ? Span{} : group;
  }
  return true;
}

std::size_t PikeEngine::next_start(ByteView text, std::size_t at) const {
  if (program_->can_start_anywhere()) return at;
  const auto& first_bytes = program_->first_bytes();
  while (at < text.size() && !first_bytes[std::to_integer<std::size_t>(text[at])]) ++at;
  return at;
}

// `best` holds the slots of the match: places of the whole and the groups; empty if only the answer is
// wanted.
bool PikeEngine::run(ByteView text, std::size_t from, std::span<std::size_t> best) {
  slot_count_ = best.size();
  scratch_.assign(slot_count_, kUnset);
  now_.slots.resize(now_.sparse.size() * slot_count_);
  next_.slots.resize(now_.slots.size());
  now_.dense.clear();
  bool matched = false;
  for (std::size_t at = from; at <= text.size(); ++at) {
    if (now_.dense.empty()) {
      if (matched) break;
      at = next_start(text, at);
    }
    if (!matched) {
      std::ranges::fill(scratch_, kUnset);
      if (!scratch_.empty()) scratch_[0] = at;
      follow(now_, program_->start(), text, at);
    }
    next_.dense.clear();
    matched = step(text, at, best) || matched;
    if (matched && best.empty()) return true;
    std::swap(now_, next_);
  }
  return matched;
}

// Moves all threads over the byte at `at`; whether one of them had reached a match, which ends those behind
// it.
bool PikeEngine::step(ByteView text, std::size_t at, std::span<std::size_t> best) {
  for (const std::uint32_t place : now_.dense) {
    const auto& instruction = program_->code()[place];
    if (instruction.op == Op::Match) {
      if (best.empty()) return true;
      std::copy_n(now_.slots.begin() + static_cast<std::ptrdiff_t>(place * slot_count_), slot_count_,
                  best.begin());
      best[1] = at;
      return true;
    }
    if (at == text.size()) continue;
    if (instruction.op == Op::Class) {
      const std::uint32_t target = class_target(place, text, at);
      if (target != kNowhere) follow_from(place, target, text, at + 1);
    } else if (instruction.op == Op::Skip ||
               (instruction.op == Op::Bytes && program_->has_byte(instruction.arg, text[at]))) {
      follow_from(place, instruction.next, text, at + 1);
    }
  }
  return false;
}

// The three Skips of a class stand right before it.
std::uint32_t PikeEngine::class_target(std::uint32_t at, ByteView text, std::size_t place) {
  const auto& instruction = program_->code()[at];
  const PikeProgram::Set& set = program_->set(instruction.arg);
  const auto byte = std::to_integer<std::uint8_t>(text[place]);
  if (byte < 0x80) return set.ascii[byte] ? instruction.next : kNowhere;
  if (set.codes.empty()) return kNowhere;
  const DecodedCode decoded = decode_at(text, place);
  if (decoded.size == 0 || !contains(set.codes, decoded.code)) return kNowhere;
  return at - 5 + static_cast<std::uint32_t>(decoded.size);
}

void PikeEngine::follow_from(std::uint32_t thread, std::uint32_t at, ByteView text, std::size_t place) {
  if (next_.contains(at)) return;
  std::copy_n(now_.slots.begin() + static_cast<std::ptrdiff_t>(thread * slot_count_), slot_count_,
              scratch_.begin());
  follow(next_, at, text, place);
}

// Adds all that can be reached from `at` without a byte, in order of preference.
void PikeEngine::follow(Threads& threads, std::uint32_t at, ByteView text, std::size_t place) {
  pending_.push_back({at, 0, 0});
  while (!pending_.empty()) {
    const Pending top = pending_.back();
    pending_.pop_back();
    if (top.at == kRestore) {
      scratch_[top.slot] = top.value;
      continue;
    }
    if (threads.contains(top.at)) continue;
    threads.insert(top.at);
    const auto& instruction = program_->code()[top.at];
    switch (instruction.op) {
      case Op::Split:
        pending_.push_back({instruction.arg, 0, 0});
        pending_.push_back({instruction.next, 0, 0});
        break;
      case Op::Save:
        if (instruction.arg < slot_count_) {
          pending_.push_back({kRestore, instruction.arg, scratch_[instruction.arg]});
          scratch_[instruction.arg] = place;
        }
        pending_.push_back({instruction.next, 0, 0});
        break;
      case Op::Assert:
        if (holds(static_cast<Assertion>(instruction.arg), text, place)) {
          pending_.push_back({instruction.next, 0, 0});
        }
        break;
      default:
        std::ranges::copy(scratch_,
                          threads.slots.begin() + static_cast<std::ptrdiff_t>(top.at * slot_count_));
        break;
    }
  }
}

std::unique_ptr<EngineFactory> make_pike_engine_factory(const Tree& tree) {
  return std::make_unique<PikeEngineFactory>(tree);
}

}  // namespace folio::pattern
