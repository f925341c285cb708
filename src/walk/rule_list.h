// SPDX-License-Identifier: Apache-2.0
// An ordered list of globs with verdicts; the last one that matches decides.
//
// Long lists are looked up by the last path component and by its extension; the rest is tried one by one.
// Ownership: owns its globs. Threads: immutable after finish().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "walk/glob.h"

namespace folio::walk_detail {

enum class Verdict : std::uint8_t { None, Ignore, Include };
enum class EntryType : std::uint8_t { File, Directory };
enum class AppliesTo : std::uint8_t { Everything, Directories };

/// What a rule looks at. `path` is relative to where the rule is anchored; it may be left empty for lists
/// that have no rule with needs_path().
struct Candidate {
  std::string_view path;
  std::string_view name;
  EntryType type = EntryType::File;
};

class RuleList {
 public:
  void add(Glob glob, AppliesTo applies_to, Verdict verdict);

  /// To be called once, after the last add().
  void finish();

  [[nodiscard]] Verdict decide(const Candidate& candidate) const;
  [[nodiscard]] bool is_empty() const { return rules_.empty(); }
  [[nodiscard]] bool needs_path() const { return needs_path_; }
  [[nodiscard]] std::size_t size() const { return rules_.size(); }

 private:
  struct Rule {
    Glob glob;
    AppliesTo applies_to = AppliesTo::Everything;
    Verdict verdict = Verdict::None;
  };
  struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  // Keys are lower case; indexes ascend.
  using Index = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;

  [[nodiscard]] bool applies(const Rule& rule, const Candidate& candidate) const;
  [[nodiscard]] std::size_t last_of(const std::vector<std::uint32_t>& indexes, const Candidate& candidate,
                                    std::size_t at_least) const;
  [[nodiscard]] std::size_t last_indexed(const Candidate& candidate) const;

  std::vector<Rule> rules_;
  Index by_name_;
  Index by_extension_;
  std::vector<std::uint32_t> others_;
  bool needs_path_ = false;
  bool is_indexed_ = false;
};

}  // namespace folio::walk_detail
