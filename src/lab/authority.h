// SPDX-License-Identifier: Apache-2.0
//
// lab/authority: the certificates of the lab: a root, an issuing CA, servers and one phone.
//
// Made anew for each lab, valid for a month, good for loopback names only.  The keys stand in the
// lab's folder (0600) and are made for trying things out.  Errors: crypto's and x509's.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/random.h"
#include "x509/issue.h"
#include "x509/parse.h"

namespace sealtone::lab {

struct Authority {
  x509::Issued root;     // "Sealtone Lab Root R1"
  x509::Issued issuing;  // "Sealtone Lab Issuing CA 1"

  [[nodiscard]] static base::Result<Authority> make(base::Random& random,
                                                    std::chrono::sys_seconds now);
  // localhost, 127.0.0.1 and ::1; sends leaf, issuing CA and root, so that the root is at hand.
  [[nodiscard]] base::Result<x509::DeviceCredential> server(base::Random& random,
                                                            std::chrono::sys_seconds now) const;
  // Usable as server and as client certificate; leaf and issuing CA.
  [[nodiscard]] base::Result<x509::DeviceCredential> phone(const std::string& mac,
                                                           base::Random& random,
                                                           std::chrono::sys_seconds now) const;
};

// Certificates and key in one PEM, as Security > Server Certificates takes it.
[[nodiscard]] base::Result<std::string> credential_pem(const x509::DeviceCredential& credential);

}  // namespace sealtone::lab
