// SPDX-License-Identifier: Apache-2.0
//
// explain/name_limits: the next step where a certificate breaks the limits on names (RFC 5280
// §4.2.1.10).
#pragma once

#include <string>

#include "trust/trust.h"

namespace sealtone::explain {

// host: as it was asked for.  A name of the server's own certificate is one too many where another
// one is that host's, and within the limits.
[[nodiscard]] std::string within_the_limits(const trust::Finding& finding,
                                            const x509::CheckedPath& checked, std::string host);

}  // namespace sealtone::explain
