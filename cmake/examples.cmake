# SPDX-License-Identifier: Apache-2.0
# Every examples/*.cpp is one program that uses public headers only. tests/examples_e2e.py runs them.
file(GLOB folio_example_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.cpp)
add_custom_target(folio_examples)
foreach(source IN LISTS folio_example_sources)
  get_filename_component(name ${source} NAME_WE)
  add_executable(example_${name} ${source})
  set_target_properties(example_${name} PROPERTIES CXX_EXTENSIONS OFF OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/examples)
  target_link_libraries(example_${name} PRIVATE folio::folio folio_warnings)
  add_dependencies(folio_examples example_${name})
endforeach()
