// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/json_parser.h"

namespace folio::logs {

Verdict JsonParser::parse(std::string_view line, Record& record) {
  writer_.begin(record);
  if (line.empty()) return {};
  Walk walk{.cursor = JsonCursor{line}, .record = record};
  JsonCursor& cursor = walk.cursor;
  cursor.skip_space();
  bool fits = cursor.peek() == '{' ? object(walk, KeyTable::kRoot, 1) : cursor.fail("a brace at the begin");
  if (fits) {
    cursor.skip_space();
    fits = cursor.at_end() || cursor.fail("nothing behind the object");
  }
  if (fits) return walk.verdict.ok() ? writer_.finish(record, line) : walk.verdict;
  return {.reject = Reject::BadJson,
          .column = static_cast<std::uint32_t>(cursor.at()),
          .expected = cursor.expected()};
}

std::unique_ptr<LineParser> JsonParser::clone() const {
  return std::make_unique<JsonParser>(keys_);
}

std::uint32_t JsonParser::fields() const {
  return keys_->fields() | 1U << static_cast<unsigned>(Field::Message);
}

// `depth` counts this object. Recursion ends with the mapping's paths, which are short.
bool JsonParser::object(Walk& walk, std::uint16_t level, unsigned depth) {
  JsonCursor& cursor = walk.cursor;
  cursor.skip();
  cursor.skip_space();
  if (cursor.peek() == '}') {
    cursor.skip();
    return true;
  }
  for (;;) {
    std::string_view name;
    if (!cursor.name(name)) return false;
    const KeyTable::Key* const key = keys_->find(level, name);
    if (!(key == nullptr ? cursor.value(depth) : known_value(walk, *key, depth))) return false;
    cursor.skip_space();
    if (cursor.peek() != ',') return cursor.take('}', "a comma or a brace");
    cursor.skip();
    cursor.skip_space();
  }
}

bool JsonParser::array(Walk& walk, std::uint16_t level, unsigned depth) {
  JsonCursor& cursor = walk.cursor;
  cursor.skip();
  cursor.skip_space();
  if (cursor.peek() == ']') {
    cursor.skip();
    return true;
  }
  for (std::size_t number = 0;; ++number) {
    const KeyTable::Key* const key = keys_->find_element(level, number);
    if (!(key == nullptr ? cursor.value(depth) : known_value(walk, *key, depth))) return false;
    cursor.skip_space();
    if (cursor.peek() != ',') return cursor.take(']', "a comma or a bracket");
    cursor.skip();
    cursor.skip_space();
  }
}

bool JsonParser::known_value(Walk& walk, const KeyTable::Key& key, unsigned depth) {
  JsonCursor& cursor = walk.cursor;
  std::string_view value;
  const char first = cursor.peek();
  if (first == '"')
    return cursor.string(value) && write(walk, key.target, value, FieldWriter::Written::Quoted);
  if (first == '{' && key.object != kNone) return object(walk, key.object, depth + 1);
  if (first == '[' && key.array != kNone) return array(walk, key.array, depth + 1);
  if (first == '{' || first == '[') return cursor.value(depth);
  if (first == 'n') return cursor.word(value);
  if (!(first >= 'a' ? cursor.word(value) : cursor.number(value))) return false;
  return write(walk, key.target, value, FieldWriter::Written::Bare);
}

// The rest of a line that does not fit is looked at too: what is no JSON is rejected as such.
bool JsonParser::write(Walk& walk, std::uint16_t target, std::string_view value,
                       FieldWriter::Written written) {
  while (target != kNone) {
    const Target& to = keys_->target(target);
    const Reject reject = writer_.write(walk.record, to, value, written);
    if (reject != Reject::None && walk.verdict.ok()) {
      const std::size_t column = walk.cursor.at() - value.size();
      walk.verdict = {
          .reject = reject,
          .column = static_cast<std::uint32_t>(column - (written == FieldWriter::Written::Quoted)),
          .expected = expected_for(reject)};
    }
    target = to.next;
  }
  return true;
}

}  // namespace folio::logs
