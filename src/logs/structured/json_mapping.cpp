// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/json_mapping.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/fail.h"
#include "core/try.h"

namespace folio::logs {

namespace {

constexpr std::size_t kKeysMax = 1000;
constexpr std::string_view kAdvice = "write FIELD=KEY or FIELD=KEY:UNIT, with commas between them";

std::unexpected<Error> mistake(std::string_view where, std::string_view what) {
  std::string detail{"'"};
  detail.append(where).append("' in the mapping of keys: ").append(what);
  return fail(Errc::InvalidArgument, "", std::move(detail));
}

std::optional<Unit> parse_unit(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Unit>, 10> kUnits{{{"s", Unit::Seconds},
                                                                      {"ms", Unit::Milliseconds},
                                                                      {"us", Unit::Microseconds},
                                                                      {"ns", Unit::Nanoseconds},
                                                                      {"epoch_s", Unit::Seconds},
                                                                      {"epoch_ms", Unit::Milliseconds},
                                                                      {"epoch_us", Unit::Microseconds},
                                                                      {"epoch_ns", Unit::Nanoseconds},
                                                                      {"auto", Unit::Plain},
                                                                      {"line", Unit::RequestLine}}};
  for (const auto& [name, unit] : kUnits) {
    if (name == word) return unit;
  }
  return std::nullopt;
}

bool takes(Field field, Unit unit) {
  if (unit == Unit::Plain) return true;
  if (unit == Unit::RequestLine) return field == Field::Target;
  return field == Field::Time || field == Field::Latency || field == Field::UpstreamLatency;
}

bool is_path(std::string_view path) {
  if (path.empty() || path.starts_with('.') || path.ends_with('.')) return false;
  const auto parts =
      static_cast<std::size_t>(std::ranges::count_if(path, [](char c) { return c == '.' || c == '['; }));
  return path.find("..") == std::string_view::npos && parts < kPathPartsMax;
}

Result<MappedKey> parse_key(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return mistake(text, kAdvice);
  const auto field = parse_field(text.substr(0, equals));
  if (!field) return mistake(text, "there is no field of this name");
  MappedKey key{.path = {}, .field = *field};
  std::string_view path = text.substr(equals + 1);
  if (const std::size_t colon = path.rfind(':'); colon != std::string_view::npos) {
    const auto unit = parse_unit(path.substr(colon + 1));
    if (!unit) return mistake(text, "the unit is none of s, ms, us, ns, epoch_s to epoch_ns, auto and line");
    if (!takes(*field, *unit)) return mistake(text, "this field has no such unit");
    key.unit = *unit;
    path = path.substr(0, colon);
  }
  if (!is_path(path)) return mistake(text, "the key is empty or too long, or has an empty part");
  key.path = path;
  return key;
}

}  // namespace

Result<JsonMapping> parse_mapping(std::string_view text) {
  JsonMapping mapping;
  for (;;) {
    const std::size_t comma = std::min(text.find(','), text.size());
    mapping.push_back(FOLIO_TRY(parse_key(text.substr(0, comma))));
    if (mapping.size() > kKeysMax) return mistake(mapping.back().path, "too many keys");
    if (comma == text.size()) return mapping;
    text.remove_prefix(comma + 1);
  }
}

JsonMapping completed(const JsonMapping& mapping, const JsonMapping& base) {
  JsonMapping all = mapping;
  for (const MappedKey& key : base) {
    const bool is_named =
        std::ranges::any_of(mapping, [&](const MappedKey& named) { return named.field == key.field; });
    if (!is_named) all.push_back(key);
  }
  return all;
}

}  // namespace folio::logs
