# SPDX-License-Identifier: Apache-2.0
# The tests that need more than one room: whole phones against real servers, crashes, and fuzzing.
add_custom_target(e2e_tests)
add_custom_target(crash_tests)
add_custom_target(suites_tests)
add_custom_target(fuzz_targets)

# e2e_test(NAME SOURCES … [ROOMS …] [LIBRARIES …] [TIMEOUT SECONDS] [LABELS …] [BROWSER] [ALONE]):
# one program, one ctest test with the label e2e. In its environment: SEALTONE_BINARY is the sealtone
# program, SEALTONE_SOURCE the source folder. Several run at once (ctest -j): ports, folders and
# captures are each one's own. One at a time drives a browser, which takes much memory; and one that
# demands an answer within a second or two is ALONE.
# crash_test(NAME …), suites_test(NAME …): the same with the label crash, suites.
function(e2e_test name)
  scenario(${name} e2e ${ARGN})
endfunction()

function(crash_test name)
  scenario(${name} crash ${ARGN})
endfunction()

function(suites_test name)
  scenario(${name} suites ${ARGN})
endfunction()

function(scenario name kind)
  cmake_parse_arguments(PARSE_ARGV 2 arg "ALONE;BROWSER" "TIMEOUT" "SOURCES;ROOMS;LIBRARIES;LABELS")
  if(SEALTONE_FUZZ)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 600)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE SEALTONE_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE ${arg_ROOMS} ${arg_LIBRARIES} GTest::gmock_main Threads::Threads)
  add_dependencies(${name} sealtone)
  add_dependencies(${kind}_tests ${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    LABELS "${kind};${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} COST ${arg_TIMEOUT} RUN_SERIAL ${arg_ALONE}
    ENVIRONMENT "SEALTONE_BINARY=$<TARGET_FILE:sealtone>;SEALTONE_SOURCE=${CMAKE_SOURCE_DIR}")
  if(arg_BROWSER)
    # Chromium is driven by what the fixture installs.
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED web RESOURCE_LOCK browser)
  endif()
endfunction()

# fuzz_target(NAME SOURCES … ROOMS … [CORPUS FOLDER]): a libFuzzer program fuzz/NAME of the asan and
# fuzz presets. CORPUS holds the inputs it starts from.
function(fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;ROOMS")
  if(NOT SEALTONE_FUZZ)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_ROOMS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzz_targets ${name})
  if(arg_CORPUS)
    get_filename_component(arg_CORPUS ${arg_CORPUS} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/tools/fuzz_one $<TARGET_FILE:${name}> ${arg_CORPUS})
  # Ten minutes of --all, five at most to reduce what was found, one to make an input small.
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 1200)
endfunction()
