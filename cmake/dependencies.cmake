# SPDX-License-Identifier: Apache-2.0
# What folio needs, all of it from Debian 12. Targets are global so that a project that adds folio as a
# subdirectory can link it; cmake/folio-config.cmake.in repeats the library's part for installed trees.
find_package(Threads REQUIRED GLOBAL)
find_package(PkgConfig REQUIRED)
# Modules of pkg-config that the library links. The archives, where all of them are there, let the command be linked
# statically.
set(FOLIO_MODULES liburing re2 libpcre2-8 zlib libzstd liblz4 liblzma)
set(FOLIO_ARCHIVES_FOUND ON)
foreach(module IN LISTS FOLIO_MODULES)
  pkg_check_modules(${module} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  list(GET ${module}_LIBRARIES 0 name)
  find_library(FOLIO_${module}_ARCHIVE lib${name}.a)
  if(FOLIO_${module}_ARCHIVE)
    set_target_properties(PkgConfig::${module} PROPERTIES INTERFACE_LINK_LIBRARIES ${FOLIO_${module}_ARCHIVE})
  else()
    set(FOLIO_ARCHIVES_FOUND OFF)
  endif()
endforeach()
# bzip2 has no pkg-config module.
find_package(BZip2 REQUIRED GLOBAL)
find_library(FOLIO_BZIP2_ARCHIVE libbz2.a)
if(FOLIO_BZIP2_ARCHIVE)
  set_target_properties(BZip2::BZip2 PROPERTIES IMPORTED_LOCATION ${FOLIO_BZIP2_ARCHIVE}
    IMPORTED_LOCATION_RELEASE ${FOLIO_BZIP2_ARCHIVE})
else()
  set(FOLIO_ARCHIVES_FOUND OFF)
endif()
list(TRANSFORM FOLIO_MODULES PREPEND PkgConfig:: OUTPUT_VARIABLE FOLIO_LIBRARIES)
list(APPEND FOLIO_LIBRARIES BZip2::BZip2)
# Highway's headers only: src/simd/dispatch_table.h says why its library is not linked.
pkg_check_modules(libhwy REQUIRED libhwy)
# xxHash's header only, every function inlined.
pkg_check_modules(libxxhash REQUIRED libxxhash)
if(FOLIO_COMMAND)
  find_package(fmt 9 REQUIRED)
  find_package(CLI11 2.1 REQUIRED)
endif()
if(FOLIO_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
endif()
