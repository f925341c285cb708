// SPDX-License-Identifier: Apache-2.0
#include "cli/read_whole.h"
#include "core/fail.h"

#include <array>
#include <cstddef>

#include "core/try.h"
#include "folio/bytes.h"
#include "folio/file.h"

namespace folio::cli {

Result<std::string> read_whole(const std::string& name, std::uint64_t size_max) {
  const File file = FOLIO_TRY(name == "-" ? File::standard_input() : File::open(name));
  std::string text;
  std::array<std::byte, 1U << 16> buffer{};
  for (;;) {
    const std::size_t got = FOLIO_TRY(file.read_next(buffer));
    if (got == 0) return text;
    text += to_text(ByteView{buffer}.first(got));
    if (text.size() <= size_max) continue;
    return fail(Errc::Unsupported, file.path(), "is too large to be read whole");
  }
}

}  // namespace folio::cli
