// SPDX-License-Identifier: Apache-2.0
// Replaces one byte by another in a file, through a writable mapping: edit_in_place FILE OLD NEW
#include <algorithm>
#include <iostream>

#include "folio/file.h"
#include "folio/mapping.h"

namespace {

folio::Result<void> replace_bytes(const char* path, std::byte old_byte, std::byte new_byte) {
  const auto file = folio::File::open(path, {.mode = folio::OpenMode::ReadWrite});
  if (!file) return std::unexpected(file.error());
  auto mapping = folio::Mapping::map(*file, {.kind = folio::MapKind::ReadWrite});
  if (!mapping) return std::unexpected(mapping.error());

  std::ranges::replace(mapping->writable_bytes(), old_byte, new_byte);

  // Fails if the file was truncated meanwhile: what was written behind its new end is lost, without a signal.
  return mapping->flush(folio::FlushMode::Wait);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::cerr << "usage: edit_in_place FILE OLD NEW\n", 2;
  const auto done =
      replace_bytes(argv[1], static_cast<std::byte>(argv[2][0]), static_cast<std::byte>(argv[3][0]));
  if (done) return 0;
  std::cerr << done.error().message() << '\n';
  return 2;
}
