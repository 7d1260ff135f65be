// SPDX-License-Identifier: Apache-2.0
//
// phone/temporary: the self-made certificate that keeps the page reachable until one is uploaded.
//
// P-256, self-signed, one year, for localhost and the addresses that are listened on.  Kept in the
// store, so that a browser's exception and a noted SHA-256 outlive a restart.  Server use only.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"
#include "x509/issue.h"
#include "x509/parse.h"

namespace sealtone::phone {

[[nodiscard]] base::Result<x509::DeviceCredential> make_temporary(
    std::span<const std::string> addresses, std::chrono::sys_seconds now, base::Random& random);

// As PEM, with its key: a secret, for the store alone.
[[nodiscard]] base::Result<std::string> to_text(const x509::DeviceCredential& temporary);
// Nothing if the text is no such thing, names not all addresses, or is past its dates.
[[nodiscard]] std::optional<x509::DeviceCredential> temporary_from_text(
    std::string_view text, std::span<const std::string> addresses, std::chrono::sys_seconds now);

}  // namespace sealtone::phone
