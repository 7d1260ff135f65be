// SPDX-License-Identifier: Apache-2.0
//
// store/system_roots: the certificates that this computer trusts, for the lists `default` and `all`
// and as certificates at hand.
//
// Debian's bundle, /etc/ssl/certs/ca-certificates.crt; read anew at each call (about 15 ms).
// Errors: io if it cannot be read; the detail names the package to install.
#pragma once

#include <vector>

#include "base/result.h"
#include "x509/certificate.h"

namespace sealtone::store {

[[nodiscard]] base::Result<std::vector<x509::Certificate>> system_roots();

}  // namespace sealtone::store
