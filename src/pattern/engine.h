// SPDX-License-Identifier: Apache-2.0
// The seam between the search and what decides whether a pattern matches.
//
// Ownership: an Engine refers to nothing but what it holds. Threads: one thread per engine; each worker makes
// its own from a shared EngineFactory. Errors: a search that hits a limit answers "no match" and keeps the
// reason until take_failure() asks for it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::pattern {

inline constexpr std::size_t kUnset = static_cast<std::size_t>(-1);

/// Offsets into the text; both kUnset for a group that took no part.
struct Span {
  std::size_t begin = kUnset;
  std::size_t end = kUnset;
  friend bool operator==(const Span&, const Span&) = default;
};

class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  // `text` is one record without its terminator, or with multi-line patterns all of the input. A call with
  // the view of the call before and a higher `from` promises that its bytes have not changed; the search for
  // the first match in a buffer that was filled anew begins at 0.
  [[nodiscard]] virtual bool is_match(ByteView text) = 0;
  /// The leftmost match at or after `from` (<= size), the first alternative preferred. Assertions look at the
  /// bytes before `from` too.
  [[nodiscard]] virtual std::optional<Span> find(ByteView text, std::size_t from) = 0;
  /// The same with all groups; groups[0] is the match. `groups` may be shorter than there are groups.
  [[nodiscard]] virtual bool captures(ByteView text, std::size_t from, std::span<Span> groups) = 0;
  /// Why a search was given up since the last call; the first such reason.
  [[nodiscard]] virtual std::optional<Error> take_failure() { return std::nullopt; }
};

class EngineFactory {
 public:
  EngineFactory() = default;
  EngineFactory(const EngineFactory&) = delete;
  EngineFactory& operator=(const EngineFactory&) = delete;
  virtual ~EngineFactory() = default;

  [[nodiscard]] virtual std::unique_ptr<Engine> make() const = 0;
  /// Names of the groups by index - 1, empty for those without; its size is the number of groups.
  [[nodiscard]] virtual const std::vector<std::string>& capture_names() const = 0;
  /// "RE2", "PCRE2 with JIT": for --explain.
  [[nodiscard]] virtual std::string describe() const = 0;
};

}  // namespace folio::pattern
