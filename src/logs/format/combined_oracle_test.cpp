// SPDX-License-Identifier: Apache-2.0
// The Combined format, parsed slowly and obviously, on lines that are generated and broken at random.
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <ctime>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "logs/format/compile_format.h"
#include "logs/format/show_for_test.h"

namespace folio::logs {
namespace {

using std::string;

// What stands before `delimiter`, which is cut off `line` with it.
std::optional<string> cut(string& line, const string& delimiter) {
  const std::size_t at = line.find(delimiter);
  if (at == string::npos) return std::nullopt;
  string text = line.substr(0, at);
  line.erase(0, at + delimiter.size());
  return text;
}

// The same for a text in quotes. Each byte with the backslashes before it is looked at, one after the other.
std::optional<string> cut_quoted(string& line, const string& delimiter) {
  bool is_escaped = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool ends = !is_escaped && line[at] == '"';
    const bool is_whole =
        delimiter.size() == 1 ? ends : ends && line.compare(at, delimiter.size(), delimiter) == 0;
    if (is_whole) {
      string text = line.substr(0, at);
      line.erase(0, at + delimiter.size());
      return text;
    }
    is_escaped = !is_escaped && line[at] == '\\';
  }
  return std::nullopt;
}

std::optional<long> number(const string& text) {
  static const std::regex digits{"[0-9]+"};
  long value = 0;
  if (!std::regex_match(text, digits)) return std::nullopt;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} ? std::optional{value} : std::nullopt;
}

std::optional<std::int64_t> time_of(const string& text) {
  static const std::regex form{
      "(\\d\\d)/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/(\\d{4}):(\\d\\d):(\\d\\d):"
      "(\\d\\d) ([+-])(\\d\\d)(\\d\\d)"};
  std::smatch match;
  if (!std::regex_match(text, match, form)) return std::nullopt;
  const auto part = [&](std::size_t index) { return std::stoi(match[index].str()); };
  static const string months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::tm time{};
  time.tm_year = part(3) - 1900;
  time.tm_mon = static_cast<int>(months.find(match[2].str()) / 3);
  time.tm_mday = part(1);
  const std::tm wanted = time;
  const std::time_t midnight = timegm(&time);
  const int zone = (part(8) * 60 + part(9)) * (match[7] == "-" ? -1 : 1);
  if (time.tm_mday != wanted.tm_mday || time.tm_mon != wanted.tm_mon || part(9) > 59) return std::nullopt;
  if (part(4) > 23 || part(5) > 59 || part(6) > 60 || zone < -720 || zone > 840) return std::nullopt;
  if (part(3) < 1678 || part(3) > 2261) return std::nullopt;
  const std::int64_t seconds = midnight + part(4) * 3600 + part(5) * 60 + part(6) - zone * 60;
  return seconds * 1'000'000'000 - (part(6) == 60 ? 1 : 0);
}

void set_text(Record& record, Field field, const string& text, std::vector<string>& keep) {
  if (text.empty() || text == "-") return;
  keep.push_back(text);
  record.set(field, keep.back());
}

void set_request_slowly(Record& record, const string& request, std::vector<string>& keep) {
  static const std::regex nothing{"[- ]*"};
  static const std::regex method{"([A-Za-z_-]{1,24}) ([^]*)"};
  static const std::regex protocol{"(?:([^]*) )?([A-Z]{2,10}/[0-9][^ ]*)"};
  if (std::regex_match(request, nothing)) return;
  std::smatch match;
  if (!std::regex_match(request, match, method)) return set_text(record, Field::Target, request, keep);
  set_text(record, Field::Method, match[1].str() == "-" ? "" : match[1].str(), keep);
  if (match[1].str() == "-") {
    keep.emplace_back("-");
    record.set(Field::Method, keep.back());
  }
  const string rest = match[2].str();
  if (!std::regex_match(rest, match, protocol) || match[2].str().size() > 12) {
    return set_text(record, Field::Target, rest, keep);
  }
  set_text(record, Field::Target, match[1].str(), keep);
  set_text(record, Field::Protocol, match[2].str(), keep);
}

