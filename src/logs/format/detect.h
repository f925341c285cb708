// SPDX-License-Identifier: Apache-2.0
// Which format the first lines of a file have.
//
// Ownership: a detection owns the parser that it chose. Threads: plain functions. Errors: no format fits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/format/named.h"
#include "logs/line_parser.h"

namespace folio::logs {

inline constexpr std::size_t kDetectionBytes = std::size_t{64} << 10;
inline constexpr std::uint64_t kDetectionLines = 200;

struct Candidate {
  std::string name;
  std::unique_ptr<LineParser> parser;
};

/// All named formats that may fit a file with such a beginning.
[[nodiscard]] std::vector<Candidate> candidates(const FormatHints& hints);

struct FormatScore {
  std::string name;
  std::uint64_t lines = 0;     ///< That were tried; empty lines and comments are not.
  std::uint64_t accepted = 0;  ///< Of those.
  std::uint64_t odd = 0;  ///< Of those: where a field has what it hardly ever has, as a user with spaces.
  unsigned fields = 0;    ///< That any line had.
};

struct Detection {
  std::string name;
  std::unique_ptr<LineParser> parser;  ///< Fresh.
  std::string explanation;             ///< One sentence.
  std::vector<FormatScore> ranking;    ///< The best first.
};

/// Tries the candidates on the first lines of `head`, which are a file's first kDetectionBytes, or all of it.
/// The one that accepts most lines is chosen, of equal ones the one with fewer odd lines, then the one with
/// more fields, then the earlier one.
[[nodiscard]] Result<Detection> detect_format(std::string_view head, std::vector<Candidate> candidates);

}  // namespace folio::logs
