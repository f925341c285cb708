// SPDX-License-Identifier: Apache-2.0
// Decides what RE2 may decide.
#include "pattern/re2_engine.h"

#include <utility>

#include "core/try.h"
#include "pattern/ascii_text.h"
#include "pattern/pattern_error.h"
#include "pattern/pike.h"
#include "pattern/re2_matcher.h"
#include "pattern/re2_text.h"
#include "pattern/word_edges.h"

namespace folio::pattern {
namespace {

using Check = Re2Recipe::Check;

// What the engines of one factory share.
struct Plan {
  std::unique_ptr<Re2Recipe> exact;    // null: RE2 cannot say it
  std::unique_ptr<Re2Recipe> relaxed;  // finds candidates; null: not needed, or RE2 refuses
  bool exact_on_all_texts = false;
  std::optional<WordEdges> edges;  // all that `relaxed` leaves out
  std::shared_ptr<const PikeProgram> program;
};

class BoundaryEngine final : public Engine {
 public:
  explicit BoundaryEngine(std::shared_ptr<const Plan> plan) : plan_{std::move(plan)}, pike_{plan_->program} {}

  [[nodiscard]] bool is_match(ByteView text) override {
    if (is_for_exact(text, 0)) return exact().is_match(text);
    const auto candidate = find_candidate(text, 0);
    return candidate && (is_sure(text, *candidate) || pike_.is_match(text));
  }

  [[nodiscard]] std::optional<Span> find(ByteView text, std::size_t from) override {
    if (is_for_exact(text, from)) return exact().find(text, from);
    const auto candidate = find_candidate(text, from);
    if (!candidate || is_sure(text, *candidate)) return candidate;
    return pike_.find(text, candidate->begin);
  }

  [[nodiscard]] bool captures(ByteView text, std::size_t from, std::span<Span> groups) override {
    if (is_for_exact(text, from)) return exact().captures(text, from, groups);
    const auto candidate = find_candidate(text, from);
    if (!candidate) return false;
    if (is_sure(text, *candidate)) return relaxed_->captures(text, candidate->begin, groups);
    return pike_.captures(text, candidate->begin, groups);
  }

 private:
  // A leftmost match of the pattern begins at the candidate or behind it.
  std::optional<Span> find_candidate(ByteView text, std::size_t from) {
    if (!plan_->relaxed) return Span{from, kUnset};
    if (!relaxed_) relaxed_ = plan_->relaxed->make();
    return relaxed_->find(text, from);
  }

  [[nodiscard]] bool is_sure(ByteView text, Span candidate) const {
    return candidate.end != kUnset && plan_->edges && plan_->edges->hold(text, candidate);
  }

  Engine& exact() {
    if (!exact_) exact_ = plan_->exact->make();
    return *exact_;
  }

  // Asks for the bytes of a text once, not at each of its matches.
  bool is_for_exact(ByteView text, std::size_t from) {
    if (!plan_->exact) return false;
    if (plan_->exact_on_all_texts) return true;
    const bool is_next =
        from > last_from_ && text.data() == last_text_.data() && text.size() == last_text_.size();
    if (!is_next) last_is_ascii_ = is_ascii(text);
    last_text_ = text;
    last_from_ = from;
    return last_is_ascii_;
  }

  std::shared_ptr<const Plan> plan_;
  PikeEngine pike_;
  std::unique_ptr<Engine> exact_;
  std::unique_ptr<Engine> relaxed_;
  ByteView last_text_;
  std::size_t last_from_ = 0;
  bool last_is_ascii_ = false;
};

class RegexEngineFactory final : public EngineFactory {
 public:
  RegexEngineFactory(std::shared_ptr<const Plan> plan, std::vector<std::string> names)
      : plan_{std::move(plan)}, names_{std::move(names)} {}

  [[nodiscard]] std::unique_ptr<Engine> make() const override {
    if (!plan_->program) return plan_->exact->make();
    return std::make_unique<BoundaryEngine>(plan_);
  }
  [[nodiscard]] const std::vector<std::string>& capture_names() const override { return names_; }
  [[nodiscard]] std::string describe() const override {
    if (!plan_->program || plan_->exact_on_all_texts) return "RE2";
    if (plan_->exact) return "RE2, and a Pike machine where a line is not ASCII";
    return "RE2 for candidates, and a Pike machine";
  }

 private:
  std::shared_ptr<const Plan> plan_;
  std::vector<std::string> names_;
};

Result<std::unique_ptr<Re2Recipe>> make_recipe(const Node& root, WordAssertions words,
                                               const RegexOptions& options) {
  const auto text = re2_text(root, words);
  if (!text) return nullptr;
  const auto encoding = needs_bytes(root) ? Re2Recipe::Encoding::Bytes : Re2Recipe::Encoding::Utf8;
  auto recipe = std::make_unique<Re2Recipe>(*text, encoding, options);
  const Check check = recipe->check();
  if (check == Check::TooLarge) {
    return pattern_error("the pattern is too large: compiled it takes more than " +
                         std::to_string(options.max_memory >> 20) +
                         " MiB; fewer repeats, or (?-u) where ASCII is enough, make it smaller");
  }
  if (check == Check::Refused) return nullptr;
  return recipe;
}

}  // namespace

Result<std::unique_ptr<EngineFactory>> make_regex_engine_factory(const Tree& tree,
                                                                 const RegexOptions& options) {
  auto plan = std::make_shared<Plan>();
  plan->exact = FOLIO_TRY(make_recipe(*tree.root, WordAssertions::Exact, options));
  plan->exact_on_all_texts = plan->exact && !has_unicode_boundary(*tree.root);
  if (!plan->exact_on_all_texts) {
    plan->relaxed = FOLIO_TRY(make_recipe(*tree.root, WordAssertions::Dropped, options));
    if (!plan->exact && !plan->relaxed) return make_pike_engine_factory(tree);
    plan->edges = word_edges(*tree.root);
    plan->program = std::make_shared<const PikeProgram>(tree);
  }
  return std::make_unique<RegexEngineFactory>(std::move(plan), tree.capture_names);
}

std::shared_ptr<const EngineFactory> make_scanner_factory(const Tree& tree, const RegexOptions& options) {
  auto plan = std::make_shared<Plan>();
  auto recipe = make_recipe(*tree.root, WordAssertions::Dropped, options);
  if (!recipe || !*recipe) return nullptr;
  plan->exact = std::move(*recipe);
  plan->exact_on_all_texts = true;
  return std::make_shared<RegexEngineFactory>(std::move(plan), tree.capture_names);
}

}  // namespace folio::pattern
