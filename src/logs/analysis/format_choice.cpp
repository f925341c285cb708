// SPDX-License-Identifier: Apache-2.0
#include "logs/analysis/format_choice.h"

#include <algorithm>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/format/compile_format.h"
#include "logs/format/detect.h"
#include "logs/format/named.h"
#include "logs/structured/structured.h"

namespace folio::logs {

namespace {

bool is_format_string(std::string_view format) {
  return format.find_first_of("%$") != std::string_view::npos;
}

bool is_structured(std::string_view name) {
  return std::ranges::any_of(structured_formats(),
                             [name](const StructuredFormat& format) { return format.name == name; });
}

bool is_named(std::string_view name) {
  return std::ranges::any_of(named_formats(),
                             [name](const NamedFormat& format) { return format.name == name; });
}

Result<std::unique_ptr<LineParser>> structured_parser(const FormatRequest& request, std::string_view name) {
  if (request.mapping.empty()) return make_structured_parser(name, nullptr, request.reference);
  const JsonMapping mapping = FOLIO_TRY(parse_mapping(request.mapping));
  return make_structured_parser(name, &mapping, request.reference);
}

Result<std::unique_ptr<LineParser>> asked_parser(const FormatRequest& request, const FormatHints& hints) {
  if (is_format_string(request.format)) return compile_format(request.format);
  if (is_structured(request.format)) return structured_parser(request, request.format);
  if (is_named(request.format)) return make_named_parser(request.format, hints);
  return fail(Errc::InvalidArgument, {},
              "there is no log format '" + request.format + "': --formats lists those that there are");
}

// With a mapping of keys only formats that have keys are of use.
Result<std::vector<Candidate>> all_candidates(const FormatRequest& request, const FormatHints& hints) {
  std::vector<Candidate> all;
  if (request.mapping.empty()) all = candidates(hints);
  for (const StructuredFormat& format : structured_formats()) {
    auto parser = structured_parser(request, format.name);
    if (parser) all.push_back({std::string(format.name), std::move(*parser)});
  }
  if (all.empty()) static_cast<void>(FOLIO_TRY(parse_mapping(request.mapping)));
  return all;
}

std::string sentence(const FormatScore& score) {
  return score.name + " fits " + std::to_string(score.accepted) + " of " + std::to_string(score.lines) +
         " lines, and has " + std::to_string(score.fields) + " fields";
}

Result<ChosenFormat> detected_format(const FormatRequest& request, std::string_view head,
                                     const FormatHints& hints) {
  auto all = FOLIO_TRY(all_candidates(request, hints));
  Detection detection = FOLIO_TRY(detect_format(head, std::move(all)));
  ChosenFormat chosen{.name = std::move(detection.name),
                      .why = std::move(detection.explanation),
                      .ranking = {},
                      .parser = std::move(detection.parser)};
  for (const FormatScore& score : detection.ranking) chosen.ranking.push_back(sentence(score));
  return chosen;
}

}  // namespace

Result<void> check_format(const FormatRequest& request) {
  if (!request.mapping.empty()) static_cast<void>(FOLIO_TRY(parse_mapping(request.mapping)));
  if (request.format == "auto") return {};
  static_cast<void>(FOLIO_TRY(asked_parser(request, {.reference_time = request.reference})));
  return {};
}

Result<ChosenFormat> choose_format(const FormatRequest& request, std::string_view head) {
  const FormatHints hints{.header = head, .reference_time = request.reference};
  if (request.format == "auto") return detected_format(request, head, hints);
  return ChosenFormat{.name = is_format_string(request.format) ? "custom" : request.format,
                      .why = "asked for with --format",
                      .ranking = {},
                      .parser = FOLIO_TRY(asked_parser(request, hints))};
}

std::vector<FormatName> format_names() {
  std::vector<FormatName> names;
  for (const NamedFormat& format : named_formats()) names.push_back({format.name, format.description});
  for (const StructuredFormat& format : structured_formats())
    names.push_back({format.name, format.description});
  return names;
}

}  // namespace folio::logs
