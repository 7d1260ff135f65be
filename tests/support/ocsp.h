// SPDX-License-Identifier: Apache-2.0
//
// tests/support/ocsp: answers of OCSP, made by the openssl tool.
#pragma once

#include "support/peers.h"

namespace sealtone::test {

// What issuer's authority answers about leaf, signed by signer, for a day; revoked: that it took it
// back.  A file (DER) in folder, under a name that is given once.  further: options of openssl
// ocsp.
inline std::filesystem::path ocsp_answer(const TempDir& folder, const std::string& name,
                                         const Identity& issuer, const Identity& leaf, bool revoked,
                                         const Identity& signer, Arguments further = {}) {
  const auto index = folder.write(name + ".txt", "");
  const auto config = folder.write(
      name + ".cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                         "\ndefault_md=sha256\ndefault_crl_days=30\nunique_subject=no\n");
  run_ok({"openssl", "ca", "-config", config.string(), "-cert", issuer.certificate.string(),
          "-keyfile", issuer.key.string(), revoked ? "-revoke" : "-valid",
          leaf.certificate.string()});
  auto request = folder.path() / (name + ".req"), file = folder.path() / (name + ".der");
  run_ok({"openssl", "ocsp", "-issuer", issuer.certificate.string(), "-cert",
          leaf.certificate.string(), "-no_nonce", "-reqout", request.string()});
  Arguments respond{"openssl",  "ocsp",
                    "-index",   index.string(),
                    "-CA",      issuer.certificate.string(),
                    "-rsigner", signer.certificate.string(),
                    "-rkey",    signer.key.string(),
                    "-reqin",   request.string(),
                    "-respout", file.string(),
                    "-ndays",   "1"};
  respond.insert(respond.end(), further.begin(), further.end());
  run_ok(respond);
  return file;
}

}  // namespace sealtone::test
