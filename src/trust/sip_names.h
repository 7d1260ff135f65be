// SPDX-License-Identifier: Apache-2.0
//
// trust/sip_names: does a certificate speak for the SIP domain that was asked for?
//
// Source: RFC 5922 §7.1 (which names of a certificate are SIP identities), §7.2 (how they are
// compared).
#pragma once

#include "trust/trust.h"

namespace sealtone::trust {

// Details of a name_mismatch by these rules begin so.
inline constexpr std::string_view kSipRules = "RFC 5922";

// The identities as they are compared: hosts of sip URIs; without one, DNS names; without any
// subjectAltName, the common name where the policy says so.
[[nodiscard]] std::vector<std::string> sip_identities(const x509::Certificate& certificate,
                                                      const Policy& policy);
[[nodiscard]] bool matches_sip(const ReferenceIdentifier& reference,
                               const x509::Certificate& certificate, const Policy& policy);
// name_mismatch with the domain asked for, the names presented, and the rule; or nothing.
[[nodiscard]] std::optional<Finding> check_sip_name(const ReferenceIdentifier& reference,
                                                    const x509::Certificate& certificate,
                                                    const Policy& policy);

}  // namespace sealtone::trust
