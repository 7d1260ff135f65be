// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder: the steps of one connection, with the numbers of the note's figure.
//
// ① ClientHello ② ServerHello ③ Certificate ④ ServerHelloDone ⑤ ClientKeyExchange ⑥
// ChangeCipherSpec ⑦ Finished ⑧ ChangeCipherSpec ⑨ Finished; what the figure leaves out stands in
// its place without a number.  TLS 1.3: its own messages, beside each the step of the figure that
// it became.  Where a session is resumed ③ to ⑤ are missing, ⑧ and ⑨ come before ⑥ and ⑦, and the
// ServerHello's note says whose certificates count.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "trust/trust.h"

namespace sealtone::explain {

struct Rung {
  std::string number;  // "①" or empty
  std::string name;    // "ClientHello"
  bool from_client = false;
  bool encrypted = false;
  std::size_t size = 0;
  std::chrono::microseconds at{0};
  std::string note;      // "TLS 1.2, TLS 1.3 offered"; "figure: ③, open there"
  bool failing = false;  // the step where it ended, with the reason in note
};

struct Ladder {
  std::vector<Rung> rungs;
  std::optional<std::size_t> encrypted_from;  // index of the first encrypted rung
  std::string version, cipher_suite, key_exchange;
  bool forward_secret = false;
  bool resumed = false;
  std::optional<std::chrono::sys_seconds> session_of;  // when that session was made, if it is ours
  std::string result;                                  // "established", or where and why it ended
};

[[nodiscard]] Ladder ladder(const handshake::HandshakeRecord& record,
                            const trust::Verdict& verdict);
[[nodiscard]] std::string to_text(const Ladder& ladder, bool ascii = false);  // at most 80 columns
[[nodiscard]] nlohmann::json to_json(const Ladder& ladder);
// The Ladder again, for drawing one that was kept; what is missing or of another kind stays empty.
[[nodiscard]] Ladder ladder_from_json(const nlohmann::json& kept);

}  // namespace sealtone::explain
