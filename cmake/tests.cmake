# One test program per room: every *_test.cpp beside the code, linked with the rooms below it.
include(GoogleTest)

function(folio_add_room_test room)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${room}_test ${sources})
  set_target_properties(${room}_test PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${room}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests/support)
  target_link_libraries(${room}_test PRIVATE folio folio_warnings PkgConfig::libhwy PkgConfig::liburing
    GTest::gmock GTest::gtest_main rapidcheck rapidcheck_gtest)
  gtest_discover_tests(${room}_test DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600)
endfunction()

foreach(room core os simd scan count search generate bench)
  folio_add_room_test(${room})
endforeach()
