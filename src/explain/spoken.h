// SPDX-License-Identifier: Apache-2.0
//
// explain/spoken: what was said inside a connection, as steps that stand below those of TLS.
//
// SIP is what is said (RFC 3261 §7): a request or a response is one step, its header fields are
// what is known of it.  Whoever gives the messages has blanked their credentials and made them
// visible. Units: microseconds since the first octet.  Errors: none.
#pragma once

#include <chrono>
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "explain/ladder.h"

namespace sealtone::explain {

struct Saying {
  bool from_client = false;
  std::chrono::microseconds at{0};
  std::string line = {};  // "REGISTER sip:example.com", "401 Unauthorized"
  std::string text = {};  // the whole message, a line each
};

struct Conversation {
  bool encrypted = true;  // it went over TLS
  std::vector<Saying> said = {};
  std::size_t left_out = 0;         // that were said and are not kept
  std::size_t left_out_before = 0;  // which of `said` they stand before
};

struct Dialogue {
  std::vector<Rung> rungs = {};
  std::size_t left_out = 0;
  std::size_t left_out_before = 0;  // a place in rungs
};

[[nodiscard]] Dialogue dialogue(const Conversation& conversation);

// For handshake.sip of docs/json.md; null where nothing was said.
[[nodiscard]] nlohmann::json to_json(const Dialogue& dialogue);
// As it was kept; what is missing or of another kind stays empty.
[[nodiscard]] Dialogue dialogue_from_json(const nlohmann::json& kept);
// At most 80 columns, as to_text of a ladder; empty where nothing was said.
[[nodiscard]] std::string to_text(const Dialogue& dialogue, bool ascii = false,
                                  Form form = Form::steps);
// "12 more messages".
[[nodiscard]] std::string left_out_words(const Dialogue& dialogue);

// With what was said below the steps of TLS.
[[nodiscard]] std::string to_svg(const Ladder& ladder, const Dialogue& dialogue);

}  // namespace sealtone::explain
