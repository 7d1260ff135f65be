// SPDX-License-Identifier: Apache-2.0
//
// x509/own_faults: what is wrong with one certificate by itself, by the very rules of paths.
//
// Source: RFC 5280 §6.1.  No signature is verified: whoever trusts a certificate does not rely on
// its own.  Quiet: the time is an argument.  Errors: none.
#pragma once

#include <chrono>
#include <vector>

#include "x509/path.h"

namespace sealtone::x509 {

// As what it is trusted: a server's own certificate, or one that issued others.
enum class Standing { server, issuer };

// Fault::index is 0.
[[nodiscard]] std::vector<Fault> own_faults(const Certificate& certificate, Standing standing,
                                            std::chrono::sys_seconds now,
                                            const PathOptions& options);

}  // namespace sealtone::x509
