// SPDX-License-Identifier: Apache-2.0
//
// fuzz/tls_messages: any octets read as the messages of one connection.
//
// Input: one octet for the role, then for each message an octet (bit 0: received; bits 1 and 2:
// handshake, alert, ChangeCipherSpec or raw octets of the wire), two for its length, its octets.
// What must hold besides "no crash": the stated bounds; a verdict that is never trusted without a
// path; words and a picture fit for a terminal; JSON that can be written.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "explain/explain.h"
#include "explain/ladder.h"
#include "explain/wording.h"
#include "handshake/builder.h"
#include "handshake/reader.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

void feed(handshake::Builder& builder, handshake::Reader& input) {
  using handshake::ContentType;
  std::chrono::microseconds at{0};
  while (input.ok() && !input.empty()) {
    const auto flags = input.u8();
    const auto body = input.vector(2);
    if (!input.ok()) return;
    const auto direction =
        (flags & 1) != 0 ? handshake::Direction::received : handshake::Direction::sent;
    ++at;
    if ((flags & 8) != 0 && !body.empty()) {
      builder.record_began(direction, ContentType{body[0]}, body.size(), at);
    }
    switch (flags >> 1 & 3) {
      case 0: builder.message(direction, ContentType::handshake, body, at); break;
      case 1: builder.message(direction, ContentType::alert, body, at); break;
      case 2: builder.message(direction, ContentType::change_cipher_spec, body, at); break;
      default: builder.wire(direction, body); break;
    }
  }
}

void require_fit_for_a_terminal(const std::string& text) {
  for (const unsigned char c : text) require((c >= 0x20 && c != 0x7F) || c == '\n');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handshake::Reader input({data, size});
  const auto role = (input.u8() & 1) != 0 ? handshake::Role::server : handshake::Role::client;
  handshake::Builder builder(role, "192.0.2.1:443", {});
  feed(builder, input);
  builder.ended(handshake::Ending::closed, std::chrono::seconds{1});

  const auto& record = builder.record();
  require(record.messages.size() <= handshake::kMaxMessages);
  require(record.alerts.size() <= handshake::kMaxMessages);
  require(record.first_received.size() <= 64);
  const auto verdict = trust::conclude({}, record, {.has_certificate = true});
  require(!verdict.accepted());
  const explain::Context context{.server = "192.0.2.1:443", .now = {}};
  const auto explanation = explain::explain(verdict, record, context);
  require_fit_for_a_terminal(explain::to_text(explanation));
  (void)explain::to_json(explanation, verdict, record, context).dump();
  const auto picture = explain::ladder(record, verdict);
  for (const auto form : {explain::Form::steps, explain::Form::facts}) {
    for (const bool ascii : {false, true}) {
      const auto text = explain::to_text(picture, ascii, form);
      require_fit_for_a_terminal(text);
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) require(explain::columns(line) <= 80);
    }
  }
  require_fit_for_a_terminal(explain::to_svg(picture));
  const auto kept = explain::to_json(picture);
  require(explain::to_json(explain::ladder_from_json(kept)) == kept);
  return 0;
}
