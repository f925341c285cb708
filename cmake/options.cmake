# SPDX-License-Identifier: Apache-2.0
# Options. Consumers that add folio as a subdirectory get the library alone.
option(FOLIO_COMMAND "Build the folio command" ${PROJECT_IS_TOP_LEVEL})
option(FOLIO_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(FOLIO_EXAMPLES "Build the examples" ${FOLIO_TESTS})
option(FOLIO_FUZZ "Build the fuzz targets for libFuzzer (clang only)" OFF)
option(FOLIO_INSTALL "Generate install rules" ${PROJECT_IS_TOP_LEVEL})
option(FOLIO_WERROR "Treat warnings as errors" OFF)
option(FOLIO_STATIC_COMMAND "Link the command statically" ON)
set(FOLIO_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize= (address,undefined or thread)")

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
include(GNUInstallDirs)
