// SPDX-License-Identifier: Apache-2.0
#include "bench/access/map_spec.h"

#include <utility>

#include "core/try.h"

namespace folio::bench {

Result<Mapping> map_as(Method method, const File& file, ByteRange range) {
  const ByteRange inside = intersect(range, {0, file.size()});
  MapOptions options{.offset = inside.begin, .length = inside.size()};
  options.huge_pages = method == Method::MapHuge ? HugePages::Always : HugePages::Never;
  Mapping mapping = FOLIO_TRY(Mapping::map(file, options));
  // A refusal costs speed only, and that is what is measured.
  if (method == Method::MapSequential) static_cast<void>(mapping.advise(Advice::Sequential));
  if (method == Method::MapRandom) static_cast<void>(mapping.advise(Advice::Random));
  return mapping;
}

Result<std::uint64_t> checked(const Mapping& mapping, std::uint64_t value) {
  if (auto fault = mapping.fault_error()) return std::unexpected(*std::move(fault));
  return value;
}

}  // namespace folio::bench
