# SPDX-License-Identifier: Apache-2.0
# Installs headers, library, command and documents, with a CMake package and a pkg-config file.
include(CMakePackageConfigHelpers)
set(folio_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/folio)

install(TARGETS folio EXPORT folio-targets FILE_SET HEADERS)
install(EXPORT folio-targets NAMESPACE folio:: DESTINATION ${folio_package_dir})
configure_package_config_file(cmake/folio-config.cmake.in folio-config.cmake INSTALL_DESTINATION ${folio_package_dir})
write_basic_package_version_file(folio-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/folio-config.cmake ${PROJECT_BINARY_DIR}/folio-config-version.cmake
  DESTINATION ${folio_package_dir})

# Who links the archive needs what it uses; who links a shared library does not.
get_target_property(folio_type folio TYPE)
list(JOIN FOLIO_MODULES ", " folio_pc_modules)
if(folio_type STREQUAL "STATIC_LIBRARY")
  set(folio_pc_requires "Requires: ${folio_pc_modules}")
  set(folio_pc_libs "-lbz2")
else()
  set(folio_pc_requires "Requires.private: ${folio_pc_modules}")
endif()
file(RELATIVE_PATH folio_pc_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/folio.pc.in folio.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/folio.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(TARGET folio_command)
  install(TARGETS folio_command)
endif()
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
