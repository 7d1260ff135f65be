// SPDX-License-Identifier: Apache-2.0
//
// store/test_data: the files of tests/data/store, for the tests that fill a store.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "x509/parse.h"

namespace sealtone::store {

inline x509::Contents parsed(const std::string& name) {
  const auto path = std::filesystem::path(SEALTONE_TEST_DATA) / "store" / name;
  return x509::parse(base::read_file(path, base::kMaxUploadBytes).value(), name).value();
}

inline x509::DeviceCredential credential(const std::string& name) {
  return x509::device_credential(parsed(name), name).value();
}

// openssl's root with another serial number: as many different certificates as a test wants.
inline x509::Certificate numbered(std::uint32_t number) {
  static const x509::Certificate root = parsed("root.pem").certificates.front();
  auto der = root.der();
  const auto serial = base::from_hex(root.serial_hex()).value();
  const auto at = std::ranges::search(der, serial).begin();
  for (int i = 0; i < 4; ++i)
    at[static_cast<int>(serial.size()) - 1 - i] = static_cast<std::uint8_t>(number >> 8 * i);
  return x509::Certificate::from_der(der).value();
}

}  // namespace sealtone::store
