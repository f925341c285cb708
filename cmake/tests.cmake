# SPDX-License-Identifier: Apache-2.0
# Tests: one program per room from every *_test.cpp beside the code; tests/*_e2e.py against what was built; and the
# checks of the house itself (tidy, packaging, scripts), which sanitizer builds leave out.
include(GoogleTest)

function(folio_add_room_test room)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${room}_test ${sources})
  set_target_properties(${room}_test PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${room}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests/support)
  target_link_libraries(${room}_test PRIVATE folio folio_warnings PkgConfig::liburing
    GTest::gmock GTest::gtest_main rapidcheck rapidcheck_gtest)
  # g++ 12 takes std::string's operator+ for an overlapping copy where it is inlined (GCC bug 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${room}_test PRIVATE -Wno-restrict)
  endif()
  gtest_discover_tests(${room}_test DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600 LABELS unit)
endfunction()

foreach(room core os simd scan pattern walk decode count search generate bench cache logs)
  folio_add_room_test(${room})
endforeach()
if(TARGET folio_command_parts)
  folio_add_room_test(cli)
  target_link_libraries(cli_test PRIVATE folio_command_parts)
endif()

# A test that is a Python file of the standard library; the environment names what was built.
function(folio_add_python_test name file label)
  add_test(NAME ${name} COMMAND Python3::Interpreter -B ${file} ${ARGN})
  set(environment "FOLIO_SOURCE=${PROJECT_SOURCE_DIR}" "FOLIO_BUILD=${PROJECT_BINARY_DIR}"
    "FOLIO_SANITIZE=${FOLIO_SANITIZE}" "PYTHONDONTWRITEBYTECODE=1")
  if(TARGET folio_command)
    list(APPEND environment "FOLIO=$<TARGET_FILE:folio_command>")
  endif()
  if(FOLIO_EXAMPLES)
    list(APPEND environment "FOLIO_EXAMPLES=${PROJECT_BINARY_DIR}/examples")
  endif()
  # Status 77: something that the test needs is not installed.
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77 LABELS ${label} ENVIRONMENT "${environment}"
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()

file(GLOB folio_e2e_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*_e2e.py)
# Sanitized programs need other amounts of memory and time; what other programs answer is compared once, and the page in
# a browser is looked at once.
if(FOLIO_SANITIZE)
  list(FILTER folio_e2e_files EXCLUDE REGEX "(documentation|search_limits|search_differential|bench_page|logs_page|bench_access|bench_compare)_e2e")
endif()
if(NOT TARGET folio_command)
  list(FILTER folio_e2e_files INCLUDE REGEX "examples_e2e")
endif()
foreach(file IN LISTS folio_e2e_files)
  get_filename_component(name ${file} NAME_WE)
  folio_add_python_test(e2e.${name} ${file} e2e)
endforeach()

if(NOT FOLIO_SANITIZE)
  set(folio_tests_dir ${PROJECT_SOURCE_DIR}/tests)
  folio_add_python_test(house.tidy ${folio_tests_dir}/tidy.py house ${PROJECT_SOURCE_DIR})
  folio_add_python_test(house.tidy_detects_violations ${folio_tests_dir}/tidy_self_test.py house)
  folio_add_python_test(house.readme_performance ${PROJECT_SOURCE_DIR}/tools/readme_performance.py house --check
    ${PROJECT_SOURCE_DIR})
  folio_add_python_test(house.dev_script ${folio_tests_dir}/dev_script_test.py house)
  if(FOLIO_INSTALL)
    folio_add_python_test(house.packaging ${folio_tests_dir}/packaging/packaging_test.py house)
  endif()
endif()