// False if the line does not fit. `keep` holds the texts.
bool parse_slowly(string line, Record& record, std::vector<string>& keep) {
  keep.reserve(20);
  if (line.empty()) return true;
  const auto host = cut(line, " ");
  const auto ident = host ? cut(line, " ") : std::nullopt;
  const auto user = ident ? cut(line, " [") : std::nullopt;
  if (!user || line.size() < 29) return false;
  const auto time = time_of(line.substr(0, 26));
  if (!time || line.substr(26, 3) != "] \"") return false;
  line.erase(0, 29);
  const auto request = cut_quoted(line, "\" ");
  const auto status = request ? cut(line, " ") : std::nullopt;
  const auto bytes = status ? cut(line, " \"") : std::nullopt;
  const auto referrer = bytes ? cut_quoted(line, "\" \"") : std::nullopt;
  const auto agent = referrer ? cut_quoted(line, "\"") : std::nullopt;
  if (!agent || !line.empty()) return false;
  const bool is_none = *status == "000" || *status == "0" || *status == "-1";
  const auto code = is_none ? 0 : number(*status);
  const bool has_status = !status->empty() && *status != "-";
  if (has_status && !is_none && (!code || status->size() != 3 || *code < 100)) return false;
  const auto size = bytes->empty() || *bytes == "-" ? 0 : number(*bytes);
  if (!size) return false;
  set_text(record, Field::Host, *host, keep);
  set_text(record, Field::Ident, *ident, keep);
  set_text(record, Field::User, *user, keep);
  record.set(Field::Time, *time);
  set_request_slowly(record, *request, keep);
  if (has_status) record.set(Field::Status, *code);
  record.set(Field::Bytes, *size);
  set_text(record, Field::Referrer, *referrer, keep);
  set_text(record, Field::UserAgent, *agent, keep);
  return true;
}

class Lines {
 public:
  string next() {
    string line = pick({"192.0.2.1", "2001:db8::1", "-", "a.example.org", ""});
    line += ' ' + pick({"-", "-", "id"}) + ' ' + pick({"-", "joe", "a b", ""});
    line += " [" + pick({"01", "28", "29", "30", "31", "00"}) + '/' +
            pick({"Jan", "Feb", "Feb", "Apr", "Dec", "jan"});
    line += '/' + pick({"2023", "2024", "2000", "1970", "1999", "2300"});
    line += ':' + pick({"00", "12", "23", "24"}) + ':' + pick({"00", "59", "60"}) + ':' +
            pick({"00", "59", "60", "61"});
    line += ' ' + pick({"+0000", "-0700", "+1400", "-1200", "+1430", "+0060"}) + "] \"";
    line += pick({"GET /a HTTP/1.1", "GET /a b HTTP/2.0", "-", "", "\\x16\\x03", "POST /\\\"x\\\\ HTTP/1.0",
                  "GET", "GET /a", "A-B * X/1", "g / AB/2.x", "GET HTTP/1.1", "GET  HTTP/1.1", "/ HTTP/1.1",
                  "- / -"});
    line += "\" " + pick({"200", "404", "000", "0", "-", "20", "2000", "-1"}) + ' ';
    line += pick({"0", "2326", "-", "9223372036854775807", "9223372036854775808", "-5", ""}) + " \"";
    line += pick({"-", "http://e.org/", "http://e.org/\\\"a", "\\\\", "", "a\"b"}) + "\" \"";
    line += pick({"-", "Mozilla/5.0 (X; \\\"y\\\") Z", "curl/8", "", "\\\\\\\""}) + '"';
    return random_() % 2 == 0 ? line : broken(line);
  }

 private:
  // The first half of the choices, which are the good ones, comes most of the time.
  string pick(std::initializer_list<const char*> choices) {
    const std::size_t count = random_() % 8 != 0 ? (choices.size() + 1) / 2 : choices.size();
    return choices.begin()[random_() % count];
  }

  string broken(string line) {
    constexpr std::string_view bytes("\0\xff \"\"[]-\\\\:/059aG", 18);
    switch (random_() % 4) {
      case 0:
        line.resize(random_() % (line.size() + 1));
        break;
      case 1:
        line.insert(random_() % line.size(), 1, bytes[random_() % bytes.size()]);
        break;
      case 2:
        line.erase(random_() % line.size(), random_() % 3 + 1);
        break;
      default:
        line[random_() % line.size()] = bytes[random_() % bytes.size()];
        break;
    }
    return line;
  }

  std::mt19937 random_{20231011};
};

TEST(CombinedOracle, TheSlowParserSaysTheSame) {
  const auto parser = *compile_format(R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")");
  Lines lines;
  int accepted = 0;
  constexpr int count = 10'000;
  for (int i = 0; i < count; ++i) {
    const string line = lines.next();
    Record expected;
    std::vector<string> keep;
    const bool fits = parse_slowly(line, expected, keep);
    const string result = parse_and_show(*parser, line);
    const bool is_rejected = result.find(" at ") != string::npos && result.find(": ") != string::npos;
    ASSERT_EQ(!is_rejected, fits) << line << '\n' << result;
    if (fits) {
      ASSERT_EQ(result, show(expected)) << line;
    }
    accepted += fits ? 1 : 0;
  }
  // Both kinds are common.
  EXPECT_GT(accepted, count / 10);
  EXPECT_LT(accepted, count * 9 / 10);
}

}  // namespace
}  // namespace folio::logs
