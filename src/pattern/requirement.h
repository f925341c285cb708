// SPDX-License-Identifier: Apache-2.0
// temporary
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "pattern/byte_sample.h"
#include "pattern/case_folding.h"
#include "pattern/syntax.h"
#include "simd/byte_window.h"
namespace folio::pattern {
struct Requirement {
  std::vector<std::string> literals;
  CaseFolding folding = CaseFolding::None;
  bool exact = false;
  std::optional<simd::ByteWindow> window;
};
[[nodiscard]] Requirement require(const Node& root, const ByteSample* sample);
}
