// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/syslog_parser.h"

#include <algorithm>
#include <optional>

#include "logs/structured/field_writer.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

// What is left of a line, and where in the line that is.
class Rest {
 public:
  explicit Rest(std::string_view line) : line_(line) {}

  [[nodiscard]] std::string_view text() const { return line_.substr(at_); }
  [[nodiscard]] bool empty() const { return at_ == line_.size(); }
  void skip(std::size_t size) { at_ += size; }
  bool take(char wanted) {
    if (empty() || line_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  /// Up to the next space or the end.
  [[nodiscard]] std::string_view word() const { return text().substr(0, text().find(' ')); }
  [[nodiscard]] Verdict wrong(Reject reject, std::string_view expected) const {
    return {.reject = empty() ? Reject::TooShort : reject,
            .column = static_cast<std::uint32_t>(at_),
            .expected = expected};
  }

 private:
  std::string_view line_;
  std::size_t at_ = 0;
};

void set_word(Record& record, Field field, std::string_view word) {
  if (!word.empty() && word != "-") record.set(field, word);
}

// "<34>" at the front; its severity.
std::optional<unsigned> read_priority(Rest& rest) {
  constexpr unsigned kPriorityMax = 191;
  TextReader reader(rest.text());
  if (!reader.literal('<')) return std::nullopt;
  unsigned priority = 0;
  unsigned digit = 0;
  std::size_t count = 0;
  for (; count < 4 && reader.digits(1, digit); ++count) priority = priority * 10 + digit;
  if (count == 0 || count > 3 || priority > kPriorityMax || !reader.literal('>')) return std::nullopt;
  rest.skip(rest.text().size() - reader.left());
  return priority % 8;
}

// "su[1234]: " or "su: ", up to the message; nothing where the message begins without a tag.
void read_tag(Rest& rest, Record& record) {
  const std::string_view text = rest.text();
  const std::size_t end = text.find_first_of(" :[");
  if (end == std::string_view::npos || end == 0 || text[end] == ' ') return;
  std::size_t behind = end;
  std::string_view process;
  if (text[end] == '[') {
    const std::size_t close = text.find_first_of(" ]", end);
    if (close == std::string_view::npos || text[close] == ' ') return;
    process = text.substr(end + 1, close - end - 1);
    behind = close + 1;
  }
  if (behind < text.size() && text[behind] == ':') {
    ++behind;
  } else if (behind < text.size() && text[behind] != ' ') {
    return;
  }
  record.set(Field::Program, text.substr(0, end));
  set_word(record, Field::Process, process);
  rest.skip(behind);
  rest.take(' ');
}

bool is_tag(std::string_view word) {
  return word.ends_with(':') || word.find('[') != std::string_view::npos;
}

// "[id name="value"]" and more of them, or "-". False: `rest` is at what is wrong.
bool read_data_element(Rest& rest) {
  const auto skip_name = [&] {
    const std::string_view text = rest.text();
    const std::size_t size = std::min(text.find_first_of(" =]\""), text.size());
    rest.skip(size);
    return size > 0;
  };
  if (!rest.take('[') || !skip_name()) return false;
  while (rest.take(' ')) {
    if (!skip_name() || !rest.take('=') || !rest.take('"')) return false;
    const std::string_view text = rest.text();
    std::size_t at = 0;
    for (; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
    }
    rest.skip(std::min(at, text.size()));
    if (!rest.take('"')) return false;
  }
  return rest.take(']');
}

bool read_data(Rest& rest) {
  if (rest.take('-')) return true;
  if (!read_data_element(rest)) return false;
  while (rest.text().starts_with('[')) {
    if (!read_data_element(rest)) return false;
  }
  return true;
}

// A word and the space behind it.
bool read_word(Rest& rest, std::string_view& word) {
  word = rest.word();
  if (word.empty()) return false;
  rest.skip(word.size());
  return rest.take(' ');
}

std::uint32_t bits(std::initializer_list<Field> fields) {
  std::uint32_t all = 0;
  for (const Field field : fields) all |= 1U << static_cast<unsigned>(field);
  return all;
}

std::uint32_t syslog_fields() {
  return bits({Field::Level, Field::Time, Field::Machine, Field::Program, Field::Process, Field::Message});
}

}  // namespace

Verdict SyslogParser::parse(std::string_view line, Record& record) {
  record = {};
  if (line.empty()) return {};
  Rest rest(line);
  if (line.front() == '<') {
    const auto severity = read_priority(rest);
    if (!severity) return rest.wrong(Reject::BadForm, "a priority of 0 to 191 in angle brackets");
    record.set(Field::Level, severity_name(*severity));
  }
  const bool is_iso = digit_value(rest.empty() ? '\0' : rest.text().front()) <= 9;
  const auto time = is_iso ? scan_iso8601(rest.text()) : scan_rfc3164(rest.text(), reference_);
  if (!time) return rest.wrong(Reject::BadTime, "a time such as Oct 11 22:14:15");
  record.set(Field::Time, time->nanoseconds);
  rest.skip(time->size);
  if (!rest.take(' ')) return rest.wrong(Reject::BadForm, "a space behind the time");
  const std::string_view machine = rest.word();
  if (machine.empty()) return rest.wrong(Reject::BadForm, "the name of a machine");
  if (!is_tag(machine)) {
    set_word(record, Field::Machine, machine);
    rest.skip(machine.size());
    if (!rest.take(' ')) return rest.wrong(Reject::BadForm, "a space behind the machine");
  }
  read_tag(rest, record);
  if (!rest.empty()) record.set(Field::Message, rest.text());
  return {};
}

std::unique_ptr<LineParser> SyslogParser::clone() const {
  return std::make_unique<SyslogParser>(reference_);
}

std::uint32_t SyslogParser::fields() const {
  return syslog_fields();
}

Verdict Syslog5424Parser::parse(std::string_view line, Record& record) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  record = {};
  if (line.empty()) return {};
  Rest rest(line);
  const auto severity = read_priority(rest);
  if (!severity) return rest.wrong(Reject::BadForm, "a priority of 0 to 191 in angle brackets");
  record.set(Field::Level, severity_name(*severity));
  if (!rest.take('1') || !rest.take(' ')) return rest.wrong(Reject::BadForm, "version 1 and a space");
  const std::string_view time_word = rest.word();
  const auto time = parse_iso8601(time_word);
  if (!time && time_word != "-") return rest.wrong(Reject::BadTime, "a time of ISO 8601, or a hyphen");
  if (time) record.set(Field::Time, *time);
  rest.skip(time_word.size());
  if (!rest.take(' ')) return rest.wrong(Reject::BadForm, "a space behind the time");
  for (const Field field : {Field::Machine, Field::Program, Field::Process}) {
    std::string_view word;
    if (!read_word(rest, word)) return rest.wrong(Reject::BadForm, "a machine, a program and a process");
    set_word(record, field, word);
  }
  std::string_view id;
  if (!read_word(rest, id)) return rest.wrong(Reject::BadForm, "the id of the message");
  if (!read_data(rest)) return rest.wrong(Reject::BadForm, "structured data, or a hyphen");
  if (rest.empty()) return {};
  if (!rest.take(' ')) return rest.wrong(Reject::BadForm, "a space before the message");
  if (rest.text().starts_with(kByteOrderMark)) rest.skip(kByteOrderMark.size());
  if (!rest.empty()) record.set(Field::Message, rest.text());
  return {};
}

std::unique_ptr<LineParser> Syslog5424Parser::clone() const {
  return std::make_unique<Syslog5424Parser>();
}

std::uint32_t Syslog5424Parser::fields() const {
  return syslog_fields();
}

}  // namespace folio::logs
