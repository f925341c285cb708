// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/panels.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logs/aggregate/agents.h"
#include "logs/aggregate/levels.h"
#include "logs/aggregate/ranking.h"
#include "logs/aggregate/targets.h"

namespace folio::logs {

namespace {

struct Heading {
  std::string_view name;
  std::string_view title;
  std::string_view key;
};

constexpr auto kNothingMore = [](PanelRow&, const auto&) {};

class PanelMaker {
 public:
  PanelMaker(Report& report, const Tables& tables, const ReportOptions& options)
      : report_(report), tables_(tables), options_(options) {}

  void requests();
  void clients();
  void answers();
  void calendar();
  void servers();
  void messages();

 private:
  [[nodiscard]] bool has_escapes(std::string_view text) const {
    return options_.unescape != nullptr && text.find('\\') != std::string_view::npos;
  }
  [[nodiscard]] std::string shown(std::string_view text) const {
    return has_escapes(text) ? options_.unescape(text) : std::string{text};
  }
  [[nodiscard]] Panel panel(const Heading& heading) const;
  void keep(Panel panel) {
    if (panel.distinct > 0) report_.panels.push_back(std::move(panel));
  }
  template <class Value>
  void ranked(const Heading& heading, const CountTable<Value>& table);
  /// The same with escapes undone, equal texts together.
  template <class Value>
  void texts(const Heading& heading, const CountTable<Value>& table);
  void plain(const Heading& heading, Field field) { texts(heading, tables_.of(field)); }
  /// Counts under another key; an empty one is left out.
  template <class Value, class KeyOf>
  [[nodiscard]] PlainTable grouped(const CountTable<Value>& table, KeyOf key_of) const;
  void paths(std::vector<Histogram>& latencies);
  void missing(const CountTable<TargetCounts>& paths);
  void natural(const Heading& heading, std::vector<PanelRow> rows);

