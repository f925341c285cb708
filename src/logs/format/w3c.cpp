// SPDX-License-Identifier: Apache-2.0
#include "logs/format/w3c.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fail.h"
#include "logs/format/ascii_case.h"
#include "logs/format/delimited_parser.h"
#include "logs/format/format_program.h"
#include "logs/time/civil_time.h"

namespace folio::logs {

namespace {

constexpr std::string_view kFieldsDirective = "#Fields:";
constexpr std::size_t kFieldsMax = 256;  // of a directive that may be hostile
constexpr std::string_view kMoreFields = "the fields that the #Fields line names";
constexpr std::string_view kNoFields = "a #Fields line that says what the fields are";
constexpr std::string_view kCloudFrontFields =
    "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
    "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol "
    "cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type "
    "cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte "
    "x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";

struct KnownField {
  std::string_view name;
  Conversion conversion;
  Field field;
  unsigned rank = 1;
};

constexpr std::array<KnownField, 26> kKnown{{
    {"c-ip", Conversion::Text, Field::Host, 2},
    {"c-dns", Conversion::Text, Field::Host, 1},
    {"cs-username", Conversion::Text, Field::User},
    {"cs-host", Conversion::Text, Field::VirtualHost, 2},
    {"cs(host)", Conversion::Text, Field::VirtualHost, 2},
    {"x-host-header", Conversion::Text, Field::VirtualHost, 3},
    {"s-dns", Conversion::Text, Field::VirtualHost, 1},
    {"cs-method", Conversion::Text, Field::Method},
    {"cs-uri", Conversion::Text, Field::Target, 2},
    {"cs-uri-stem", Conversion::Text, Field::Target, 1},
    {"cs-version", Conversion::Text, Field::Protocol},
    {"cs-protocol-version", Conversion::Text, Field::Protocol},
    {"cs(referer)", Conversion::Text, Field::Referrer},
    {"cs(user-agent)", Conversion::Text, Field::UserAgent},
    {"x-forwarded-for", Conversion::Text, Field::ForwardedFor},
    {"cs(x-forwarded-for)", Conversion::Text, Field::ForwardedFor},
    {"x-edge-result-type", Conversion::Text, Field::CacheStatus},
    {"ssl-protocol", Conversion::Text, Field::TlsProtocol},
    {"ssl-cipher", Conversion::Text, Field::TlsCipher},
    {"x-edge-request-id", Conversion::Text, Field::RequestId},
    {"s-computername", Conversion::Text, Field::Machine},
    {"sc-status", Conversion::Status, Field::Status},
    {"sc-bytes", Conversion::Count, Field::Bytes},
    {"cs-bytes", Conversion::Count, Field::BytesReceived},
    {"s-port", Conversion::Count, Field::ServerPort},
    {"time-taken", Conversion::Duration, Field::Latency},
}};

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r';
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::ranges::find_if(text, is_blank);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size > 0) words.push_back(text.substr(0, size));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return words;
}

FieldSpec time_part(std::string_view pattern) {
  FieldSpec spec;
  spec.conversion = Conversion::TimePart;
  spec.field = Field::Time;
  spec.pattern = pattern;
  return spec;
}

FieldSpec spec_of(std::string_view name, std::int64_t unit, bool has_date) {
  if (has_date && equals_ignoring_case(name, "date")) return time_part("%F");
  if (has_date && equals_ignoring_case(name, "time")) return time_part("%T");
  FieldSpec spec;
  spec.may_be_quoted = true;
  for (const KnownField& known : kKnown) {
    if (!equals_ignoring_case(known.name, name)) continue;
    spec.conversion = known.conversion;
    spec.field = known.field;
    spec.rank = known.rank;
    spec.unit = unit;
  }
  return spec;
}

Result<SharedProgram> program_of(std::string_view fields, char separator, std::int64_t unit) {
  FormatPieces pieces;
  const auto names = split(fields);
  if (names.size() > kFieldsMax) return fail(Errc::BadData, {}, "the #Fields line names too many fields");
  // A time of day without a date is no time.
  const bool has_date =
      std::ranges::any_of(names, [](auto name) { return equals_ignoring_case(name, "date"); }) &&
      std::ranges::any_of(names, [](auto name) { return equals_ignoring_case(name, "time"); });
  for (const std::string_view name : names) {
    if (!pieces.empty()) append_literal(pieces, separator, 0);
    FormatPiece piece;
    piece.spec = spec_of(name, unit, has_date);
    piece.name = name;
    pieces.push_back(std::move(piece));
  }
  return build_program(pieces, Rest::NoMoreWords);
}

