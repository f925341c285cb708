# SPDX-License-Identifier: Apache-2.0
# The folio command: flags, rendering, terminal and signals over the library.
if(NOT FOLIO_COMMAND)
  return()
endif()
file(GLOB_RECURSE folio_command_sources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/cli/*.cpp ${PROJECT_SOURCE_DIR}/src/demo/*.cpp)
list(FILTER folio_command_sources EXCLUDE REGEX "(_(test|bench|fuzz)|/main)\\.cpp$")
if(NOT folio_command_sources)
  return()
endif()
# All of it but main.cpp: tests link what they test of it.
add_library(folio_command_parts STATIC ${folio_command_sources})
set_target_properties(folio_command_parts PROPERTIES CXX_EXTENSIONS OFF)
target_include_directories(folio_command_parts PUBLIC ${PROJECT_SOURCE_DIR}/src)
include(${CMAKE_CURRENT_LIST_DIR}/assets.cmake)
target_compile_definitions(folio_command_parts PUBLIC FOLIO_VERSION="${PROJECT_VERSION}")
target_link_libraries(folio_command_parts PUBLIC folio folio_warnings CLI11::CLI11)
# Debian has no archive of fmt for the static command; sanitized, its code would take most of the time to compile.
if(FOLIO_SANITIZE)
  target_link_libraries(folio_command_parts PUBLIC fmt::fmt)
else()
  target_link_libraries(folio_command_parts PUBLIC fmt::fmt-header-only)
endif()
add_executable(folio_command ${PROJECT_SOURCE_DIR}/src/cli/main.cpp)
set_target_properties(folio_command PROPERTIES OUTPUT_NAME folio CXX_EXTENSIONS OFF)
target_link_libraries(folio_command PRIVATE folio_command_parts)

# Linked statically the command starts in half the time: no symbols are looked up. Sanitizers need the shared C library.
if(FOLIO_STATIC_COMMAND AND FOLIO_ARCHIVES_FOUND AND NOT FOLIO_SANITIZE)
  target_link_options(folio_command PRIVATE -static)
endif()
