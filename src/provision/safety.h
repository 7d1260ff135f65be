// SPDX-License-Identifier: Apache-2.0
//
// provision/safety: what a run would do to the phone's trust, before it is done.
//
// A change of trusted list or switch, or a private key, that came over an unverified connection is
// said; settings under which the phone would refuse the servers of this very run are not applied.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "provision/fetching.h"
#include "provision/provision.h"

namespace sealtone::provision {

// One file of the run that was understood.
struct Delivered {
  std::string shown;  // its address, or its name
  Transport transport;
  settings::ConfigFile file;
};

// One certificate file that a Delivered one named.
struct DeliveredCertificates {
  std::string shown;
  // Of the file that names it, and its own.
  Transport named_by = Transport::plain, transport = Transport::plain;
  std::vector<x509::Certificate> trusted;  // for the list; empty for a server certificate
  std::optional<x509::DeviceCredential> credential;
};

[[nodiscard]] std::vector<std::string> unverified_changes(
    const store::Snapshot& before, const store::Store::Batch& batch,
    std::span<const Delivered> files, std::span<const DeliveredCertificates> certificates);

// Whether other servers would be trusted than before, certificates that are added apart.
[[nodiscard]] bool changes_trust(const store::Snapshot& before, const store::Store::Batch& batch);

// The sentence that says whom the phone would refuse, and why; nothing if it would refuse nobody.
[[nodiscard]] std::optional<std::string> would_lock_out(
    const Input& input, const store::Store::Batch& batch,
    std::span<const http::Connection> connections);

}  // namespace sealtone::provision
