// SPDX-License-Identifier: Apache-2.0
// One compiled RE2 as an Engine.
//
// Ownership: an engine holds its RE2. Threads: one per engine. Errors: a pattern that RE2 refuses.
#pragma once

#include <mutex>

#include "pattern/engine.h"
#include "pattern/re2_engine.h"

namespace re2 {
class RE2;
}

namespace folio::pattern {

class Re2Matcher final : public Engine {
 public:
  explicit Re2Matcher(std::unique_ptr<re2::RE2> re2);
  ~Re2Matcher() override;

  [[nodiscard]] bool is_match(ByteView text) override;
  [[nodiscard]] std::optional<Span> find(ByteView text, std::size_t from) override;
  [[nodiscard]] bool captures(ByteView text, std::size_t from, std::span<Span> groups) override;

 private:
  std::unique_ptr<re2::RE2> re2_;
};

/// What an RE2 is made of; makes as many as there are threads.
class Re2Recipe {
 public:
  enum class Encoding : std::uint8_t { Utf8, Bytes };

  Re2Recipe(std::string text, Encoding encoding, const RegexOptions& options);
  Re2Recipe(const Re2Recipe&) = delete;
  Re2Recipe& operator=(const Re2Recipe&) = delete;
  ~Re2Recipe();

  enum class Check : std::uint8_t {
    Good,
    TooLarge,
    Refused,  ///< Repeats that RE2 does not take, although they may be harmless.
  };
  /// Makes one, which the first make() hands out.
  [[nodiscard]] Check check();
  /// Requires that check() said Good.
  [[nodiscard]] std::unique_ptr<Re2Matcher> make() const;

 private:
  [[nodiscard]] std::unique_ptr<re2::RE2> compile() const;

  std::string text_;
  Encoding encoding_;
  RegexOptions options_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<re2::RE2> spare_;  // guarded by mutex_
};

}  // namespace folio::pattern
