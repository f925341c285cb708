# SPDX-License-Identifier: Apache-2.0
# Instrumentation of everything that is built: sanitizers, and coverage for libFuzzer.
if(FOLIO_SANITIZE)
  add_compile_options(-fsanitize=${FOLIO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FOLIO_SANITIZE})
endif()
if(FOLIO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
