// SPDX-License-Identifier: Apache-2.0
//
// explain/clauses: what happened, as half a sentence for each finding, with both compared values.
//
// "prov.example.com was refused: " + "its certificate was issued by …"; or with the server's name
// in it, to stand alone.
#pragma once

#include <string>
#include <vector>

#include "explain/explain.h"

namespace sealtone::explain {

struct Scene {
  const trust::Verdict& verdict;
  const handshake::HandshakeRecord& record;
  const Context& context;
};

// The server in a sentence: "prov.example.com", in the server's role "the client 192.0.2.1:4711".
[[nodiscard]] std::string peer(const Scene& scene);

// What was found as it is told everywhere: gravest first, among equals the one nearer to the
// server's own certificate.
[[nodiscard]] std::vector<trust::Finding> in_order(const Scene& scene);

enum class Voice {
  pronoun,  // "its certificate …", "it …": behind the server's name and a colon
  named,    // "the certificate of prov.example.com …"
};
[[nodiscard]] std::string clause(const trust::Finding& finding, const Scene& scene, Voice voice);
// Of a name that was not accepted: whether the certificate has the very same, where it does not
// count (an address among the DNS names: RFC 9525 §6.3).
[[nodiscard]] bool names_it_in_vain(const trust::Evidence& evidence);
// Numbers and the library's words; empty if there are none.
[[nodiscard]] std::string details(const trust::Finding& finding);

}  // namespace sealtone::explain
