# SPDX-License-Identifier: Apache-2.0
# room(NAME SOURCES … TESTS … MAY_USE … [LIBRARIES …] [TEST_LIBRARIES …]): a folder under src/,
# a namespace and a static library, all of one name.
#
#   SOURCES         the room's .cpp files (main.cpp is never one of them)
#   TESTS           its *_test.cpp files, which become the program NAME_test
#   MAY_USE         the rooms it may use; what those may use comes with them
#   LIBRARIES       libraries of other people (cmake/Externals.cmake lists them)
#   TEST_LIBRARIES  the same, for the tests alone
#
# "base/version.h" (made here) holds sealtone::base::version and sealtone::base::built for whoever may use base.
# Includes are written from src/: #include "x509/certificate.h".
# NAME_test takes in the whole room and links nothing beyond what is stated here, so that an
# undeclared use fails to link there. The tests find tests/data as SEALTONE_TEST_DATA (a macro).
option(SEALTONE_TEST_PER_PROGRAM "one ctest test for each test program, not for each case" OFF)

add_custom_target(unit_tests)

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/base/version.h @ONLY CONTENT [=[
#pragma once
#include <string_view>

namespace sealtone::base {
inline constexpr std::string_view version = "@PROJECT_VERSION@";
inline constexpr std::string_view built = "@SEALTONE_BUILT@";  // a day, UTC: see CMakeLists.txt
}
]=])

function(room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;TESTS;MAY_USE;LIBRARIES;TEST_LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "room(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  check_room_stands_above(${name} "${arg_MAY_USE}")
  foreach(library IN LISTS arg_LIBRARIES arg_TEST_LIBRARIES)
    if(library IN_LIST SEALTONE_ROOMS)
      message(FATAL_ERROR "room(${name}): ${library} is a room, no library; MAY_USE states rooms")
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY SEALTONE_ROOM_${name} "${arg_MAY_USE}")
  set_property(GLOBAL APPEND PROPERTY SEALTONE_ROOMS_BUILT ${name})

  # The file's name is not libcrypto.a: that one is OpenSSL's.
  add_library(${name} STATIC ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME sealtone_${name} LINKER_LANGUAGE CXX)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${name} PUBLIC ${arg_MAY_USE} ${arg_LIBRARIES})

  if(BUILD_TESTING AND arg_TESTS)
    room_test(${name} "${arg_TESTS}" "${arg_TEST_LIBRARIES}")
  endif()
endfunction()

# Arrows point one way: a room may use only rooms that were named before it.
function(check_room_stands_above name may_use)
  list(FIND SEALTONE_ROOMS ${name} own)
  if(own EQUAL -1)
    message(FATAL_ERROR "room(${name}) is not in SEALTONE_ROOMS")
  endif()
  foreach(used IN LISTS may_use)
    list(FIND SEALTONE_ROOMS ${used} at)
    if(at EQUAL -1 OR NOT at LESS own)
      message(FATAL_ERROR "room(${name}) may not use ${used}: it does not stand before it")
    endif()
  endforeach()
endfunction()

function(room_test name tests libraries)
  set(test ${name}_test)
  add_executable(${test} ${tests})
  target_compile_definitions(${test} PRIVATE
    SEALTONE_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data"
    SEALTONE_SOURCE="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${test} PRIVATE
    -Wl,--whole-archive $<TARGET_FILE:${name}> -Wl,--no-whole-archive
    ${name} ${libraries} GTest::gmock_main Threads::Threads)
  add_dependencies(unit_tests ${test})
  if(SEALTONE_TEST_PER_PROGRAM)
    add_test(NAME ${test} COMMAND ${test})
    set_tests_properties(${test} PROPERTIES LABELS "unit;${name}" TIMEOUT 900)
  else()
    gtest_discover_tests(${test} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
      PROPERTIES LABELS "unit;${name}" TIMEOUT 60)
  endif()
endfunction()

# What the build stated, for tests/checks: one line for each room, "name: what it may use".
function(write_room_table)
  get_property(rooms GLOBAL PROPERTY SEALTONE_ROOMS_BUILT)
  set(table "")
  foreach(name IN LISTS rooms)
    get_property(may_use GLOBAL PROPERTY SEALTONE_ROOM_${name})
    list(JOIN may_use " " may_use)
    string(APPEND table "${name}: ${may_use}\n")
  endforeach()
  file(WRITE ${CMAKE_BINARY_DIR}/rooms.txt "${table}")
endfunction()
