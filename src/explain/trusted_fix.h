// SPDX-License-Identifier: Apache-2.0
//
// explain/trusted_fix: the next step where it is about the list of trusted certificates, or about a
// certificate that is missing between the server's and those.
//
// A certificate is only called the one to upload if trusting it cures the path; a missing one that
// nobody holds is described by what its child says of it, and never by a fingerprint.
#pragma once

#include <optional>

#include "explain/clauses.h"

namespace sealtone::explain {

[[nodiscard]] Fix trust_the_issuer(const Scene& scene);
[[nodiscard]] Fix trust_the_leaf(const Scene& scene);
// The server's own certificate was trusted, and it shows another one now.
[[nodiscard]] Fix trust_the_new_one(const Scene& scene);
[[nodiscard]] Fix send_intermediate(const Scene& scene);
// Whether what is missing is a root that this machine holds: then nothing stands between it and the
// server's own certificate.
[[nodiscard]] bool lacks_a_root_alone(const Scene& scene);
// Whether the issuer of the server's own certificate, which nobody sent and nobody holds, is more
// likely a root than an intermediate.
[[nodiscard]] bool may_lack_a_root(const Scene& scene);

// Where the trusted certificate itself is at fault: what has to be replaced stands in the list
// then, and on the server only if it is the server's own, too.  Of one that expired fixes.h says
// so. Nothing where another certificate is at fault, or none.
[[nodiscard]] std::optional<std::string> trusted_fix(const trust::Finding& finding,
                                                     const Scene& scene);

}  // namespace sealtone::explain
