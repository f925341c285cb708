if(FOLIO_SANITIZE)
  add_compile_options(-fsanitize=${FOLIO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FOLIO_SANITIZE})
endif()
