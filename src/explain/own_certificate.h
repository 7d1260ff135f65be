// SPDX-License-Identifier: Apache-2.0
//
// explain/own_certificate: what a server that asked for a certificate was shown, and whether it
// had asked for one of that kind.
//
// Of connections that this side opened.  Source: RFC 5246 §7.4.4, RFC 8446 §4.3.2, §4.2.4.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "handshake/record.h"
#include "x509/certificate.h"

namespace sealtone::explain {

struct OwnCertificate {
  std::optional<x509::Certificate> shown;     // nothing: none was
  std::vector<std::string> accepted_issuers;  // as the server named them; the first kMaxIssuers
  std::optional<bool> listed;                 // whether one of them issued it or its issuers
  std::string says;
};
inline constexpr std::size_t kMaxIssuers = 20;

// Nothing: the server did not ask for one.
[[nodiscard]] std::optional<OwnCertificate> own_certificate(
    const handshake::HandshakeRecord& record);
// As docs/json.md describes; null of nothing.
[[nodiscard]] nlohmann::json to_json(const std::optional<OwnCertificate>& own);

}  // namespace sealtone::explain