  Report& report_;
  const Tables& tables_;
  const ReportOptions& options_;
};

Panel PanelMaker::panel(const Heading& heading) const {
  Panel panel;
  panel.name = heading.name;
  panel.title = heading.title;
  panel.key = heading.key;
  panel.has_bytes = tables_.has(Field::Bytes);
  panel.has_errors = tables_.has(Field::Status) || tables_.has(Field::Level);
  return panel;
}

template <class Value>
void PanelMaker::ranked(const Heading& heading, const CountTable<Value>& table) {
  Panel made = panel(heading);
  rank(made, table, options_.top, kNothingMore);
  keep(std::move(made));
}

template <class Value>
void PanelMaker::texts(const Heading& heading, const CountTable<Value>& table) {
  bool is_escaped = false;
  if (options_.unescape != nullptr) {
    table.for_each([&](std::string_view key, std::uint64_t, const Value&) {
      is_escaped = is_escaped || has_escapes(key);
    });
  }
  if (!is_escaped) return ranked(heading, table);
  PlainTable undone;
  table.for_each([&](std::string_view key, std::uint64_t, const Value& value) {
    add_to(undone.at(shown(key)).all, value.all);
  });
  ranked(heading, undone);
}

template <class Value, class KeyOf>
PlainTable PanelMaker::grouped(const CountTable<Value>& table, KeyOf key_of) const {
  PlainTable groups;
  table.for_each([&](std::string_view key, std::uint64_t, const Value& value) {
    const std::string group{key_of(shown(key))};
    if (!group.empty()) add_to(groups.at(group).all, value.all);
  });
  return groups;
}

void PanelMaker::natural(const Heading& heading, std::vector<PanelRow> rows) {
  Panel made = panel(heading);
  made.is_ranked = false;
  made.distinct = rows.size();
  for (const PanelRow& row : rows) made.total += row.tally.count;
  made.rows = std::move(rows);
  keep(std::move(made));
}

void PanelMaker::paths(std::vector<Histogram>& latencies) {
  CountTable<TargetCounts> paths;
  bool has_query = false;
  tables_.targets.for_each([&](std::string_view key, std::uint64_t, const TargetCounts& counts) {
    const std::string target = shown(key);
    const std::string_view path = path_of(target);
    has_query = has_query || path.size() != target.size();
    TargetCounts& merged = paths.at(path);
    add_to(merged.all, counts.all);
    merged.not_found += counts.not_found;
    merged.not_found_bytes += counts.not_found_bytes;
    if (counts.extra == 0) return;
    if (merged.extra == 0) {
      latencies.emplace_back();
      merged.extra = latencies.size();
    }
    latencies[merged.extra - 1].merge(tables_.latencies[counts.extra - 1]);
  });
  Panel made = panel({"paths", "Requested paths", "path"});
  rank(made, paths, options_.top, [&](PanelRow& row, const TargetCounts& counts) {
    if (counts.extra != 0) row.latency = latencies[counts.extra - 1].summary();
  });
  keep(std::move(made));
  if (has_query) texts({"targets", "Requested paths with their queries", "target"}, tables_.targets);
  missing(paths);
}

void PanelMaker::missing(const CountTable<TargetCounts>& paths) {
  PlainTable not_found;
  PlainTable static_files;
  paths.for_each([&](std::string_view path, std::uint64_t hash, const TargetCounts& counts) {
    if (counts.not_found > 0) {
      not_found.at(path, hash).all = {.count = counts.not_found,
                                      .bytes = counts.not_found_bytes,
                                      .errors = counts.not_found,
                                      .server_errors = 0};
    }
    if (is_static_file(path)) static_files.at(path, hash).all = counts.all;
  });
  ranked({"not_found", "Paths not found (404)", "path"}, not_found);
  ranked({"static_files", "Static files", "path"}, static_files);
}

void PanelMaker::requests() {
  std::vector<Histogram> latencies;
  paths(latencies);
}

void PanelMaker::clients() {
  texts({"hosts", "Hosts", "host"}, tables_.hosts);
  plain({"virtual_hosts", "Virtual hosts", "virtual host"}, Field::VirtualHost);
  plain({"referrers", "Referrers", "referrer"}, Field::Referrer);
  ranked({"referring_sites", "Referring sites", "site"},
         grouped(tables_.of(Field::Referrer), referring_site));
  texts({"agents", "User agents", "agent"}, tables_.agents);
  PlainTable browsers;
  PlainTable systems;
  PlainTable bots;
  tables_.agents.for_each([&](std::string_view key, std::uint64_t, const AgentCounts& counts) {
    const AgentClass agent = classify_agent(shown(key));
    add_to(browsers.at(agent.browser).all, counts.all);
    add_to(systems.at(agent.system).all, counts.all);
    if (!agent.bot.empty()) add_to(bots.at(agent.bot).all, counts.all);
  });
  ranked({"browsers", "Browsers", "browser"}, browsers);
  ranked({"systems", "Operating systems", "system"}, systems);
  ranked({"bots", "Bots", "bot"}, bots);
  plain({"users", "Users", "user"}, Field::User);
}

void PanelMaker::answers() {
  PlainTable statuses;
  std::array<Tally, 10> classes{};
  for (std::size_t status = 0; status < kStatuses; ++status) {
    const Tally& tally = tables_.statuses[status];
    if (tally.count == 0) continue;
    add_to(statuses.at(status_text(status)).all, tally);
    add_to(classes[status / 100], tally);
  }
  ranked({"status", "Status codes", "status"}, statuses);
  std::vector<PanelRow> rows;
  for (std::size_t digit = 0; digit < classes.size(); ++digit) {
    if (classes[digit].count == 0) continue;
    rows.emplace_back();
    rows.back().key = status_class(digit);
    rows.back().tally = classes[digit];
  }
  natural({"status_classes", "Classes of status codes", "class"}, std::move(rows));
  plain({"methods", "Methods", "method"}, Field::Method);
  plain({"protocols", "Protocols", "protocol"}, Field::Protocol);
}

void PanelMaker::calendar() {
  constexpr std::array<std::string_view, 7> kDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
  constexpr std::int64_t kThursday = 3;  // 1970-01-01
  if (tables_.times.empty()) return;
  std::vector<PanelRow> hours(24);
  std::vector<PanelRow> days(kDays.size());
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    hours[hour].key = {static_cast<char>('0' + hour / 10), static_cast<char>('0' + hour % 10)};
  }
  for (std::size_t day = 0; day < days.size(); ++day) days[day].key = kDays[day];
  tables_.minutes.for_each([&](std::string_view key, std::uint64_t, const MinuteCounts& counts) {
    const std::int64_t minute = MinuteKey::minute(key);
    const std::int64_t day = floor_divide(minute, kMinutesOfDay);
    const std::int64_t weekday = day + kThursday - 7 * floor_divide(day + kThursday, 7);
    add_to(hours[static_cast<std::size_t>((minute - day * kMinutesOfDay) / 60)].tally, counts.all);
    add_to(days[static_cast<std::size_t>(weekday)].tally, counts.all);
  });
  natural({"hours", "Hours of the day", "hour"}, std::move(hours));
  natural({"weekdays", "Days of the week", "day"}, std::move(days));
}

void PanelMaker::servers() {
  plain({"cache_status", "Cache status", "cache status"}, Field::CacheStatus);
  plain({"tls_protocols", "TLS protocols", "protocol"}, Field::TlsProtocol);
  plain({"tls_ciphers", "TLS ciphers", "cipher"}, Field::TlsCipher);
  plain({"upstreams", "Upstream servers", "upstream"}, Field::Upstream);
}

void PanelMaker::messages() {
  ranked({"levels", "Levels", "level"}, grouped(tables_.levels, level_name));
  plain({"machines", "Machines", "machine"}, Field::Machine);
  plain({"programs", "Programs", "program"}, Field::Program);
  Panel made = panel({"templates", "Messages", "template"});
  rank(made, tables_.templates, options_.top, [&](PanelRow& row, const TemplateCounts& counts) {
    row.key = shown(row.key);
    if (counts.extra != 0) row.sample = shown(tables_.samples[counts.extra - 1].text);
    if (counts.times.empty()) return;
    row.first_time = counts.times.first;
    row.last_time = counts.times.last;
  });
  keep(std::move(made));
}

}  // namespace

void add_panels(Report& report, const Tables& tables, const ReportOptions& options) {
  PanelMaker maker{report, tables, options};
  maker.requests();
  maker.clients();
  maker.answers();
  maker.calendar();
  maker.servers();
  maker.messages();
}

}  // namespace folio::logs
