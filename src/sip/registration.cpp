// SPDX-License-Identifier: Apache-2.0
//
// sip/registration: see registration.h.
#include "sip/registration.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "digest/offers.h"

namespace sealtone::sip {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMostTargets = 5;  // of one redirect
constexpr std::size_t kMostWords = 200;  // of what a server says

enum ResponseCode {
  kUnauthorized = 401,
  kProxyAuthenticationRequired = 407,
  kIntervalTooBrief = 423,
  kFirstHopLacksOutbound = 439,
};

// delta-seconds at the beginning of a field's value; more than 2^32 - 1 counts as that.
std::optional<seconds> leading_seconds(std::string_view value) {
  value = base::trim(value);
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t number = 0;
  std::size_t digits = 0;
  for (; digits < value.size() && value[digits] >= '0' && value[digits] <= '9'; ++digits) {
    number = std::min(number * 10 + static_cast<std::uint64_t>(value[digits] - '0'), kMost);
  }
  if (digits == 0) return std::nullopt;
  return seconds(number);
}

// The same, and nothing behind it.
std::optional<seconds> whole_seconds(std::string_view value) {
  value = base::trim(value);
  const bool digits = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? leading_seconds(value) : std::nullopt;
}

// Thousandths; RFC 3261 §25.1: qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ).
int q_of(const NameAddress& contact) {
  constexpr int kWhole = 1'000;
  const auto* q = parameter(contact.parameters, "q");
  if (q == nullptr || q->empty() || q->front() != '0') return kWhole;
  int value = 0, unit = kWhole / 10;
  for (std::size_t i = 2; i < q->size() && unit > 0; ++i, unit /= 10) {
    if ((*q)[i] < '0' || (*q)[i] > '9') break;
    value += ((*q)[i] - '0') * unit;
  }
  return value;
}

bool lists(const Message& message, std::string_view field, std::string_view option) {
  return std::ranges::any_of(message.all(field), [option](const std::string& value) {
    return base::equal_ignoring_ascii_case(base::trim(value), option);
  });
}

std::string host_port(const std::string& host, std::uint16_t port) {
  return Server{host, port}.text();
}

std::string unquoted(std::string_view text) {
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
    text = text.substr(1, text.size() - 2);
  }
  return std::string(text);
}

Refused refused(const Message& response, std::string detail = {}) {
  Refused refused{response.status, base::visible(response.reason, kMostWords)};
  refused.retry_after = leading_seconds(response.field("Retry-After"));
  refused.detail = detail.empty() ? base::visible(response.field("Warning"), kMostWords) : detail;
  return refused;
}

}  // namespace

Registration::Registration(Identity identity, std::string call_id, std::string tag, int reg_id)
    : identity_(std::move(identity)),
      call_id_(std::move(call_id)),
      tag_(std::move(tag)),
      reg_id_(reg_id),
      credentials_(identity_.auth_name.empty() ? identity_.user : identity_.auth_name,
                   identity_.password) {}

void Registration::begin(Whom whom) {
  whom_ = std::move(whom);
  was_too_brief_ = false;
  leaving_ = false;
  credentials_.begin(whom_.server.text(), whom_.domain, !whom_.redirected_to);
}

Uri Registration::contact(const Here& here) const {
  Uri uri;
  uri.user = identity_.user;
  uri.host = here.host;
  uri.port = here.port;
  uri.parameters.emplace_back("transport", base::lower_ascii(word(here.transport)));
  return uri;
}

base::Result<Message> Registration::next(const Here& here, std::string_view branch,
                                         std::string_view client_nonce) {
  Uri registrar, record;
  // RFC 3261 §10.2: "The "userinfo" and "@" components of the SIP URI MUST NOT be present."
  registrar.host = whom_.domain;
  if (whom_.redirected_to) registrar = *whom_.redirected_to;
  record.user = identity_.user;
  record.host = whom_.domain;
  contact_ = contact(here);

  Message request;
  request.method = "REGISTER";
  request.uri = registrar.text();
  request.add("Via", std::string("SIP/2.0/") + word(here.transport) + " " +
                         host_port(here.host, here.port) + ";branch=" + std::string(branch) +
                         ";rport");
  request.add("Max-Forwards", "70");
  if (whom_.route) {
    Uri route;
    route.host = whom_.route->host;
    route.port = whom_.route->port;
    route.parameters = {{"transport", base::lower_ascii(word(whom_.route->transport))}, {"lr", ""}};
    request.add("Route", "<" + route.text() + ">");
  }
  const auto display = digest::quoted(identity_.display);
  const auto named = display && !identity_.display.empty() ? *display + " " : std::string();
  request.add("From", named + "<" + record.text() + ">;tag=" + tag_);
  request.add("To", named + "<" + record.text() + ">");
  request.add("Call-ID", call_id_);
  request.add("CSeq", std::to_string(++cseq_) + " REGISTER");
  auto binding = "<" + contact_.text() + ">";
  if (outbound_ && !identity_.instance.empty()) {
    // RFC 5626 §4.2: "the UAC … MUST include a reg-id …", with the instance "in the +sip.instance
    // Contact header field parameter", in angle brackets.
    binding +=
        ";reg-id=" + std::to_string(reg_id_) + ";+sip.instance=\"<" + identity_.instance + ">\"";
  }
  request.add("Contact", std::move(binding));
  request.add("Expires", std::to_string(leaving_ ? 0 : whom_.expires.count()));
  request.add("Supported", outbound_ ? "path, outbound" : "path");
  auto answered = credentials_.add_to(request, client_nonce);
  if (!answered) return std::unexpected(answered.error());
  return request;
}

