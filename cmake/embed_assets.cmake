# SPDX-License-Identifier: Apache-2.0
# Writes files as constants into a C++ source, each with the hash that a content security policy names it by.
# usage: cmake -D OUTPUT=FILE.cpp -D ASSETS=FILE|FILE... -P embed_assets.cmake
cmake_minimum_required(VERSION 3.25)

# CMake prints hashes in hexadecimal, policies have them in base64: three digits there are two characters here.
function(base64_of_sha256 hex result)
  set(digits ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  set(text "")
  foreach(at RANGE 0 63 3)
    string(SUBSTRING "${hex}00" ${at} 3 group)
    math(EXPR high "0x${group} >> 6")
    math(EXPR low "0x${group} & 63")
    string(SUBSTRING ${digits} ${high} 1 high)
    string(SUBSTRING ${digits} ${low} 1 low)
    string(APPEND text ${high}${low})
  endforeach()
  # 256 bits are 43 characters; a 44th one fills up.
  string(SUBSTRING ${text} 0 43 text)
  set(${result} ${text}= PARENT_SCOPE)
endfunction()

# line_plot.js is kLinePlotJs.
function(constant_of file result)
  get_filename_component(name ${file} NAME)
  string(REGEX MATCHALL "[a-z0-9]+" words ${name})
  set(constant k)
  foreach(word IN LISTS words)
    string(SUBSTRING ${word} 0 1 first)
    string(SUBSTRING ${word} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND constant ${first}${rest})
  endforeach()
  set(${result} ${constant} PARENT_SCOPE)
endfunction()

# Without comments and indentation: the sources are for people, what is embedded is for browsers.
function(read_asset file result)
  file(READ ${file} text)
  string(REGEX REPLACE "/[*]([^*]|[*]+[^*/])*[*]+/" "" text "${text}")
  string(REGEX REPLACE "\n[ ]*//[^\n]*" "" text "\n${text}")
  string(REGEX REPLACE "\n[ \n]+" "\n" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

string(REPLACE "|" ";" assets "${ASSETS}")
set(source "// Made by cmake/embed_assets.cmake.\n#include \"cli/html/assets.h\"\n\nnamespace folio::cli::assets {\n\n")
foreach(asset IN LISTS assets)
  constant_of(${asset} name)
  read_asset(${asset} text)
  string(SHA256 hex "${text}")
  base64_of_sha256(${hex} hash)
  string(APPEND source "const Asset ${name}{\n    R\"folio_asset(${text})folio_asset\",\n    \"sha256-${hash}\"};\n\n")
endforeach()
string(APPEND source "}  // namespace folio::cli::assets\n")
file(WRITE ${OUTPUT} "${source}")
