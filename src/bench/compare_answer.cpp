// SPDX-License-Identifier: Apache-2.0
#include "bench/compare_answer.h"

#include <bit>

namespace folio::bench {

namespace {

constexpr std::size_t kFrontMax = 80;

/// FNV-1a, and a mix so that sums of it tell sets apart.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3;
  hash = (hash ^ std::rotl(hash, 32)) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 29U);
}

}  // namespace

void AnswerDigest::add(ByteView bytes) {
  std::string_view text = to_text(bytes);
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    if (rest_.empty()) {
      add_line(text.substr(0, end));
    } else {
      rest_.append(text.substr(0, end));
      add_line(rest_);
      rest_.clear();
    }
    text.remove_prefix(end + 1);
  }
  rest_.append(text);
}

void AnswerDigest::finish() {
  if (!rest_.empty()) add_line(rest_);
  rest_.clear();
}

void AnswerDigest::add_line(std::string_view line) {
  if (kind_ == Answer::Counts && (line == "0" || line.ends_with(":0"))) return;
  if (lines_ == 0) front_ = line.substr(0, kFrontMax);
  ++lines_;
  sum_ += hash_of(line);
}

}  // namespace folio::bench
