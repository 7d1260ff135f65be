// SPDX-License-Identifier: Apache-2.0
//
// fuzz/sip_message: any octets as a SIP message.
//
// What must hold besides "no crash": what is written is read back as the same message; what is
// answered can be read; and what is shown holds no credential (the seeds have one, and it may be
// shown only where it was put into a part that is shown by rule).
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "base/text.h"
#include "digest/offers.h"
#include "sip/answers.h"
#include "sip/shown.h"

namespace {

using namespace sealtone;

constexpr std::string_view kSecret = "hidden-made-for-the-test";

void require(bool holds) {
  if (!holds) std::abort();
}

bool holds_secret(std::string_view text) { return text.find(kSecret) != std::string_view::npos; }

// Whether the secret stands where anything is shown.
bool shows_by_rule(const sip::Message& message) {
  if (holds_secret(message.uri) || holds_secret(message.reason) || holds_secret(message.method) ||
      holds_secret(message.body)) {
    return true;
  }
  for (const auto& [name, value] : message.fields) {
    if (!holds_secret(name + " " + value)) continue;
    const auto lower = base::lower_ascii(name);
    if (lower != "authorization" && lower != "proxy-authorization") return true;
    const auto offers = digest::read_offers(value);
    if (!offers) continue;
    for (const auto& offer : *offers) {
      for (const auto& parameter : {"realm", "username", "algorithm", "uri"}) {
        const auto* shown = digest::find(offer.parameters, parameter);
        if (shown != nullptr && holds_secret(*shown)) return true;
      }
    }
  }
  return false;
}

void require_round_trip(const sip::Message& message) {
  const auto written = sip::write(message);
  // Long names for compact ones, and Content-Length, may make it too long.
  if (!written) {
    require(written.error().code == base::ErrorCode::too_large);
    return;
  }
  const auto again = sip::parse(*written);
  require(again.has_value() && *again == message);
}

void require_readable(const sip::Message& response) {
  const auto written = sip::write(response);
  require(written.has_value() || written.error().code == base::ErrorCode::too_large);
}

void require_same(std::string_view text) {
  const auto uri = sip::parse_uri(text);
  if (!uri) return;
  const auto again = sip::parse_uri(uri->text());
  require(again.has_value() && *again == *uri);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto octets = base::text({data, size});
  require_same(octets);
  const auto message = sip::parse(octets);
  if (!message) {
    if (const auto response = sip::refusal(octets, message.error(), "ours")) {
      require_readable(*response);
    }
    return 0;
  }
  require_round_trip(*message);
  require_same(message->uri);
  if (!shows_by_rule(*message)) require(!holds_secret(sip::shown(*message)));
  require(sip::one_line(*message).find('\n') == std::string::npos);
  for (const auto& contact : message->all("Contact")) {
    if (const auto address = sip::parse_name_address(contact)) require_same(address->uri.text());
  }
  if (!message->is_request()) return 0;
  sip::Invites invites;
  auto request = *message;
  sip::mark_source(request, "192.0.2.1", 5061);
  const auto uri = sip::parse_uri(request.uri);
  for (const bool again : {false, true}) {
    const auto answered =
        sip::answer(request, {}, !again, uri ? uri->user : std::string(), "ours", invites);
    if (answered.response) require_readable(*answered.response);
  }
  return 0;
}
