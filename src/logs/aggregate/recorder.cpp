// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/recorder.h"

#include <algorithm>
#include <bit>

#include "logs/aggregate/templates.h"

namespace folio::logs {

namespace {

constexpr std::uint32_t bit(Field field) {
  return std::uint32_t{1} << static_cast<unsigned>(field);
}

constexpr std::uint32_t kWeb = bit(Field::Status) | bit(Field::Target) | bit(Field::Method);
constexpr std::int64_t kNoLatency = -1;

// Few values each, so looked up by the one that came last; the referrer has a hash of its own.
constexpr std::uint32_t few_values() {
  std::uint32_t fields = 0;
  for (const Field field : kPlainFields) fields |= bit(field);
  return fields & ~bit(Field::Referrer);
}

constexpr std::array<std::uint8_t, kTextFields> plain_places() {
  std::array<std::uint8_t, kTextFields> places{};
  for (std::size_t at = 0; at < kPlainFields.size(); ++at) {
    places[static_cast<std::size_t>(kPlainFields[at])] = static_cast<std::uint8_t>(at);
  }
  return places;
}

constexpr std::array<std::uint8_t, kTextFields> kPlainPlaces = plain_places();

bool is_in(std::uint32_t fields, Field field) {
  return (fields & bit(field)) != 0;
}

// Of a record whose value does not fit, 0.
std::size_t status_of(const Record& record) {
  const std::int64_t status = record.number(Field::Status);
  return status < 0 || status >= static_cast<std::int64_t>(kStatuses) ? 0 : static_cast<std::size_t>(status);
}

}  // namespace

void Recorder::add(std::span<const Record> batch) {
  std::array<Hashes, kBatchMax> hashes;
  for (std::size_t at = 0; at < batch.size(); ++at) hashes[at] = hash(batch[at], batch[at].present & fields_);
  if (batch.size() > 1) {
    for (std::size_t at = 0; at < batch.size(); ++at) prefetch_entries(hashes[at]);
  }
  for (std::size_t at = 0; at < batch.size(); ++at) {
    if (batch[at].present != 0) add_one(batch[at], batch[at].present & fields_, hashes[at]);
  }
  insert_visitors();
}

Recorder::Hashes Recorder::hash(const Record& record, std::uint32_t present) const {
  Hashes hashes;
  if (is_in(present, Field::Target)) {
    hashes.target = table_hash(record.text(Field::Target));
    tables_.targets.prefetch_slot(hashes.target);
  }
  if (is_in(present, Field::Host)) {
    hashes.host = table_hash(record.text(Field::Host));
    tables_.hosts.prefetch_slot(hashes.host);
  }
  if (is_in(present, Field::Referrer)) {
    hashes.referrer = table_hash(record.text(Field::Referrer));
    tables_.of(Field::Referrer).prefetch_slot(hashes.referrer);
  }
  if (is_in(present, Field::UserAgent)) {
    hashes.agent = table_hash(record.text(Field::UserAgent));
    tables_.agents.prefetch_slot(hashes.agent);
  }
  return hashes;
}

// A field that is absent has the hash 0, whose slot holds nothing of this hash.
void Recorder::prefetch_entries(const Hashes& hashes) const {
  tables_.targets.prefetch_entry(hashes.target);
  tables_.hosts.prefetch_entry(hashes.host);
  tables_.of(Field::Referrer).prefetch_entry(hashes.referrer);
  tables_.agents.prefetch_entry(hashes.agent);
}

void Recorder::add_one(const Record& record, std::uint32_t present, const Hashes& hashes) {
  const Tally tally = tally_of(record, present);
  const bool is_web = (record.present & kWeb) != 0;
  const std::int64_t latency =
      is_in(present, Field::Latency) ? std::max(record.number(Field::Latency), kNoLatency) : kNoLatency;
  const std::int64_t time = is_in(present, Field::Time) ? record.number(Field::Time) : kNoTime;
  add_to(tables_.totals, tally);
  tables_.web_records += is_web ? 1 : 0;
  tables_.fields |= present;
  if (latency >= 0) tables_.latency.add(latency);
  if (time != kNoTime) add_time(time, tally, latency);
  if (is_in(present, Field::Target)) {
    const bool is_missing = is_in(present, Field::Status) && status_of(record) == 404;
    add_target(record.text(Field::Target), hashes.target, tally, is_missing, latency);
  }
  AgentCounts* agent = nullptr;
  if (is_in(present, Field::UserAgent)) {
    agent = &tables_.agents.at(record.text(Field::UserAgent), hashes.agent);
    add_to(agent->all, tally);
  }
  if (is_in(present, Field::Host)) {
    HostCounts& host = tables_.hosts.at(record.text(Field::Host), hashes.host);
    add_to(host.all, tally);
    if (time != kNoTime) add_visitor(host, agent, floor_divide(time, kMinuteNanoseconds * kMinutesOfDay));
  }
  if (is_in(present, Field::Referrer)) {
    add_to(tables_.of(Field::Referrer).at(record.text(Field::Referrer), hashes.referrer).all, tally);
  }
  add_plain(record, present, tally);
  if (!is_web && is_in(present, Field::Message)) add_message(record.text(Field::Message), tally, time);
}

// Counts status and level as well, since they say what an error is.
Tally Recorder::tally_of(const Record& record, std::uint32_t present) {
  Tally tally{.count = 1, .bytes = 0, .errors = 0, .server_errors = 0};
  if (is_in(present, Field::Bytes)) {
    tally.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(record.number(Field::Bytes), 0));
  }
  LevelCounts* const level =
      is_in(present, Field::Level) ? &tables_.levels.at_recent(record.text(Field::Level)) : nullptr;
  if (is_in(present, Field::Status)) {
    const std::size_t status = status_of(record);
    tally.errors = status >= 400 ? 1 : 0;
    tally.server_errors = status >= 500 ? 1 : 0;
    add_to(tables_.statuses[status], tally);
  } else if (level != nullptr) {
    tally.errors = level->is_error ? 1 : 0;
  }
  if (level != nullptr) add_to(level->all, tally);
  return tally;
}

