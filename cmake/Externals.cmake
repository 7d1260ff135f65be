# SPDX-License-Identifier: Apache-2.0
# The libraries of other people, all from Debian 12 (docs/dependencies.md says why each).
#
#   OpenSSL::SSL OpenSSL::Crypto  Boost::headers  c-ares::cares  SQLite::SQLite3  ZLIB::ZLIB
#   nlohmann_json::nlohmann_json  fmt::fmt  libidn2::libidn2  CLI11::CLI11  seccomp::seccomp
#   re::re  tomlplusplus::tomlplusplus  pcap::pcap  GTest::gmock_main
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)

# Debian's c-ares, libidn2 and libseccomp come with a pkg-config file only, and pkg-config is one package more.
function(import_library target header library)
  string(MAKE_C_IDENTIFIER ${target} name)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  add_library(${target} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION ${${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${name}_INCLUDE_DIR})
endfunction()
import_library(c-ares::cares ares.h cares)
import_library(libidn2::libidn2 idn2.h idn2)
import_library(seccomp::seccomp seccomp.h seccomp)
# The archive: of libre's whole stack only a few decoders are used, and the program starts without one
# more library.
import_library(re::re re/re.h libre.a)

# Its own CMake file links the library; the headers alone are enough, and the program starts without
# one more library.
find_path(tomlplusplus_INCLUDE_DIR toml++/toml.h REQUIRED)
mark_as_advanced(tomlplusplus_INCLUDE_DIR)
add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED GLOBAL)
target_include_directories(tomlplusplus::tomlplusplus INTERFACE ${tomlplusplus_INCLUDE_DIR})

# ./run builds without tests, so that it needs none of this.
if(BUILD_TESTING)
  find_package(GTest 1.12 REQUIRED)
  import_library(pcap::pcap pcap/pcap.h pcap)
endif()
