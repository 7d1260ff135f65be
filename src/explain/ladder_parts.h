// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_parts: what the ladder is put together from; of no use to others.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "explain/ladder.h"

namespace sealtone::explain {

// Beside the message, in short: "TLS 1.2, TLS 1.3", "1 certificate", "wants a client certificate".
[[nodiscard]] std::string note_of(const handshake::Message& message, bool from_client,
                                  const handshake::HandshakeRecord& record);
// All that the record has about this message.
[[nodiscard]] std::vector<Fact> facts_of(const handshake::Message& message, bool from_client,
                                         const handshake::HandshakeRecord& record);
[[nodiscard]] std::vector<Fact> facts_of(const handshake::Alert& alert,
                                         const handshake::HandshakeRecord& record);

// The chain as it was judged; where it was not, as the certificates that were sent fit together.
[[nodiscard]] std::vector<Link> chain_of(const handshake::HandshakeRecord& record,
                                         const trust::Verdict& verdict);

// What could not be seen, and what each side could do.
[[nodiscard]] std::vector<std::string> remarks_of(const Ladder& ladder,
                                                  const handshake::HandshakeRecord& record,
                                                  const trust::Verdict& verdict);
// Ends a drawing: marks the failing rung, says how it ended, and the remarks.  place: of each
// message its rung.
void conclude_ladder(Ladder& ladder, const handshake::HandshakeRecord& record,
                     const trust::Verdict& verdict, const std::vector<std::size_t>& place);

// "a; b", or the one that is not empty.
[[nodiscard]] std::string and_more(const std::string& first, const std::string& second);
// "the client", "this side", "the other side": who sent it.
[[nodiscard]] std::string sender(handshake::Direction direction,
                                 const handshake::HandshakeRecord& record);
[[nodiscard]] bool from_client(handshake::Direction direction,
                               const handshake::HandshakeRecord& record);
// Whether it ran under TLS 1.3, and nobody here has its keys.
[[nodiscard]] bool closed_to_us(const handshake::HandshakeRecord& record);
// Encrypted, and nobody here has the keys: its kind cannot be told.
[[nodiscard]] bool is_sealed(const handshake::Message& message,
                             const handshake::HandshakeRecord& record);
// "expired, name-mismatch": what was found of those that concern, in its order, each once.
[[nodiscard]] std::string codes_of(const std::vector<trust::Finding>& findings,
                                   const std::function<bool(const trust::Finding&)>& concerns);
// What an alert means, as far as it can at its place: who has asked for no client certificate does
// not miss one.
[[nodiscard]] std::string meaning_of(const handshake::Alert& alert,
                                     const handshake::HandshakeRecord& record);
// RFC 5246 §7.4.9: "A Finished message is always sent immediately after a change cipher spec
// message": the message at this index is one, though it cannot be read.
[[nodiscard]] bool finished_by_its_place(const handshake::HandshakeRecord& record,
                                         std::size_t index);

// For drawing.
// "12 octets, 41.5 ms after the start, 3.2 ms after the last".
[[nodiscard]] std::string measure(const Rung& rung);
// "cipher suites: A, B, C", all that are known.
[[nodiscard]] std::string in_full(const Fact& fact);
// "RSA key transport, as in the figure; not forward secret"; empty if there was none.
[[nodiscard]] std::string key_exchange_words(const Ladder& ladder);
// Who closed first, behind "closed": "by the client", "by the client, by a reset"; empty if it was
// not seen.
[[nodiscard]] std::string closing_words(const Ladder& ladder);
// "the server's own; expired", "missing".
[[nodiscard]] std::string link_words(const Link& link);
// Columns, two for a character of East Asian scripts.
[[nodiscard]] std::size_t cells(std::string_view text);
// Lines of at most width of them; a word that is longer is broken.
[[nodiscard]] std::vector<std::string> fitted(const std::string& text, std::size_t width);

}  // namespace sealtone::explain
