// SPDX-License-Identifier: Apache-2.0
// For tests: the obvious search for several literals. Shares no code with the searchers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/case_folding.h"
#include "pattern/literal_match.h"

namespace folio::pattern {

struct MultiLiteralOracle {
  std::vector<std::string> literals;
  CaseFolding folding = CaseFolding::None;

  [[nodiscard]] bool same(char left, char right) const {
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    return folding == CaseFolding::None ? left == right : upper(left) == upper(right);
  }
  [[nodiscard]] bool stands_at(std::string_view literal, std::string_view haystack, std::size_t at) const {
    if (haystack.size() - at < literal.size()) return false;
    for (std::size_t i = 0; i < literal.size(); ++i) {
      if (!same(literal[i], haystack[at + i])) return false;
    }
    return true;
  }
  [[nodiscard]] std::optional<LiteralMatch> find(std::string_view haystack, std::size_t from) const {
    for (std::size_t at = from; at <= haystack.size(); ++at) {
      for (std::size_t i = 0; i < literals.size(); ++i) {
        if (stands_at(literals[i], haystack, at)) return LiteralMatch{at, literals[i].size(), i};
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] std::uint64_t count_records(std::string_view records, char terminator) const {
    std::uint64_t count = 0;
    while (!records.empty()) {
      const std::string_view record = records.substr(0, records.find(terminator));
      count += find(record, 0) ? 1U : 0U;
      records.remove_prefix(std::min(record.size() + 1, records.size()));
    }
    return count;
  }
};

}  // namespace folio::pattern
