# SPDX-License-Identifier: Apache-2.0
# The folio command: flags, rendering, terminal and signals over the library.
if(NOT FOLIO_COMMAND)
  return()
endif()
file(GLOB_RECURSE folio_command_sources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/cli/*.cpp ${PROJECT_SOURCE_DIR}/src/demo/*.cpp)
list(FILTER folio_command_sources EXCLUDE REGEX "_(test|bench|fuzz)\\.cpp$")
if(NOT folio_command_sources)
  return()
endif()
add_executable(folio_command ${folio_command_sources})
set_target_properties(folio_command PROPERTIES OUTPUT_NAME folio CXX_EXTENSIONS OFF)
target_include_directories(folio_command PRIVATE ${PROJECT_SOURCE_DIR}/src)
include(${CMAKE_CURRENT_LIST_DIR}/assets.cmake)
target_compile_definitions(folio_command PRIVATE FOLIO_VERSION="${PROJECT_VERSION}")
target_link_libraries(folio_command PRIVATE folio folio_warnings CLI11::CLI11)
# Debian has no archive of fmt for the static command; sanitized, its code would take most of the time to compile.
if(FOLIO_SANITIZE)
  target_link_libraries(folio_command PRIVATE fmt::fmt)
else()
  target_link_libraries(folio_command PRIVATE fmt::fmt-header-only)
endif()

# Linked statically the command starts in half the time: no symbols are looked up. Sanitizers need the shared C library.
if(FOLIO_STATIC_COMMAND AND FOLIO_ARCHIVES_FOUND AND NOT FOLIO_SANITIZE)
  target_link_options(folio_command PRIVATE -static)
endif()
