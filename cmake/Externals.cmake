# SPDX-License-Identifier: Apache-2.0
# The libraries of other people, all from Debian 12 (docs/dependencies.md says why each).
#
#   OpenSSL::SSL OpenSSL::Crypto  Boost::headers  c-ares::cares  SQLite::SQLite3  ZLIB::ZLIB
#   nlohmann_json::nlohmann_json  fmt::fmt  CLI11::CLI11  GTest::gmock_main  benchmark::benchmark
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)

# Debian's c-ares comes with a pkg-config file only, and pkg-config is one package more.
find_path(CARES_INCLUDE_DIR ares.h REQUIRED)
find_library(CARES_LIBRARY cares REQUIRED)
mark_as_advanced(CARES_INCLUDE_DIR CARES_LIBRARY)
add_library(c-ares::cares UNKNOWN IMPORTED GLOBAL)
set_target_properties(c-ares::cares PROPERTIES
  IMPORTED_LOCATION ${CARES_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${CARES_INCLUDE_DIR})

# ./run builds without tests, so that it needs neither of these.
if(BUILD_TESTING)
  find_package(GTest 1.12 REQUIRED)
  find_package(benchmark REQUIRED)
endif()
