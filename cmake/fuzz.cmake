# SPDX-License-Identifier: Apache-2.0
# Fuzz targets, fuzz/*_fuzz.cpp, built in one of two ways: for libFuzzer (clang), or with a small main that replays
# seeds and some thousand random inputs, so that every compiler's test run covers them.
file(GLOB folio_fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/fuzz/*_fuzz.cpp)
if(FOLIO_FUZZ AND NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "FOLIO_FUZZ needs clang; ./dev fuzz takes clang++-19")
endif()

function(folio_add_fuzz_target source)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${name} PRIVATE folio folio_warnings)
  if(FOLIO_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cpp)
  add_test(NAME fuzz_replay.${name} COMMAND ${name} ${PROJECT_SOURCE_DIR}/fuzz/seeds/${name})
  set_tests_properties(fuzz_replay.${name} PROPERTIES TIMEOUT 300 LABELS fuzz)
endfunction()

foreach(source IN LISTS folio_fuzz_sources)
  folio_add_fuzz_target(${source})
endforeach()
