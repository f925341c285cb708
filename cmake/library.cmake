# SPDX-License-Identifier: Apache-2.0
# The library folio::folio: every room but the command line. Public headers are in include/folio.
file(GLOB folio_public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/folio/*.h)
file(GLOB_RECURSE folio_library_sources CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/core/*.cpp ${PROJECT_SOURCE_DIR}/src/os/*.cpp ${PROJECT_SOURCE_DIR}/src/simd/*.cpp
  ${PROJECT_SOURCE_DIR}/src/scan/*.cpp ${PROJECT_SOURCE_DIR}/src/pattern/*.cpp
  ${PROJECT_SOURCE_DIR}/src/walk/*.cpp ${PROJECT_SOURCE_DIR}/src/decode/*.cpp
  ${PROJECT_SOURCE_DIR}/src/count/*.cpp ${PROJECT_SOURCE_DIR}/src/search/*.cpp
  ${PROJECT_SOURCE_DIR}/src/generate/*.cpp ${PROJECT_SOURCE_DIR}/src/bench/*.cpp ${PROJECT_SOURCE_DIR}/src/logs/*.cpp
  ${PROJECT_SOURCE_DIR}/src/cache/*.cpp)
list(FILTER folio_library_sources EXCLUDE REGEX "_(test|bench|fuzz)\\.cpp$")

add_library(folio ${folio_library_sources})
add_library(folio::folio ALIAS folio)
target_sources(folio PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${folio_public_headers})
target_compile_features(folio PUBLIC cxx_std_23)
set_target_properties(folio PROPERTIES CXX_EXTENSIONS OFF VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} POSITION_INDEPENDENT_CODE ON)
target_include_directories(folio PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_include_directories(folio SYSTEM PRIVATE ${libhwy_INCLUDE_DIRS} ${libxxhash_INCLUDE_DIRS})
target_link_libraries(folio PUBLIC Threads::Threads
  PRIVATE $<BUILD_INTERFACE:folio_warnings> ${FOLIO_LIBRARIES})
