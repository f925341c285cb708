// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/tables.h"

#include <tuple>

#include "logs/aggregate/levels.h"

namespace folio::logs {

namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63U;

// How one value takes up another of the same key; `from` is the tables that the other's `extra` is of.
class Merger {
 public:
  Merger(Tables& into, const Tables& from) : into_(into), from_(from) {}

  template <class Value>
  void table(CountTable<Value>& into, const CountTable<Value>& from) const {
    from.for_each([&](std::string_view key, std::uint64_t hash, const Value& value) {
      Value& merged = into.at(key, hash);
      add_to(merged.all, value.all);
      rest(merged, value);
    });
  }

 private:
  static void rest(PlainCounts&, const PlainCounts&) {}
  static void rest(HostCounts&, const HostCounts&) {}
  static void rest(AgentCounts&, const AgentCounts&) {}
  static void rest(LevelCounts&, const LevelCounts&) {}
  void rest(MinuteCounts& into, const MinuteCounts& from) const { latency(into.extra, from.extra); }

  void rest(TargetCounts& into, const TargetCounts& from) const {
    into.not_found += from.not_found;
    into.not_found_bytes += from.not_found_bytes;
    latency(into.extra, from.extra);
  }

  void rest(TemplateCounts& into, const TemplateCounts& from) const {
    into.times.merge(from.times);
    if (from.extra == 0) return;
    const Sample& sample = from_.samples[from.extra - 1];
    into_.offer_sample(into.extra, sample.time, sample.text);
  }

  void latency(std::size_t& into, std::size_t from) const {
    if (from != 0) into_.latency_of(into).merge(from_.latencies[from - 1]);
  }

  Tables& into_;
  const Tables& from_;
};

}  // namespace

LevelCounts::LevelCounts(std::string_view key) : is_error(is_error_level(key)) {}

MinuteKey::MinuteKey(std::int64_t minute) {
  const std::uint64_t ordered = static_cast<std::uint64_t>(minute) ^ kSign;
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    bytes_[at] = static_cast<char>(static_cast<unsigned char>(ordered >> (56 - 8 * at)));
  }
}

std::int64_t MinuteKey::minute(std::string_view key) {
  std::uint64_t ordered = 0;
  for (const char byte : key.substr(0, 8)) ordered = ordered << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(ordered ^ kSign);
}

void Tables::offer_sample(std::size_t& extra, std::int64_t time, std::string_view text) {
  if (extra == 0) {
    samples.push_back({.time = time, .text = std::string{text}});
    extra = samples.size();
    return;
  }
  Sample& sample = samples[extra - 1];
  if (time > sample.time || (time == sample.time && text >= sample.text)) return;
  sample.time = time;
  sample.text.assign(text);
}

void Tables::merge(const Tables& other) {
  add_to(totals, other.totals);
  web_records += other.web_records;
  fields |= other.fields;
  times.merge(other.times);
  latency.merge(other.latency);
  for (std::size_t status = 0; status < kStatuses; ++status) add_to(statuses[status], other.statuses[status]);
  const Merger merger{*this, other};
  merger.table(targets, other.targets);
  merger.table(hosts, other.hosts);
  merger.table(agents, other.agents);
  merger.table(levels, other.levels);
  merger.table(templates, other.templates);
  merger.table(minutes, other.minutes);
  for (std::size_t at = 0; at < plain.size(); ++at) merger.table(plain[at], other.plain[at]);
  for (const auto& [day, set] : other.visitors) visitors[day].merge(set);
}

std::uint64_t Tables::memory() const {
  std::uint64_t sum = sizeof(Tables) + statuses.capacity() * sizeof(Tally) + latency.memory() +
                      targets.memory() + hosts.memory() + agents.memory() + levels.memory() +
                      templates.memory() + minutes.memory() + latencies.capacity() * sizeof(Histogram) +
                      samples.capacity() * sizeof(Sample);
  for (const PlainTable& table : plain) sum += table.memory();
  for (const auto& [day, set] : visitors) sum += sizeof(set) + 48 + set.memory();
  for (const Histogram& histogram : latencies) sum += histogram.memory();
  for (const Sample& sample : samples) sum += sample.text.capacity();
  return sum;
}

}  // namespace folio::logs
