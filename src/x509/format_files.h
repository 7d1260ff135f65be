// SPDX-License-Identifier: Apache-2.0
//
// x509/format_files: the files of tests/data/x509/formats, for this room's tests.
#pragma once

#include <string>

#include "x509/parse.h"
#include "x509/test_data.h"

namespace sealtone::x509::test {

inline constexpr std::string_view kRight = "secret";  // of all files made for these tests

inline base::Bytes format_file(const std::string& name) { return file("formats/" + name); }
// Whose certificate most of them hold.
inline Certificate format_leaf() {
  return parse(format_file("p256.pem"), "p256.pem")->certificates.front();
}

inline base::Result<Contents> opened(const std::string& name,
                                     std::optional<std::string_view> passphrase = kRight) {
  return parse(format_file(name), name, passphrase);
}

}  // namespace sealtone::x509::test
