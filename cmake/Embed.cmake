# SPDX-License-Identifier: Apache-2.0
# embed(TARGET FILE SYMBOL): the bytes of FILE become part of TARGET.
#
# In TARGET's sources: #include "embedded/SYMBOL.h", then sealtone::embedded::SYMBOL() is a
# std::string_view of the file as it is on disk. FILE is taken from the calling folder.
function(embed target file symbol)
  get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "embed(${target} … ${symbol}): ${file} is not there")
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embed_${target})
  file(CONFIGURE OUTPUT ${folder}/embedded/${symbol}.h @ONLY CONTENT [=[
#pragma once
#include <string_view>

namespace sealtone::embedded {
[[nodiscard]] std::string_view @symbol@();
}
]=])
  file(CONFIGURE OUTPUT ${folder}/${symbol}.cpp @ONLY CONTENT [=[
#include "embedded/@symbol@.h"

__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    ".global embedded_@symbol@_begin\n"
    "embedded_@symbol@_begin:\n"
    ".incbin \"@file@\"\n"
    ".global embedded_@symbol@_end\n"
    "embedded_@symbol@_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" const char embedded_@symbol@_begin[];
extern "C" const char embedded_@symbol@_end[];

std::string_view sealtone::embedded::@symbol@() {
  return {embedded_@symbol@_begin, embedded_@symbol@_end};
}
]=])
  # Compiled with others it would not be compiled again when the file changes.
  set_source_files_properties(${folder}/${symbol}.cpp PROPERTIES
    OBJECT_DEPENDS ${file} SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${folder}/${symbol}.cpp)
  target_include_directories(${target} PRIVATE ${folder})
endfunction()
