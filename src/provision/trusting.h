// SPDX-License-Identifier: Apache-2.0
//
// provision/trusting: the settings' words for trust, as the values that trust, x509 and explain
// take.
//
// Source: phone-behaviour, chapter 1 (ca_cert: the system's roots, the uploaded certificates,
// both).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "settings/views.h"
#include "store/store.h"
#include "trust/trust.h"

namespace sealtone::provision {

[[nodiscard]] trust::Policy policy_of(const settings::TlsSettings& tls);

// The uploaded certificates alone.
[[nodiscard]] std::vector<x509::Certificate> uploaded(const store::Snapshot& snapshot);

// What a server's path may end in.
[[nodiscard]] std::vector<x509::Certificate> chosen_anchors(
    settings::TrustList list, std::span<const x509::Certificate> uploaded,
    std::span<const x509::Certificate> system_roots);

// What explain calls that list.
[[nodiscard]] std::string list_name(settings::TrustList list);

}  // namespace sealtone::provision
