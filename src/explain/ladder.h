// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder: the steps of one connection, with the numbers of the note's figure.
//
// ① ClientHello ② ServerHello ③ Certificate ④ ServerHelloDone ⑤ ClientKeyExchange ⑥
// ChangeCipherSpec ⑦ Finished ⑧ ChangeCipherSpec ⑨ Finished; what the figure leaves out stands in
// its place without a number.  TLS 1.3: its own messages, beside each the step of the figure that
// it became.  Where a session is resumed ③ to ⑤ are missing, ⑧ and ⑨ come before ⑥ and ⑦, and the
// ServerHello's note says whose certificates count.  What was encrypted and nobody here has the
// keys of is one step for all that one side sent in a row.
//
// Texts of peers are visible() in all of it.  Units: octets, microseconds.  Errors: none.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "trust/trust.h"

namespace sealtone::explain {

// What is known of a step: "cipher suites", and all that were offered.
struct Fact {
  std::string name;
  std::vector<std::string> values;  // at most kMaxValues
  std::size_t count = 0;            // how many there were
};
inline constexpr std::size_t kMaxValues = 400;

struct Rung {
  std::string number;  // "①" or empty
  std::string name;    // "ClientHello"
  bool from_client = false;
  bool encrypted = false;
  bool readable = true;      // false: encrypted, and without the keys
  std::size_t messages = 1;  // that it stands for; more than one only if they cannot be read
  std::size_t size = 0;
  std::chrono::microseconds at{0}, since_last{0};
  std::string note;      // "TLS 1.2, TLS 1.3 offered"; "figure: ③, open there"
  bool failing = false;  // the step where it ended, with the reason in note
  std::vector<Fact> facts;
};

// A certificate of the chain, or the gap where one should be.  From the peer's own upwards.
struct Link {
  enum class Kind { sent, trusted, missing };
  Kind kind = Kind::sent;
  std::string name;  // "Acme Issuing CA 2"
  std::string role;  // "server", "client", "intermediate", "root"
  std::string note;  // what was found: "expired"; of a gap what it means
};

struct Ladder {
  std::vector<Rung> rungs;
  std::optional<std::size_t> encrypted_from;  // index of the first encrypted rung
  std::string version, cipher_suite, key_exchange;
  bool forward_secret = false;
  bool resumed = false;
  std::optional<std::chrono::sys_seconds> session_of;  // when that session was made, if it is ours
  std::string result;                                  // "established", or where and why it ended
  std::string closed_by;                               // "client", "server"; empty: not seen
  bool reset = false;                                  // and by a reset
  std::vector<Link> chain;                             // empty: no certificate was seen
  std::vector<std::string> remarks;  // what could not be seen; what each side could do
};

struct Context;
// Where several things were found they stand in the order in which explain() tells them.
[[nodiscard]] Ladder ladder(const handshake::HandshakeRecord& record, const trust::Verdict& verdict,
                            const Context& context);
// Where it is only drawn: no other certificate is at hand.
[[nodiscard]] Ladder ladder(const handshake::HandshakeRecord& record,
                            const trust::Verdict& verdict);
// At most 80 columns.  facts: under each step all that is known of it, and the chain.
enum class Form { steps, facts };
[[nodiscard]] std::string to_text(const Ladder& ladder, bool ascii = false,
                                  Form form = Form::steps);
// A picture that needs nothing beside itself: steps, facts and chain, light or dark as its reader.
[[nodiscard]] std::string to_svg(const Ladder& ladder);
[[nodiscard]] nlohmann::json to_json(const Ladder& ladder);
// The Ladder again, for drawing one that was kept; what is missing or of another kind stays empty.
[[nodiscard]] Ladder ladder_from_json(const nlohmann::json& kept);

}  // namespace sealtone::explain
