// SPDX-License-Identifier: Apache-2.0
#include "cli/write_file.h"

#include "core/try.h"
#include "folio/bytes.h"
#include "os/new_file.h"

namespace folio::cli {

Result<void> write_file(const std::string& name, std::string_view text) {
  auto target = FOLIO_TRY(os::NewFile::create(name));
  FOLIO_TRY(target.file().write_at(0, to_bytes(text)));
  FOLIO_TRY(target.file().sync());
  return target.commit();
}

}  // namespace folio::cli
