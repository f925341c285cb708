// SPDX-License-Identifier: Apache-2.0
#include "cli/search/follow.h"

#include <thread>
#include <vector>

#include "cli/text.h"
#include "folio/follow.h"

namespace folio::cli {

namespace {

void follow_one(const SearchJob& job, const std::string& name, std::uint64_t index, OutputGate& gate,
                Verdict& verdict) {
  FileSearch search(job, gate, verdict, name, index);
  FollowOptions options;
  if (job.flags.null_data) options.line_end = std::byte{0};
  if (job.flags.messages) options.on_event = [](std::string_view sentence) { complain(sentence); };
  auto stream = follow(name, options);
  if (stream) stream = decoded(std::move(*stream), job.flags.decode);
  if (!stream) return search.fail(stream.error());
  search.follow(**stream);
}

}  // namespace

void follow_all(const SearchJob& job, std::span<const std::string> names, OutputGate& gate,
                Verdict& verdict) {
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < names.size(); ++i) {
    others.emplace_back([&, i] { follow_one(job, names[i], i, gate, verdict); });
  }
  follow_one(job, names.front(), 0, gate, verdict);
}

}  // namespace folio::cli