Answer Registration::take(const Message& response) {
  switch (response.status) {
    case kUnauthorized:
    case kProxyAuthenticationRequired: {
      const auto why_not = credentials_.challenged(response);
      if (!why_not) return Again{};
      auto no = refused(response, why_not->why);
      no.authentication = true;
      no.by_password = why_not->by_password;
      return no;
    }
    case kIntervalTooBrief: return too_brief(response);
    case kFirstHopLacksOutbound:
      if (!outbound_) return refused(response);
      outbound_ = false;
      return Again{};
    default: break;
  }
  if (response.status < 300) return accepted(response);
  if (response.status < 400) return redirected(response);
  return refused(response);
}

bool Registration::is_ours(const NameAddress& contact) const {
  const auto* instance = parameter(contact.parameters, "+sip.instance");
  const auto* reg_id = parameter(contact.parameters, "reg-id");
  if (outbound_ && instance != nullptr && reg_id != nullptr) {
    return base::equal_ignoring_ascii_case(unquoted(*instance), "<" + identity_.instance + ">") &&
           *reg_id == std::to_string(reg_id_);
  }
  return contact.uri.user == contact_.user && contact.uri.port == contact_.port &&
         base::equal_ignoring_ascii_case(contact.uri.host, contact_.host);
}

Answer Registration::accepted(const Message& response) {
  if (auto proved = credentials_.confirm(response); !proved) {
    auto no = refused(response, proved.error().detail);
    no.authentication = no.by_password = true;
    return no;
  }
  credentials_.succeeded();
  was_too_brief_ = false;
  if (leaving_) return Registered{};
  // RFC 3261 §10.3: the response "MUST contain Contact header field values enumerating all current
  // bindings.  Each Contact value MUST feature an "expires" parameter".  Servers that leave Contact
  // out are taken by their Expires field, and one that writes a single binding in words of its own
  // has ours.
  const auto contacts = response.all("Contact");
  std::optional<NameAddress> ours;
  for (const auto& value : contacts) {
    auto contact = parse_name_address(value);
    if (!contact || !(is_ours(*contact) || contacts.size() == 1)) continue;
    ours = std::move(*contact);
    break;
  }
  if (!ours && !contacts.empty()) {
    return refused(response, "it lists " + std::to_string(contacts.size()) +
                                 " bindings, and this phone's is not among them");
  }
  auto granted = whole_seconds(response.field("Expires"));
  const auto* expires = ours ? parameter(ours->parameters, "expires") : nullptr;
  if (expires != nullptr) {
    if (const auto own = whole_seconds(*expires)) granted = own;
  }
  Registered registered;
  registered.expires = std::min(granted.value_or(whom_.expires), whom_.expires);
  if (registered.expires == seconds(0)) {
    return refused(response, "it granted a registration of no time at all (Expires 0)");
  }
  // Kamailio 5.6.3 ends this line with CR and NUL, so that the next field is part of the value.
  registered.flow_timer = leading_seconds(response.field("Flow-Timer"));
  registered.outbound = outbound_ && lists(response, "Require", "outbound");
  return registered;
}

Answer Registration::too_brief(const Message& response) {
  const auto least = whole_seconds(response.field("Min-Expires"));
  // RFC 3261 §10.2.8: "the client MAY retry … the value … equal to or greater than the expiration
  // interval within the Min-Expires header field".
  if (!least || *least <= whom_.expires || was_too_brief_) {
    return refused(response, "it wants another time of registration, and does not say which");
  }
  if (*least > kLongestExpires) {
    return refused(response, "it wants registrations of " + std::to_string(least->count()) +
                                 " seconds or more; at most " +
                                 std::to_string(kLongestExpires.count()) + " are asked for");
  }
  was_too_brief_ = true;
  whom_.expires = *least;
  return Again{};
}

Answer Registration::redirected(const Message& response) const {
  struct Target {
    int q;
    Uri uri;
  };
  std::vector<Target> targets;
  for (const auto& value : response.all("Contact")) {
    auto contact = parse_name_address(value);
    if (!contact || (contact->uri.scheme != "sip" && contact->uri.scheme != "sips")) continue;
    // RFC 3261 §8.1.3.4: header elements of the URI are copied into the new request.  They are
    // not here, nor are its parameters: a server does not write our requests.
    Uri uri;
    uri.scheme = contact->uri.scheme;
    uri.host = contact->uri.host;
    uri.port = contact->uri.port;
    if (const auto* transport = parameter(contact->uri.parameters, "transport")) {
      uri.parameters.emplace_back("transport", base::lower_ascii(*transport));
    }
    targets.push_back({q_of(*contact), std::move(uri)});
  }
  if (targets.empty())
    return refused(response, "it redirects to nowhere that can be registered at");
  std::ranges::stable_sort(targets, std::ranges::greater{}, &Target::q);
  Redirected redirected;
  for (auto& target : targets) {
    if (redirected.to.size() < kMostTargets) redirected.to.push_back(std::move(target.uri));
  }
  return redirected;
}

}  // namespace sealtone::sip
