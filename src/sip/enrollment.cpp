// SPDX-License-Identifier: Apache-2.0
//
// sip/enrollment: see enrollment.h.
#include "sip/enrollment.h"

#include "base/text.h"
#include "sip/grammar.h"
#include "sip/host_port.h"

namespace sealtone::sip {
namespace {

constexpr const char* kPackage = "ua-profile";
constexpr const char* kUrlType = "application/url";

bool is_ua_profile(const Message& message) {
  const auto event = message.field("Event");
  return grammar::trimmed(event.substr(0, event.find(';'))) == kPackage;
}

}  // namespace

Enrollment::Enrollment(Who who, std::string call_id, std::string tag, std::string branch)
    : who_(std::move(who)),
      call_id_(std::move(call_id)),
      tag_(std::move(tag)),
      branch_(std::move(branch)) {}

Message Enrollment::subscribe() const {
  // RFC 6080 §5.1.1: the device's profile is asked for by its identity; desk phones write "MAC:".
  Uri profile;
  profile.user = "MAC:" + who_.mac;
  profile.host = who_.asked;
  Uri contact;
  contact.user = profile.user;
  contact.host = who_.here;
  contact.port = who_.port;
  Message message;
  message.method = "SUBSCRIBE";
  message.uri = profile.text();
  message.add("Via",
              "SIP/2.0/UDP " + sip::text({who_.here, who_.port}) + ";branch=" + branch_ + ";rport");
  message.add("Max-Forwards", "70");
  message.add("From", "<" + profile.text() + ">;tag=" + tag_);
  message.add("To", "<" + profile.text() + ">");
  message.add("Call-ID", call_id_);
  message.add("CSeq", "1 SUBSCRIBE");
  message.add("Contact", "<" + contact.text() + ">");
  message.add("Event", std::string(kPackage) +
                           ";profile-type=\"device\";vendor=\"Sealtone\";model=\"Sealtone\"");
  message.add("Expires", "0");
  message.add("Accept", kUrlType);
  if (!who_.user_agent.empty()) message.add("User-Agent", who_.user_agent);
  return message;
}

bool Enrollment::is_of_ours(const Message& message, std::string_view our_tag_in) const {
  if (message.call_id() != call_id_) return false;
  const auto party = parse_name_address(message.field(our_tag_in));
  const auto* tag = party ? parameter(party->parameters, "tag") : nullptr;
  return tag != nullptr && *tag == tag_;
}

bool Enrollment::may_come_from(const std::string& address) const {
  if (!server_.empty()) return address == server_;
  return who_.everybody || address == who_.asked;
}

base::Result<base::Url> Enrollment::url_of(const Message& notify) const {
  if (grammar::media_type(notify.field("Content-Type")) != kUrlType) {
    return grammar::malformed("it names no URL (Content-Type: application/url)");
  }
  if (notify.body.size() > kMaxProfileUrl) return grammar::malformed("its URL is too long");
  auto text = std::string_view(notify.body);
  while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  auto url = base::parse_url(text);
  if (!url) return grammar::malformed("what it names is no URL");
  if (url->scheme != "https") {
    return grammar::malformed("it names a URL of " + url->scheme +
                              ", and only https says who the server is");
  }
  return url;
}

Enrollment::Heard Enrollment::take(std::string_view datagram, const std::string& from_address,
                                   std::uint16_t from_port) {
  if (!may_come_from(from_address)) return {};
  auto message = parse(datagram);
  if (!message) return {};
  if (!message->is_request()) {
    const bool taken = message->status >= 200 && message->status < 300;
    if (taken && is_of_ours(*message, "From")) server_ = from_address;
    return {};
  }
  // What is not of this question is not answered either: over UDP a source is easily invented, and
  // the answer would go there.
  if (message->method != "NOTIFY" || !is_ua_profile(*message) || !is_of_ours(*message, "To")) {
    return {};
  }
  server_ = from_address;
  mark_source(*message, from_address, from_port);
  auto url = url_of(*message);
  if (url) return {.answer = response_to(*message, 200, "OK", tag_), .url = *std::move(url)};
  refused_ = url.error().detail;
  auto answer = response_to(*message, 400, "Bad Request", tag_);
  answer.add("Warning", "399 sealtone " + grammar::with_quotes(refused_));
  return {.answer = std::move(answer)};
}

}  // namespace sealtone::sip
