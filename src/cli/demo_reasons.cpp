// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_reasons.h"
#include "cli/duration.h"

#include <fmt/format.h>

#include "cli/demo_numbers.h"
#include "cli/quantity.h"

namespace folio::cli {

namespace {

using demo::AccessRow;
using demo::Situation;
using demo::Winner;

// With fewer faults than these, they are not what makes a mapping slow.
constexpr double kFewFaultsPerMib = 3;
constexpr double kFewFaultsPerPlace = 0.2;

std::uint64_t fault_count(const AccessRow& row) {
  return row.mapping.minor_faults + row.mapping.major_faults;
}

std::string faults(const AccessRow& row) {
  return format_count(fault_count(row)) + " page faults";
}

std::string unusual(const AccessRow& row) {
  return fmt::format(
      "Not the usual outcome: other work may have disturbed it (rounds of mmap {} to {}, of read() {} to "
      "{}).",
      format_seconds(row.mapping.seconds_min), format_seconds(row.mapping.seconds_max),
      format_seconds(row.reading.seconds_min), format_seconds(row.reading.seconds_max));
}

std::string first_pass(const AccessRow& row) {
  const double per_mib = bench::faults_per_mib(row.mapping, row.bytes);
  const std::string density = fmt::format("{:.1f} page faults per MiB", per_mib);
  switch (row.winner()) {
    case Winner::Mapping:
      return "A mapping needs no copy, and here it cost only " + density + ".";
    case Winner::Reading:
      if (per_mib < kFewFaultsPerMib) return unusual(row);
      return "A new mapping cost " + density + " (and its removal), more than the copies of read().";
    case Winner::Even:
      return "The " + density + " of a new mapping cost about as much as the copies of read().";
  }
  return {};
}

std::string second_pass(const AccessRow& row) {
  switch (row.winner()) {
    case Winner::Mapping:
      return fmt::format("The pages are in place: {}, no copy. read() copies every byte again.", faults(row));
    case Winner::Reading:
      return unusual(row);
    case Winner::Even:
      return "Looking at the bytes is the whole work now, and copying them hardly adds to it on this "
             "machine.";
  }
  return {};
}

std::string cold(const AccessRow& row) {
  const std::string waits = format_count(row.mapping.major_faults) + " major faults";
  if (row.coldness && !row.coldness->is_cold()) {
    return "Not cold: the system kept " + format_share(row.coldness->cached) +
           " of it in the page cache, so this says little about the disk.";
  }
  switch (row.winner()) {
    case Winner::Mapping:
      return "The disk decides. A mapping asks it for pieces around each touched page: " + waits +
             " waited for it.";
    case Winner::Reading:
      return "The disk decides. read() makes the system fetch ahead; through the mapping " + waits +
             " waited for it.";
    case Winner::Even:
      return "The disk decides, whichever way its bytes are reached.";
  }
  return {};
}

std::string small_file(const AccessRow& row) {
  const double each = static_cast<double>(row.mapping.minor_faults) / static_cast<double>(row.touches);
  switch (row.winner()) {
    case Winner::Mapping:
      return unusual(row);
    case Winner::Reading:
      return fmt::format(
          "Making and removing a mapping, with {:.1f} page faults, cost more than copying so few bytes.",
          each);
    case Winner::Even:
      return fmt::format(
          "Making and removing a mapping, with {:.1f} page faults, cost as much as copying these bytes.",
          each);
  }
  return {};
}

std::string random_new(const AccessRow& row) {
  const bool few =
      static_cast<double>(fault_count(row)) < kFewFaultsPerPlace * static_cast<double>(row.touches);
  const std::string share = faults(row) + " for " + format_count(row.touches) + " places: ";
  switch (row.winner()) {
    case Winner::Mapping:
      return share +
             (few ? "one fault brings the neighbours along, and a touch without one only looks into memory."
                  : "even so they cost less than a call for each place.");
    case Winner::Reading:
      return few ? unusual(row) : share + "a fault costs more than a call that copies 4 KiB.";
    case Winner::Even:
      return share + "they cost about as much as one call of read() for each place.";
  }
  return {};
}

std::string random_again(const AccessRow& row) {
  switch (row.winner()) {
    case Winner::Mapping:
      return "A touch is only a look into memory: no fault, no copy, no call into the system.";
    case Winner::Reading:
      return unusual(row);
    case Winner::Even:
      return "Fetching the bytes from memory is the whole work, in both ways.";
  }
  return {};
}

}  // namespace

std::string reason(const AccessRow& row) {
  switch (row.situation) {
    case Situation::FirstPass:
      return first_pass(row);
    case Situation::SecondPass:
      return second_pass(row);
    case Situation::Cold:
      return cold(row);
    case Situation::SmallFile:
    case Situation::MediumFile:
      return small_file(row);
    case Situation::RandomNew:
      return random_new(row);
    case Situation::RandomAgain:
      return random_again(row);
  }
  return {};
}

}  // namespace folio::cli
