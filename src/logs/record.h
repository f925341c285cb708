// SPDX-License-Identifier: Apache-2.0
// One parsed line of a log: views of its fields, and as numbers what reports compute with.
//
// Ownership: the views are of the line, and live as long as it. They are as the log has them: escapes are
// undone for distinct values only (see unescape.h), not for each line. Threads: plain data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace folio::logs {

/// What a field of a line means, whatever the format calls it.
enum class Field : std::uint8_t {
  // Texts of requests.
  Host,         ///< Address or name of the client.
  Ident,        ///< RFC 1413.
  User,         ///< As authenticated.
  VirtualHost,  ///< The server that was asked for.
  Method,       ///< GET
  Target,       ///< Path and query as requested.
  Protocol,     ///< HTTP/1.1
  Referrer,
  UserAgent,
  ForwardedFor,
  Upstream,     ///< Address or name of the server behind this one.
  CacheStatus,  ///< HIT, MISS, ...
  TlsProtocol,
  TlsCipher,
  RequestId,
  // Texts of other logs.
  Level,    ///< Severity, as the log has it.
  Machine,  ///< Name of the machine that wrote the line.
  Program,  ///< Or logger, module, unit.
  Process,  ///< Its number.
  Message,
  // Numbers; in Record::numbers.
  Time,             ///< Nanoseconds since 1970-01-01T00:00:00Z.
  Status,           ///< 100 to 999, or 0: the server had none.
  Bytes,            ///< Sent to the client.
  BytesReceived,    ///< From the client.
  Latency,          ///< Nanoseconds from the request's beginning to the answer's end.
  UpstreamLatency,  ///< Nanoseconds.
  UpstreamStatus,
  ServerPort,
};

inline constexpr std::size_t kTextFields = static_cast<std::size_t>(Field::Message) + 1;
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::ServerPort) + 1;

[[nodiscard]] constexpr bool is_text(Field field) {
  return static_cast<std::size_t>(field) < kTextFields;
}

/// Name in queries, JSON and CSV: "host", "user_agent", "upstream_latency".
[[nodiscard]] std::string_view field_name(Field field);
/// The same names, and the usual other ones: "ip", "remote_addr", "path", "url", "uri", "referer", "ua".
[[nodiscard]] std::optional<Field> parse_field(std::string_view name);

/// A field that is absent, or "-" in the log, has no bit in `present`, and an empty text or 0.
struct Record {
  std::array<std::string_view, kTextFields> texts{};
  std::array<std::int64_t, kFields - kTextFields> numbers{};
  std::uint32_t present = 0;

  [[nodiscard]] bool has(Field field) const { return (present >> static_cast<unsigned>(field) & 1U) != 0; }
  [[nodiscard]] std::string_view text(Field field) const { return texts[static_cast<std::size_t>(field)]; }
  [[nodiscard]] std::int64_t number(Field field) const {
    return numbers[static_cast<std::size_t>(field) - kTextFields];
  }
  void set(Field field, std::string_view text) {
    texts[static_cast<std::size_t>(field)] = text;
    present |= 1U << static_cast<unsigned>(field);
  }
  void set(Field field, std::int64_t number) {
    numbers[static_cast<std::size_t>(field) - kTextFields] = number;
    present |= 1U << static_cast<unsigned>(field);
  }
};

/// Why a line does not fit the format.
enum class Reject : std::uint8_t {
  None,        ///< It fits.
  TooShort,    ///< It ends where a delimiter was expected.
  BadTime,     ///< No such time: wrong form, month 13, 30 February, hour 25.
  BadStatus,   ///< Not a number of three digits.
  BadNumber,   ///< Not a number where one was expected, or above 2^63 - 1.
  BadRequest,  ///< Of formats that do not admit a broken request line; access formats do.
  BadJson,     ///< Not one JSON object.
  BadForm,     ///< Anything else: a quote that is not closed, a key without value, a wrong priority.
};

/// "a time that does not exist", for reports.
[[nodiscard]] std::string_view reject_name(Reject reject);

/// What became of a line. A rejected one leaves the Record in any state.
struct Verdict {
  Reject reject = Reject::None;
  std::uint32_t column = 0;        ///< Byte of the line at which the expected thing was missing.
  std::string_view expected = {};  ///< "a space after the host"; static, or of the format.

  [[nodiscard]] bool ok() const { return reject == Reject::None; }
};

/// A line that is no record and no mistake (a comment of W3C, an empty line) is accepted with no field at
/// all: `record.present == 0`.
inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

}  // namespace folio::logs
