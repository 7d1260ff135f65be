// SPDX-License-Identifier: Apache-2.0
//
// trust/names: does a certificate speak for the name that was asked for?
//
// Source: RFC 9525 §6 (a wildcard is the whole left-most label; the common name only where a
// policy says so; an IP address matches iPAddress names only).
#pragma once

#include <optional>

#include "trust/trust.h"

namespace sealtone::trust {

// Both in lower case; a wildcard may be the whole left-most label of the one presented.
[[nodiscard]] bool dns_matches(std::string_view presented, std::string_view host);
[[nodiscard]] bool matches(const ReferenceIdentifier& reference,
                           const x509::Certificate& certificate, bool allow_common_name);
// name_mismatch with the name asked for and all names presented, or nothing.
[[nodiscard]] std::optional<Finding> check_name(const ReferenceIdentifier& reference,
                                                const x509::Certificate& certificate,
                                                bool allow_common_name);

}  // namespace sealtone::trust
