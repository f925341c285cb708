// SPDX-License-Identifier: Apache-2.0
// The text that stands in for a match: $1, ${1}, $name and ${name} are groups, $$ is a dollar sign.
//
// A name is the longest run of letters, digits and '_'. Groups that there are not, or that took no part, give
// nothing. Threads: immutable.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "folio/bytes.h"
#include "pattern/engine.h"

namespace folio::search {

class Replacement {
 public:
  /// `names` by group index - 1.
  Replacement(std::string_view text, const std::vector<std::string>& names);

  /// Groups that expand() needs: the highest one and those before it.
  [[nodiscard]] std::size_t group_count() const { return group_count_; }
  void expand(std::string& out, ByteView text, std::span<const pattern::Span> groups) const;

 private:
  using Piece = std::variant<std::string, std::size_t>;  // text, or the index of a group
  void add_text(std::string_view text);
  [[nodiscard]] std::string_view add_reference(std::string_view text, const std::vector<std::string>& names);
  void add_group(std::string_view name, const std::vector<std::string>& names);

  std::vector<Piece> pieces_;
  std::size_t group_count_ = 1;
};

}  // namespace folio::search
