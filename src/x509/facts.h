// SPDX-License-Identifier: Apache-2.0
//
// x509/facts: reads every fact of a decoded certificate once.  For this room's own files.
//
// Errors: bad_input if a date or the version is none.
#pragma once

#include "x509/certificate.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

[[nodiscard]] base::Result<CertificateFacts> read_facts(X509& certificate, base::Bytes der);

}  // namespace sealtone::x509
