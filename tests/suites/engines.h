// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/engines: what OpenSSL (X509_verify_cert) and GnuTLS answer to a fresh case, in this
// process, with the settings that come nearest to what Sealtone goes by: 112 bits of security, the
// server's purpose, the name, a trusted certificate ends the path, lists and policies as the case
// has them.
//
// Errors: std::runtime_error, if the engine cannot be asked at all.
#pragma once

#include <string>

#include "suites/fresh_cases.h"

namespace sealtone::test {

struct EngineAnswer {
  bool accepts = false;
  std::string words;  // why not, as the engine has it
};
[[nodiscard]] EngineAnswer ask_openssl(const FreshCase& fresh);
[[nodiscard]] EngineAnswer ask_gnutls(const FreshCase& fresh);

}  // namespace sealtone::test
