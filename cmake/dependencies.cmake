# SPDX-License-Identifier: Apache-2.0
# What folio needs, all of it from Debian 12. Targets are global so that a project that adds folio as a
# subdirectory can link it; cmake/folio-config.cmake.in repeats the library's part for installed trees.
find_package(Threads REQUIRED GLOBAL)
find_package(PkgConfig REQUIRED)
pkg_check_modules(liburing REQUIRED IMPORTED_TARGET GLOBAL liburing)
# The archive, where there is one, lets the command be linked statically.
find_library(FOLIO_LIBURING_ARCHIVE liburing.a)
if(FOLIO_LIBURING_ARCHIVE)
  set_target_properties(PkgConfig::liburing PROPERTIES INTERFACE_LINK_LIBRARIES ${FOLIO_LIBURING_ARCHIVE})
endif()
# Highway's headers only: src/simd/dispatch_table.h says why its library is not linked.
pkg_check_modules(libhwy REQUIRED libhwy)
if(FOLIO_COMMAND)
  find_package(fmt 9 REQUIRED)
  find_package(CLI11 2.1 REQUIRED)
endif()
if(FOLIO_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
endif()
