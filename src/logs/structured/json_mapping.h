// SPDX-License-Identifier: Apache-2.0
// Which keys of a structured line mean which fields.
//
// Ownership: a mapping owns its texts. Threads: plain data. Errors: Result with one sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/record.h"

namespace folio::logs {

/// How the value of a key is written.
enum class Unit : std::uint8_t {
  Plain,         ///< A text, a count, a latency in seconds or with a unit ("1.5ms"), a time of any form.
  Seconds,       ///< Latencies; and times, since 1970.
  Milliseconds,  ///< The same.
  Microseconds,
  Nanoseconds,
  RequestLine,  ///< Field::Target only: "GET /path HTTP/1.1" gives method, target and protocol.
};

/// What to do with a line in which the value of a key is not of the field's kind.
enum class Mismatch : std::uint8_t {
  Reject,
  Ignore,  ///< The field is absent. For keys that other logs use for something else.
};

struct MappedKey {
  /// "status", "request.headers.User-Agent[0]": members of members and elements of arrays. A key that has
  /// points in its name is found too. Names are compared as they stand in the log, escapes included.
  std::string path;
  Field field = Field::Message;
  Unit unit = Unit::Plain;
  Mismatch mismatch = Mismatch::Reject;
};

/// Of several keys that a line has for one field, the one that comes first in the mapping counts.
using JsonMapping = std::vector<MappedKey>;

/// Members inside each other that a path may name.
inline constexpr std::size_t kPathPartsMax = 16;

/// "status=resp.code,latency=took:ms,time=when:epoch_ms": names of fields, paths, and units s, ms, us, ns,
/// epoch_s, epoch_ms, epoch_us, epoch_ns, or line for "GET / HTTP/1.1".
[[nodiscard]] Result<JsonMapping> parse_mapping(std::string_view text);

/// The usual keys of web servers and of programs.
[[nodiscard]] const JsonMapping& usual_mapping();
[[nodiscard]] const JsonMapping& caddy_mapping();
[[nodiscard]] const JsonMapping& traefik_mapping();

/// `mapping`, then the keys of `base` whose fields `mapping` does not name.
[[nodiscard]] JsonMapping completed(const JsonMapping& mapping, const JsonMapping& base);

}  // namespace folio::logs
