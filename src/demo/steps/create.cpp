// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/create.h"

#include "bench/page_cache.h"
#include "demo/stage.h"
#include "folio/limits.h"

namespace folio::demo {

Result<Generated> write_log(const std::filesystem::path& path, std::uint64_t size,
                            const std::stop_token& stop) {
  GenerateOptions wanted;
  wanted.kind = GenerateKind::Log;
  wanted.size = size;
  wanted.needle = kNeedle;
  wanted.every = kNeedleEvery;
  wanted.stop = stop;
  return generate_file(path, wanted);
}

Creation describe_creation(const File& file, const Generated& made) {
  return {.made = made,
          .path = file.path(),
          .file_system = file.file_system(),
          .cached = bench::cached_share(file, {0, file.size()}),
          .memory_available = machine_limits().memory_available};
}

}  // namespace folio::demo
