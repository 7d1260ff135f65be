// SPDX-License-Identifier: Apache-2.0
//
// phone/contexts: the TLS contexts that settings and certificates ask for, built aside.
//
// The client shows the uploaded certificate or none, never the temporary one; the page shows the
// uploaded one, else the temporary.  Errors: tls::Context's, with the key that is at fault.
#pragma once

#include <memory>
#include <optional>

#include "settings/settings.h"
#include "tls/tls.h"

namespace sealtone::phone {

struct Contexts {
  std::shared_ptr<const tls::Context> provisioning;  // client
  std::shared_ptr<const tls::Context> page;          // server
  std::shared_ptr<const tls::Context> sip;           // client
};

[[nodiscard]] base::Result<Contexts> build_contexts(
    const settings::Settings& settings, const std::optional<x509::DeviceCredential>& uploaded,
    const x509::DeviceCredential& temporary, std::shared_ptr<tls::KeyLog> key_log);

}  // namespace sealtone::phone
