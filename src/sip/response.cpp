// SPDX-License-Identifier: Apache-2.0
//
// sip/response: what a response takes over from its request (message.h).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

// RFC 3261 §8.2.6.2
constexpr std::array kTakenOver{"Via", "From", "To", "Call-ID", "CSeq"};

std::string with_tag(const std::string& to, std::string_view tag) {
  const auto address = parse_name_address(to);
  if (tag.empty() || !address || parameter(address->parameters, "tag") != nullptr) return to;
  return to + ";tag=" + std::string(tag);
}

}  // namespace

void mark_source(Message& request, std::string_view address, std::uint16_t port) {
  const auto field = std::ranges::find(request.fields, "Via", &Field::name);
  if (field == request.fields.end()) return;
  const auto vias = grammar::elements(field->value);
  if (vias.empty()) return;
  auto via = parse_via(vias.front());
  if (!via) return;
  const auto set = [&](std::string_view name, std::string value) {
    const auto found = std::ranges::find(
        via->parameters, name, [](const auto& one) { return std::string_view(one.first); });
    if (found == via->parameters.end()) {
      via->parameters.emplace_back(name, std::move(value));
    } else {
      found->second = std::move(value);
    }
  };
  const bool rport = parameter(via->parameters, "rport") != nullptr;
  // RFC 3581 §4: with an rport, "received" is there even if it is the address in the Via.
  if (rport) set("rport", std::to_string(port));
  if (rport || !base::equal_ignoring_ascii_case(via->host, address)) {
    set("received", std::string(address));
  }
  // What the sender wrote before its parameters stays as it is.
  std::string marked(vias.front().substr(0, vias.front().find(';')));
  marked = std::string(grammar::trimmed(marked)) + grammar::text(via->parameters);
  for (std::size_t at = 1; at < vias.size(); ++at) marked += ", " + std::string(vias[at]);
  field->value = std::move(marked);
}

Message response_to(const Message& request, int status, std::string reason,
                    std::string_view to_tag) {
  Message response{.status = status, .reason = std::move(reason)};
  for (const auto& field : request.fields) {
    if (std::ranges::find(kTakenOver, std::string_view(field.name)) == kTakenOver.end()) continue;
    const bool tagged = field.name == "To" && status != 100;
    response.fields.push_back(
        {.name = field.name, .value = tagged ? with_tag(field.value, to_tag) : field.value});
  }
  return response;
}

}  // namespace sealtone::sip
