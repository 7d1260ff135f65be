// SPDX-License-Identifier: Apache-2.0
//
// x509/test_data: the files of tests/data/x509, for this room's tests.
#pragma once

#include <chrono>
#include <ctime>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "x509/certificate.h"

namespace sealtone::x509::test {

// When their certificates are looked at.
inline constexpr std::chrono::sys_seconds kNow =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1};

inline base::Bytes file(const std::string& name) {
  return base::read_file(std::filesystem::path(SEALTONE_TEST_DATA) / "x509" / name,
                         base::kMaxUploadBytes)
      .value();
}

// path/NAME.cer
inline Certificate certificate(const std::string& name) {
  return Certificate::from_der(file("path/" + name + ".cer")).value();
}

// What this process has computed so far.
inline double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace sealtone::x509::test
