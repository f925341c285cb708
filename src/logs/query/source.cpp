// SPDX-License-Identifier: Apache-2.0
#include "logs/query/source.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "logs/time/civil_time.h"

namespace folio::logs {

namespace {

constexpr std::array<std::pair<std::string_view, Source>, 6> kDerived{{{"path", Source::Path},
                                                                       {"query", Source::Query},
                                                                       {"status_class", Source::StatusClass},
                                                                       {"hour", Source::Hour},
                                                                       {"weekday", Source::Weekday},
                                                                       {"day", Source::Day}}};

constexpr std::int64_t kHour = 3600 * kNanosecondsPerSecond;
constexpr std::int64_t kDay = kSecondsPerDay * kNanosecondsPerSecond;

constexpr std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

constexpr std::int64_t floor_rest(std::int64_t value, std::int64_t by) {
  return value - floor_divided(value, by) * by;
}

constexpr std::size_t kNameMax = 40;

// REQUIRES: at most kNameMax bytes each.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::array<std::size_t, kNameMax + 1> row{};
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (const char c : from) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (c == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[to.size()];
}

}  // namespace

ValueType type_of(Source source) {
  switch (source) {
    case Source::Path:
    case Source::Query:
      return ValueType::Text;
    case Source::StatusClass:
      return ValueType::StatusClass;
    case Source::Hour:
      return ValueType::Hour;
    case Source::Weekday:
      return ValueType::Weekday;
    case Source::Day:
      return ValueType::Day;
  }
  switch (static_cast<Field>(source)) {
    case Field::Time:
      return ValueType::Time;
    case Field::Bytes:
    case Field::BytesReceived:
      return ValueType::Size;
    case Field::Latency:
    case Field::UpstreamLatency:
      return ValueType::Duration;
    default:
      return is_text(static_cast<Field>(source)) ? ValueType::Text : ValueType::Count;
  }
}

Field field_of(Source source) {
  switch (source) {
    case Source::Path:
    case Source::Query:
      return Field::Target;
    case Source::StatusClass:
      return Field::Status;
    case Source::Hour:
    case Source::Weekday:
    case Source::Day:
      return Field::Time;
  }
  return static_cast<Field>(source);
}

std::optional<Source> parse_source(std::string_view name) {
  for (const auto& [known, source] : kDerived) {
    if (known == name) return source;
  }
  const auto field = parse_field(name);
  return field ? std::optional{source_of(*field)} : std::nullopt;
}

std::string_view similar_source(std::string_view name) {
  std::string_view best;
  std::size_t best_distance = std::min<std::size_t>(3, name.size() / 2 + 1);
  if (name.size() > kNameMax) return best;
  const auto consider = [&](std::string_view known) {
    const std::size_t distance = edit_distance(name, known);
    if (distance >= best_distance) return;
    best = known;
    best_distance = distance;
  };
  for (std::size_t number = 0; number < kFields; ++number) consider(field_name(static_cast<Field>(number)));
  for (const auto& [known, source] : kDerived) consider(known);
  return best;
}

std::optional<std::string_view> text_of(Source source, const Record& record) {
  const Field field = field_of(source);
  if (!record.has(field)) return std::nullopt;
  const std::string_view text = record.text(field);
  if (source == source_of(field)) return text;
  const std::size_t mark = text.find('?');
  if (source == Source::Path) return text.substr(0, mark);
  if (mark == std::string_view::npos) return std::nullopt;
  return text.substr(mark + 1);
}

std::optional<std::int64_t> number_of(Source source, const Record& record) {
  const Field field = field_of(source);
  if (!record.has(field)) return std::nullopt;
  const std::int64_t number = record.number(field);
  switch (source) {
    case Source::StatusClass:
      return number / 100;
    case Source::Hour:
      return floor_rest(number, kDay) / kHour;
    case Source::Weekday:
      return floor_rest(floor_divided(number, kDay) + 3, 7);  // 1970 began on a Thursday
    case Source::Day:
      return floor_divided(number, kDay);
    default:
      return number;
  }
}

bool is_present(Source source, const Record& record) {
  if (source == Source::Query) return text_of(source, record).has_value();
  return record.has(field_of(source));
}

}  // namespace folio::logs
