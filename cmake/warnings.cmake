# SPDX-License-Identifier: Apache-2.0
# Warnings for code that is ours; errors in every preset.
add_library(folio_warnings INTERFACE)
target_compile_options(folio_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wundef)
if(FOLIO_WERROR)
  target_compile_options(folio_warnings INTERFACE -Werror)
endif()
# Every use of FOLIO_TRY is a statement expression, which clang reports even behind __extension__ in some forms.
# std::stable_sort of libstdc++ 12 calls what libstdc++ 12 itself deprecates; g++ still reports our own uses.
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(folio_warnings INTERFACE -Wno-gnu-statement-expression -Wno-deprecated-declarations)
endif()
# Sanitized code confuses these analyses of g++, even inside its own library and inside headers of others.
if(FOLIO_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(folio_warnings INTERFACE -Wno-maybe-uninitialized -Wno-null-dereference)
endif()
