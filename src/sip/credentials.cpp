// SPDX-License-Identifier: Apache-2.0
//
// sip/credentials: see credentials.h.
#include "sip/credentials.h"

#include <algorithm>

#include "base/text.h"

namespace sealtone::sip {
namespace {

constexpr int kProxyAsks = 407;
// In one round, of which all but the first because the nonce was stale.  A server whose nonces are
// always stale is not answered for ever.
constexpr int kMostAnswers = 4;
constexpr std::size_t kMostRealms = 8;

std::vector<std::string_view> values_of(const Message& message, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& field : message.fields) {
    if (base::equal_ignoring_ascii_case(field.name, name)) values.emplace_back(field.value);
  }
  return values;
}

}  // namespace

Credentials::Credentials(std::string user, std::string password)
    : user_(std::move(user)), password_(std::move(password)) {}

void Credentials::begin(const std::string& server, const std::string& domain, bool configured) {
  for (auto* side : {&registrar_, &proxy_}) {
    side->answered = 0;
    side->asked.reset();
    if (server != server_) side->session.reset();
  }
  server_ = server;
  domain_ = domain;
  configured_ = configured;
}

void Credentials::succeeded() { registrar_.answered = proxy_.answered = 0; }

base::Result<void> Credentials::add_to(Message& request, std::string_view client_nonce) {
  for (auto* side : {&registrar_, &proxy_}) {
    if (side->asked) {
      auto session = digest::Session::begin(*std::exchange(side->asked, std::nullopt), user_,
                                            password_, std::string(client_nonce));
      if (!session) return std::unexpected(session.error());
      side->session = *std::move(session);
    }
    if (!side->session) continue;
    auto value = side->session->authorization(request.method, request.uri);
    if (!value) return std::unexpected(value.error());
    request.add(side->answers, *std::move(value));
  }
  return {};
}

bool Credentials::may_answer(const Side& side, const std::string& realm) const {
  return configured_ || realm == domain_ ||
         std::ranges::find(side.realms, realm) != side.realms.end();
}

std::optional<Credentials::NotAnswered> Credentials::challenged(const Message& response) {
  auto& side = response.status == kProxyAsks ? proxy_ : registrar_;
  const bool used = side.session.has_value();
  side.session.reset();
  side.asked.reset();
  auto offered = digest::offered(values_of(response, side.asks));
  if (!offered.digest) {
    return NotAnswered{"the server asks for the password by " + digest::ways(offered) +
                       ", which is not answered; let it offer Digest with MD5, SHA-256 or "
                       "SHA-512-256"};
  }
  auto& challenge = *offered.digest;
  const auto realm = "\"" + base::visible(challenge.realm, 100) + "\"";
  if (password_.empty()) {
    return NotAnswered{.why = "the server asks for the password of " + realm +
                              ", and none is set for this account",
                       .by_password = true};
  }
  if (!may_answer(side, challenge.realm)) {
    return NotAnswered{"the server that was redirected to asks for the password of " + realm +
                       ", which the configured server never asked for; it was not given"};
  }
  // RFC 3261 §22.3: "If a UA receives a 401 … with the same realm and the stale flag not set, the
  // credentials were wrong."  An answer to a nonce that was kept from before may be too old for a
  // server that has forgotten it, and does not count.
  if (side.answered > 0 && used && !challenge.stale) {
    return NotAnswered{
        .why = "the server does not accept this account's user name and password for " + realm,
        .by_password = true};
  }
  if (side.answered >= kMostAnswers) {
    return NotAnswered{"the server asks for the password of " + realm +
                       " again and again, as if its nonces were used up at once"};
  }
  ++side.answered;
  if (configured_ && side.realms.size() < kMostRealms &&
      std::ranges::find(side.realms, challenge.realm) == side.realms.end()) {
    side.realms.push_back(challenge.realm);
  }
  side.asked = std::move(challenge);
  return std::nullopt;
}

base::Result<void> Credentials::confirm(const Message& response) {
  for (auto* side : {&registrar_, &proxy_}) {
    const auto info = response.field(side->info);
    if (!side->session || info.empty()) continue;
    auto proved = side->session->confirm(info);
    // What cannot be read proves nothing, and is passed over as if it were not there.
    if (!proved && proved.error().code == base::ErrorCode::mismatch) {
      side->session.reset();
      return proved;
    }
  }
  return {};
}

}  // namespace sealtone::sip
