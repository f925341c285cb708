# SPDX-License-Identifier: Apache-2.0
# Styles and scripts of HTML pages, made a part of the command. src/cli/html/assets.h names them.
file(GLOB folio_assets CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/cli/html/assets/*.css ${PROJECT_SOURCE_DIR}/src/cli/html/assets/*.js)
set(folio_assets_source ${PROJECT_BINARY_DIR}/assets.cpp)
list(JOIN folio_assets "|" folio_assets_words)
add_custom_command(OUTPUT ${folio_assets_source}
  COMMAND ${CMAKE_COMMAND} -D OUTPUT=${folio_assets_source} "-DASSETS=${folio_assets_words}"
    -P ${PROJECT_SOURCE_DIR}/cmake/embed_assets.cmake
  DEPENDS ${folio_assets} ${PROJECT_SOURCE_DIR}/cmake/embed_assets.cmake
  COMMENT "Embedding the assets of HTML pages" VERBATIM)
target_sources(folio_command_parts PRIVATE ${folio_assets_source})