bool has_line(std::string_view header, std::string_view begin, std::string_view within) {
  for (std::size_t at = 0; at < header.size();) {
    const std::size_t end = std::min(header.find('\n', at), header.size());
    const std::string_view line = header.substr(at, end - at);
    if (line.starts_with(begin) && line.find(within) != std::string_view::npos) return true;
    at = end + 1;
  }
  return false;
}

bool is_by_microsoft(std::string_view header) {
  return has_line(header, "#Software:", "Microsoft");
}

class W3cParser final : public LineParser {
 public:
  W3cParser(char separator, std::int64_t unit) : separator_(separator), unit_(unit) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override {
    if (line.starts_with('#')) {
      record = Record{};
      if (line.starts_with(kFieldsDirective)) learn(line.substr(kFieldsDirective.size()));
      return {};
    }
    if (!inner_) {
      record = Record{};
      if (line.empty()) return {};
      return {.reject = Reject::BadForm, .column = 0, .expected = kNoFields};
    }
    Verdict verdict = inner_->parse(line, record);
    // What the program says may not live as long as this parser, which meets new #Fields lines.
    const bool is_of_program = verdict.reject == Reject::TooShort || verdict.reject == Reject::BadForm;
    if (is_of_program) verdict.expected = kMoreFields;
    return verdict;
  }

  [[nodiscard]] std::unique_ptr<LineParser> clone() const override {
    auto copy = std::make_unique<W3cParser>(separator_, unit_);
    copy->names_ = names_;
    if (inner_) copy->inner_ = inner_->clone();
    return copy;
  }

  [[nodiscard]] LineOrder line_order() const override { return LineOrder::Matters; }
  [[nodiscard]] std::uint32_t fields() const override { return inner_ ? inner_->fields() : 0; }

  void learn(std::string_view names) {
    if (inner_ && names == names_) return;
    auto program = program_of(names, separator_, unit_);
    // Lines behind a useless directive are rejected.
    inner_ = program ? std::make_unique<DelimitedParser>(*std::move(program)) : nullptr;
    names_ = names;
  }

 private:
  char separator_;
  std::int64_t unit_;
  std::string names_;
  std::unique_ptr<LineParser> inner_;
};

// What the last #Fields line before the first line of data says.
std::optional<std::string_view> fields_of(std::string_view header) {
  std::optional<std::string_view> fields;
  for (std::size_t at = 0; at < header.size() && header[at] == '#';) {
    const std::size_t end = std::min(header.find('\n', at), header.size());
    std::string_view line = header.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(kFieldsDirective)) fields = line.substr(kFieldsDirective.size());
    at = end + 1;
  }
  return fields;
}

// Lines may be separated by tabs though their names are by spaces.
char separator_of(std::string_view header) {
  for (std::size_t at = 0; at < header.size();) {
    const std::size_t end = std::min(header.find('\n', at), header.size());
    const std::string_view line = header.substr(at, end - at);
    if (!line.starts_with('#')) return line.find('\t') == std::string_view::npos ? ' ' : '\t';
    at = end + 1;
  }
  const auto fields = fields_of(header);
  return fields && fields->find('\t') != std::string_view::npos ? '\t' : ' ';
}

}  // namespace

Result<std::unique_ptr<LineParser>> make_w3c_parser(W3cKind kind, std::string_view header) {
  const bool is_cloud_front = kind == W3cKind::CloudFront;
  const bool has_milliseconds = kind == W3cKind::Iis || (kind == W3cKind::Plain && is_by_microsoft(header));
  auto parser = std::make_unique<W3cParser>(is_cloud_front ? '\t' : separator_of(header),
                                            has_milliseconds ? 1'000'000 : kNanosecondsPerSecond);
  const auto fields = fields_of(header);
  if (fields) {
    parser->learn(*fields);
  } else if (is_cloud_front) {
    parser->learn(kCloudFrontFields);
  }
  return parser;
}

bool looks_like_w3c(W3cKind kind, std::string_view header) {
  if (kind == W3cKind::CloudFront) return has_line(header, kFieldsDirective, "x-edge-location");
  if (kind == W3cKind::Iis) return is_by_microsoft(header);
  return has_line(header, kFieldsDirective, "");
}

}  // namespace folio::logs
