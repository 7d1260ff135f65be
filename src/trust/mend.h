// SPDX-License-Identifier: Apache-2.0
//
// trust/mend: the upload as it should be, out of one that was examined.
//
// A server's: leaf first, each issuer behind what it issued, a missing one added if it was at hand,
// the key that fits, as nginx and desk phones want it; a list: each certificate once.  Everything
// else is left out; the remarks with `mends` say what.
// Errors: mismatch (no key fits; or of several servers' certificates none is told by a key),
// bad_input (no certificate; a damaged key), too_large (not all could be looked at).
#pragma once

#include "crypto/secret.h"
#include "trust/doctor.h"
#include "x509/parse.h"

namespace sealtone::trust {

[[nodiscard]] base::Result<Upload> mend(const Upload& upload, const Diagnosis& diagnosis);

// The same of a server's as it is stored, chain and key.  mismatch, besides: there is no key.
[[nodiscard]] base::Result<x509::DeviceCredential> credential_of(const Upload& upload,
                                                                 const Diagnosis& diagnosis);

// The one file: the certificates, then the key if there is one, as PEM.  internal: a key that
// cannot be written.
[[nodiscard]] base::Result<crypto::Secret> pem(const Upload& upload);

}  // namespace sealtone::trust
