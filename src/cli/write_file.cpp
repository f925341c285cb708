// SPDX-License-Identifier: Apache-2.0
#include "cli/write_file.h"

#include "core/try.h"
#include "folio/bytes.h"

namespace folio::cli {

Result<void> complete(os::NewFile& file, std::string_view text) {
  FOLIO_TRY(file.file().write_at(0, to_bytes(text)));
  FOLIO_TRY(file.file().sync());
  return file.commit();
}

Result<void> write_file(const std::string& name, std::string_view text) {
  auto file = FOLIO_TRY(os::NewFile::create(name));
  return complete(file, text);
}

}  // namespace folio::cli
