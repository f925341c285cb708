// SPDX-License-Identifier: Apache-2.0
#include "generate/block_source.h"

#include "generate/piece.h"

namespace folio::generate {

std::unique_ptr<BlockSource> make_source(const Recipe& recipe) {
  switch (recipe.kind) {
    case GenerateKind::Text:
      return make_text_source(recipe);
    case GenerateKind::Log:
      return make_log_source(recipe);
    case GenerateKind::Random:
      return make_random_source(recipe);
    case GenerateKind::Zeros:
      return make_zeros_source(recipe);
    case GenerateKind::Binary:
      return make_binary_source(recipe);
  }
  return nullptr;
}

std::size_t block_slack(const Needle& needle) {
  return 2 * kRenderSlack + needle.text.size();
}

}  // namespace folio::generate