void Recorder::add_target(std::string_view target, std::uint64_t hash, const Tally& tally, bool is_missing,
                          std::int64_t latency) {
  TargetCounts& counts = tables_.targets.at(target, hash);
  add_to(counts.all, tally);
  counts.not_found += is_missing ? 1 : 0;
  counts.not_found_bytes += is_missing ? tally.bytes : 0;
  if (latency >= 0) tables_.latency_of(counts.extra).add(latency);
}

void Recorder::add_visitor(HostCounts& host, const AgentCounts* agent, std::int64_t day) {
  if (host.seen_day == day && host.seen_agent == agent) return;
  host.seen_day = day;
  host.seen_agent = agent;
  const Fingerprint none{};
  FingerprintSet& visitors = tables_.visitors[day];
  const Fingerprint visitor = combine(host.fingerprint, agent != nullptr ? agent->fingerprint : none,
                                      static_cast<std::uint64_t>(day));
  visitors.prefetch(visitor);
  visitors_[visitor_count_++] = {.day = &visitors, .fingerprint = visitor};
}

void Recorder::insert_visitors() {
  for (std::size_t at = 0; at < visitor_count_; ++at) visitors_[at].day->insert(visitors_[at].fingerprint);
  visitor_count_ = 0;
}

void Recorder::add_plain(const Record& record, std::uint32_t present, const Tally& tally) {
  for (std::uint32_t left = present & few_values(); left != 0; left &= left - 1) {
    const auto field = static_cast<std::size_t>(std::countr_zero(left));
    add_to(tables_.plain[kPlainPlaces[field]].at_recent(record.texts[field]).all, tally);
  }
}

void Recorder::add_message(std::string_view message, const Tally& tally, std::int64_t time) {
  const TemplateText masked{message};
  TemplateCounts& counts = tables_.templates.at_recent(masked.text());
  add_to(counts.all, tally);
  if (time != kNoTime) counts.times.add(time);
  tables_.offer_sample(counts.extra, time, message.substr(0, TemplateText::kMessageMax));
}

void Recorder::add_time(std::int64_t time, const Tally& tally, std::int64_t latency) {
  tables_.times.add(time);
  const MinuteKey key{floor_divide(time, kMinuteNanoseconds)};
  MinuteCounts& counts = tables_.minutes.at_recent(key.text());
  add_to(counts.all, tally);
  if (latency >= 0) tables_.latency_of(counts.extra).add(latency);
}

}  // namespace folio::logs
