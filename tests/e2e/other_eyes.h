// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/other_eyes: certificates and keys in PEM as OpenSSL's tool sees them, and what a
// sentence names.
//
// Knows no room of Sealtone.
#pragma once

#include <string>
#include <vector>

namespace sealtone::test {

// What `openssl x509 -noout WHAT` prints of a certificate, e.g. "-text".
[[nodiscard]] std::string seen(const std::string& pem, const std::string& what);
[[nodiscard]] std::string common_name_of(const std::string& pem);
[[nodiscard]] bool is_self_issued(const std::string& pem);
[[nodiscard]] bool has_run_out(const std::string& pem);

// The blocks "-----BEGIN …-----" whose kind ends like that: "CERTIFICATE", "PRIVATE KEY".
[[nodiscard]] std::vector<std::string> blocks_of(const std::string& text, const std::string& kind);

// Of 'ask "X" for …' X; empty if nothing is quoted.
[[nodiscard]] std::string first_quoted(const std::string& say);

}  // namespace sealtone::test
