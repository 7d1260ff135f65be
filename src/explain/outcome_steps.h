// SPDX-License-Identifier: Apache-2.0
//
// explain/outcome_steps: of a connection between two others, what was compared, and what to do
// next.
//
// Half a sentence for the first, a sentence or two for the others; empty where there is nothing to
// say.
#pragma once

#include <string>

#include "explain/outcome.h"

namespace sealtone::explain {

// "TLS 1.0 was offered", "it was shown "prov.example.com", issued by "Acme Root R1"".
[[nodiscard]] std::string compared_values(const handshake::HandshakeRecord& record,
                                          const handshake::Alert& alert,
                                          const x509::Certificate* certificate);
// Of the server's certificate, or of the client's.
[[nodiscard]] bool speaks_of_a_certificate(std::uint8_t description);
// list_given: certificates are judged by a list already, as far as they can be seen.
[[nodiscard]] std::string observed_next_step(const handshake::HandshakeRecord& record,
                                             const handshake::Alert& alert, bool list_given);
[[nodiscard]] std::string hidden_next_step();
[[nodiscard]] std::string silent_next_step(const handshake::HandshakeRecord& record, Side by,
                                           bool behind_certificate, bool list_given);

}  // namespace sealtone::explain
