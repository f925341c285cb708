// SPDX-License-Identifier: Apache-2.0
#include "pattern/requirement.h"

#include <algorithm>
#include <utility>

#include "pattern/required_literals.h"
#include "pattern/required_window.h"

namespace folio::pattern {

namespace {

/// Candidates in more than this part of all positions do not pay.
constexpr double kUsefulLiteralShare = 1.0 / 64;
constexpr double kUsefulWindowShare = 1.0 / 24;
/// Literals in more than this part give way to a window that is this much more selective. Rarer ones stay:
/// they are found faster.
constexpr double kWeakLiteralShare = 1.0 / 500;
constexpr double kWorthAWindow = 4;
/// So many literals are searched without an engine at the same cost as a few.
constexpr std::size_t kExactVariantsMax = 16;

bool has_assertion(const Node& node) {
  return node.kind == Node::Kind::Assertion ||
         std::ranges::any_of(node.parts, [](const NodePtr& part) { return has_assertion(*part); });
}

void take_exactly(Requirement& requirement, PlainLiterals literals, double share) {
  requirement.literals = std::move(literals.literals);
  requirement.folding = literals.folding;
  requirement.exact = true;
  requirement.literal_share = share;
}

void choose_literals(Requirement& requirement, const Node& root, const ByteSample* sample) {
  using Variants = LiteralExtractor::Variants;
  LiteralExtractor expanding{Variants::Expand, sample};
  LiteralExtractor cutting{Variants::Cut, sample};
  const LiteralInfo info = expanding.extract(root);
  const LiteralInfo cut = cutting.extract(root);
  LiteralInfo::Inner best = expanding.best_of(info);
  PlainLiterals literals = plain(best.set);
  const bool few = info.prefix.size() <= kExactVariantsMax || cut.exact;
  if (info.exact && few && !has_assertion(root)) {
    PlainLiterals all = plain(info.prefix);
    if (all.same || all.literals.empty()) return take_exactly(requirement, std::move(all), best.share);
  }
  LiteralInfo::Inner best_cut = cutting.best_of(cut);
  if (best_cut.share < best.share) {
    best = std::move(best_cut);
    literals = plain(best.set);
  }
  if (best.set.empty()) return take_exactly(requirement, {}, 0);
  if (best.share > kUsefulLiteralShare) return;
  requirement.literals = std::move(literals.literals);
  requirement.folding = literals.folding;
  requirement.literal_share = best.share;
}

/// Without sets at the ends that exclude next to nothing.
SetRun trimmed(SetRun run, const WindowExtractor& extractor) {
  constexpr double kNearlyAll = 0.9;
  const auto excludes = [&](const simd::ByteSet& set) { return extractor.share_of({&set, 1}) < kNearlyAll; };
  run.erase(std::find_if(run.rbegin(), run.rend(), excludes).base(), run.end());
  run.erase(run.begin(), std::ranges::find_if(run, excludes));
  return run;
}

void choose_window(Requirement& requirement, const Node& root, const ByteSample* sample) {
  const simd::ByteShares shares = byte_shares(sample);
  WindowExtractor extractor{shares, sample};
  SetRun window = trimmed(extractor.best_of(extractor.extract(root), simd::kWindowSizeMax), extractor);
  const double share = extractor.sampled_share_of(window);
  if (share > kUsefulWindowShare) return;
  requirement.window = std::move(window);
  requirement.window_share = share;
  const bool better = requirement.window_share * kWorthAWindow < requirement.literal_share;
  if (requirement.literal_share < kWeakLiteralShare || !better) return;
  requirement.literals.clear();
  requirement.folding = CaseFolding::None;
  requirement.literal_share = 1;
}

}  // namespace

simd::ByteShares byte_shares(const ByteSample* sample) {
  const ByteHistogram empty;
  const ByteHistogram& histogram = sample != nullptr ? sample->histogram : empty;
  simd::ByteShares shares;
  for (std::size_t byte = 0; byte < shares.size(); ++byte) {
    shares[byte] = histogram.share(static_cast<std::byte>(byte), CaseFolding::None);
  }
  return shares;
}

Requirement require(const Node& root, const ByteSample* sample) {
  Requirement requirement;
  choose_literals(requirement, root, sample);
  if (!requirement.exact) choose_window(requirement, root, sample);
  return requirement;
}

}  // namespace folio::pattern
