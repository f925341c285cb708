// SPDX-License-Identifier: Apache-2.0
#include "demo/page_cache.h"

#include <fstream>

#include "core/try.h"

namespace folio::demo {

namespace {

/// False for everybody but root.
bool drop_caches() {
  std::ofstream control("/proc/sys/vm/drop_caches");
  control << "1\n" << std::flush;
  return control.good();
}

}  // namespace

std::optional<double> cached_share(const File& file, ByteRange range) {
  const auto found = residency(file, range);
  if (!found || found->method == ResidencyMethod::Unknown) return std::nullopt;
  return found->share();
}

Result<Coldness> make_cold(const File& file, ByteRange range) {
  FOLIO_TRY(file.evict(range));
  Coldness cold{.cached = cached_share(file, range), .by = ColdBy::Eviction};
  if (cold.is_cold() || file.file_system() == FileSystemKind::Memory || !drop_caches()) return cold;
  return Coldness{.cached = cached_share(file, range), .by = ColdBy::DropCaches};
}

}  // namespace folio::demo
