// SPDX-License-Identifier: Apache-2.0
//
// x509/backstop: what OpenSSL's own X509_verify_cert says of a path.  For path's own use.
//
// Signatures and dates are left to path's own rules.  Name constraints, policies, path lengths and
// unknown critical extensions are OpenSSL's to find; of the rest it must find nothing that path's
// own rules did not.  Bounded: where there are more names and constraints than OpenSSL compares in
// a few milliseconds it is not asked, and that is a fault.
#pragma once

#include "x509/path.h"

namespace sealtone::x509 {

// Adds the faults that are not implied by those checked.faults holds already.
void add_openssl_faults(CheckedPath& checked);

}  // namespace sealtone::x509
