// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/logfmt_parser.h"

namespace folio::logs {

namespace {

Verdict wrong(std::size_t column, std::string_view expected) {
  return {.reject = Reject::BadForm, .column = static_cast<std::uint32_t>(column), .expected = expected};
}

constexpr bool separates(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// A pair, or a flag, at the front of what is left of a line.
struct Pair {
  std::string_view name = {};
  std::string_view value = {};
  bool has_value = false;
};

class PairReader {
 public:
  explicit PairReader(std::string_view line) : line_(line) {}

  /// False behind the last pair.
  [[nodiscard]] bool has_next() {
    while (at_ < line_.size() && separates(line_[at_])) ++at_;
    return at_ < line_.size();
  }
  Verdict read(Pair& pair);

 private:
  Verdict read_quoted(Pair& pair);
  Verdict read_plain(Pair& pair);

  std::string_view line_;
  std::size_t at_ = 0;
};

Verdict PairReader::read(Pair& pair) {
  const std::size_t begin = at_;
  while (at_ < line_.size() && !separates(line_[at_]) && line_[at_] != '=' && line_[at_] != '"') ++at_;
  pair = {.name = line_.substr(begin, at_ - begin)};
  if (pair.name.empty() || (at_ < line_.size() && line_[at_] == '"')) return wrong(at_, "a key");
  if (at_ == line_.size() || line_[at_] != '=') return {};
  pair.has_value = true;
  ++at_;
  return at_ < line_.size() && line_[at_] == '"' ? read_quoted(pair) : read_plain(pair);
}

Verdict PairReader::read_quoted(Pair& pair) {
  const std::size_t begin = ++at_;
  for (; at_ < line_.size() && line_[at_] != '"'; ++at_) {
    if (line_[at_] == '\\') ++at_;
  }
  if (at_ >= line_.size()) return wrong(begin - 1, "a quote that is closed");
  pair.value = line_.substr(begin, at_ - begin);
  ++at_;
  return at_ == line_.size() || separates(line_[at_]) ? Verdict{} : wrong(at_, "a space behind the quote");
}

Verdict PairReader::read_plain(Pair& pair) {
  const std::size_t begin = at_;
  while (at_ < line_.size() && !separates(line_[at_]) && line_[at_] != '"') ++at_;
  pair.value = line_.substr(begin, at_ - begin);
  return at_ == line_.size() || line_[at_] != '"' ? Verdict{}
                                                  : wrong(at_, "no quote inside a value without quotes");
}

}  // namespace

Verdict LogfmtParser::write(Record& record, std::string_view line, std::string_view name,
                            std::string_view value) {
  const KeyTable::Key* const key = keys_->find(KeyTable::kRoot, name);
  if (key == nullptr) return {};
  for (std::uint16_t number = key->target; number != kNone; number = keys_->target(number).next) {
    const Reject reject = writer_.write(record, keys_->target(number), value, FieldWriter::Written::Quoted);
    if (reject == Reject::None) continue;
    return {.reject = reject,
            .column = static_cast<std::uint32_t>(value.data() - line.data()),
            .expected = expected_for(reject)};
  }
  return {};
}

Verdict LogfmtParser::parse(std::string_view line, Record& record) {
  writer_.begin(record);
  if (line.empty()) return {};
  Verdict mismatch;
  bool has_pair = false;
  for (PairReader reader(line); reader.has_next();) {
    Pair pair;
    if (const Verdict verdict = reader.read(pair); !verdict.ok()) return verdict;
    has_pair |= pair.has_value;
    const Verdict verdict = pair.has_value ? write(record, line, pair.name, pair.value) : Verdict{};
    if (mismatch.ok()) mismatch = verdict;
  }
  if (!has_pair) return wrong(line.size(), "a key with a value");
  return mismatch.ok() ? writer_.finish(record, line) : mismatch;
}

std::unique_ptr<LineParser> LogfmtParser::clone() const {
  return std::make_unique<LogfmtParser>(keys_);
}

std::uint32_t LogfmtParser::fields() const {
  return keys_->fields() | 1U << static_cast<unsigned>(Field::Message);
}

}  // namespace folio::logs
