# SPDX-License-Identifier: Apache-2.0
# How everything is compiled: the language, the warnings, the sanitizers, the hardening.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(SEALTONE_SANITIZE "" CACHE STRING "what -fsanitize= gets, for example address,undefined")
option(SEALTONE_FUZZ "build the fuzz targets under tests/fuzz, in the place of the scenarios (clang)" OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths below the source folder count as relative, so that every clone shares one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

# All presets but dev (and dev, too, in CI) compile up to 16 files of a room, or of a test program, as
# one (CMAKE_UNITY_BUILD): headers such as Asio's cost more than what is written here, and the room
# app takes half the time in pieces of 16 that it takes in pieces of 4.  No two of these files may use
# one name for different things then, even where neither shows it to the other.  clang-tidy, and dev
# where code is written, take each file alone, and see that it includes what it needs.
add_compile_options(-Wall -Wextra -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees an overlap in std::string's operator+ that is not there (GCC bug 105651).
  add_compile_options(-Wno-restrict)
  # From 128 MB on, g++ searches what it holds for what it no longer needs, which costs up to a sixth of
  # its time.  Up to a gigabyte it only holds more: 100 MB more for the files that take most.
  add_compile_options(--param=ggc-min-heapsize=1000000)
  if(CMAKE_UNITY_BUILD)
    # g++ takes a file that is compiled with others for a header, whose own types would be doubled.
    add_compile_options(-Wno-subobject-linkage)
  endif()
else()
  # libstdc++ 12 calls functions of its own that it deprecates; clang says so at each sort of ours.
  add_compile_options(-Wno-deprecated-declarations)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

if(SEALTONE_SANITIZE)
  add_compile_options(-fsanitize=${SEALTONE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SEALTONE_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The sanitizers' own branches make g++ 12 believe that values stay unset.
    add_compile_options(-Wno-maybe-uninitialized)
  endif()
endif()

if(SEALTONE_SANITIZE MATCHES thread)
  # ThreadSanitizer does not understand fences; Asio's locks are enough without them.
  add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()

if(SEALTONE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES CXX)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  # Optimising, g++ 12 sees values left unset in a std::expected that moves through Asio's handlers.
  add_compile_options(-Wno-maybe-uninitialized)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
                      -fstack-clash-protection -ffunction-sections -fdata-sections)
  # Addresses that the loader has to add to take a bit each (DT_RELR, since glibc 2.36), not 24 octets.
  add_link_options(-Wl,-z,pack-relative-relocs)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack -Wl,--gc-sections -Wl,--as-needed -s)
endif()
