// SPDX-License-Identifier: Apache-2.0
#include "phone/account_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "explain/explain.h"
#include "explain/wording.h"

namespace sealtone::phone {
namespace {

using explain::when;
using settings::SipAccount;
using sip::Cause;
using sip::Stage;
using sip::State;
using sip::Status;

constexpr std::size_t kMostOfAPeer = 200;

std::string key(const SipAccount& account, std::string_view item) {
  return fmt::format("account.{}.{}", account.number, item);
}

std::string server_of(const SipAccount& account, const Status& status) {
  if (!status.server.empty()) return base::visible(status.server, kMostOfAPeer);
  return account.servers.empty() ? std::string("the server")
                                 : base::visible(account.servers.front().host, kMostOfAPeer);
}

// What the certificate was found to be, in a clause behind "registered".
std::string secured(const SipAccount& account, const Status& status) {
  if (status.transport != sip::Transport::tls) {
    return fmt::format(
        "Over TCP nothing is encrypted, and nobody can tell who answers: {} = 2 is TLS.",
        key(account, "sip_server.1.transport_type"));
  }
  const bool trusted = status.verdict && status.verdict->decision == trust::Decision::trusted;
  const auto version = status.tls_version.empty() ? std::string("TLS") : status.tls_version;
  if (trusted) return version + ", and the server's certificate is trusted.";
  return version +
         ", and the server's certificate was accepted though it is not trusted: the switch "
         "\"Only Accept Trusted Certificates\" is off.";
}

std::string judged(const trust::Verdict& verdict, const std::string& server,
                   const AccountGround& ground) {
  const explain::Context context{
      .server = server, .now = ground.now, .list_name = ground.list_name};
  const auto words = explain::explain(verdict, {}, context);
  std::string says = words.headline;
  // Of the gravest, which the headline is about; the connection has the others.
  if (!words.findings.empty() && words.findings.front().fix.kind != explain::FixKind::none) {
    says += " " + words.findings.front().fix.say;
  }
  return says;
}

// The place of the server that is tried among the account's; of one that was redirected to, the
// first.
std::size_t tried(const SipAccount& account, const Status& status) {
  for (std::size_t i = 0; i < account.servers.size(); ++i) {
    const auto text = sip::Server{account.servers[i].host, account.servers[i].port}.text();
    if (status.server == text || status.server.starts_with(text + " (")) return i;
  }
  return 0;
}

std::string server_keys(const SipAccount& account, const Status& status) {
  return key(account, fmt::format("sip_server.{}.", tried(account, status) + 1));
}

// Whom the connection goes to, and the keys that say so: the proxy in the place of the server.
struct Reached {
  std::string name, at_the_beginning, keys;
};
Reached reached(const SipAccount& account, const Status& status) {
  if (account.outbound_proxies.empty()) {
    const auto server = server_of(account, status);
    return {server, server, server_keys(account, status)};
  }
  const auto& proxy = account.outbound_proxies.front();
  const auto name = base::visible(sip::Server{proxy.host, proxy.port}.text(), kMostOfAPeer);
  return {name, "The outbound proxy " + name, key(account, "outbound_proxy.1.")};
}

std::string not_settable(const SipAccount& account, const Status& status, const std::string& text) {
  using settings::SipTransport;
  const auto at = tried(account, status);
  const auto transport =
      at < account.servers.size() ? account.servers[at].transport : SipTransport::tls;
  if (transport == SipTransport::tcp || transport == SipTransport::tls) {
    return explain::capital(text) + ".";
  }
  return fmt::format(
      "{}transport_type is set to {}, which Sealtone does not speak: 2 is TLS, 1 is "
      "TCP.",
      server_keys(account, status),
      transport == SipTransport::udp ? "UDP" : "what DNS says of it (NAPTR)");
}

std::string not_reached(const SipAccount& account, const Status& status, const std::string& text) {
  constexpr std::uint16_t in_clear = 5060;
  const auto to = reached(account, status);
  const auto at = tried(account, status);
  const auto* server = !account.outbound_proxies.empty() ? &account.outbound_proxies.front()
                       : at < account.servers.size()     ? &account.servers[at]
                                                         : nullptr;
  const bool tls_elsewhere = server != nullptr && server->port == in_clear &&
                             server->transport == settings::SipTransport::tls;
  return fmt::format("{} cannot be reached: {}. Check {}address and {}port, and whether it runs.{}",
                     to.at_the_beginning, text, to.keys, to.keys,
                     tls_elsewhere ? " With TLS most servers listen at 5061, not at 5060." : "");
}

std::string not_registered(const std::string& server, const Cause& cause) {
  constexpr int redirected = 300, refused = 400;
  if (cause.lost) return fmt::format("The connection to {} was lost: {}.", server, cause.text);
  if (cause.status == 0) {
    return fmt::format("{} did not answer the registration: {}.", server, cause.text);
  }
  if (cause.status >= redirected && cause.status < refused) {
    return fmt::format("{} wants the registration elsewhere: {}.", server, cause.text);
  }
  return fmt::format("{} does not take the registration: {}. Its own log says why.", server,
                     cause.text);
}

std::string why(const SipAccount& account, const Status& status, const AccountGround& ground) {
  const auto server = server_of(account, status);
  if (!status.cause) return fmt::format("{} does not take the registration.", server);
  const auto& cause = *status.cause;
  const auto& text = cause.text;
  switch (cause.stage) {
    case Stage::settings: return not_settable(account, status, text);
    case Stage::dns: {
      const auto to = reached(account, status);
      return fmt::format("{} cannot be found: {}. Check {}address.", to.at_the_beginning, text,
                         to.keys);
    }
    case Stage::tcp: return not_reached(account, status, text);
    case Stage::tls: {
      const auto to = reached(account, status);
      return cause.verdict ? judged(*cause.verdict, to.name, ground)
                           : fmt::format("{}: {}.", to.at_the_beginning, text);
    }
    case Stage::sip: return not_registered(server, cause);
    case Stage::authentication:
      return cause.by_password
                 ? fmt::format("{} wants another user name or password: {}. Check {} and {}.",
                               server, text, key(account, "auth_name"), key(account, "password"))
                 : fmt::format("{} was not given the password: {}.", server, text);
  }
  return text;
}

std::string says(const SipAccount& account, const Status& status, const AccountGround& ground) {
  switch (status.state) {
    case State::off:
      return account.enabled ? fmt::format("Account {} has no server: set {}.", account.number,
                                           key(account, "sip_server.1.address"))
                             : fmt::format("Account {} is switched off ({} = 0).", account.number,
                                           key(account, "enable"));
    case State::waiting_for_permission:
      return fmt::format(
          "Account {} came with a fetched file, and registers only once that is allowed: a desk "
          "phone that uses this account may lose its calls to this one. sealtone set "
          "sealtone.register 1 allows it.",
          account.number);
    case State::registering:
      if (status.cause && status.cause->lapsed && status.next_try) {
        return fmt::format("The registration at {} has run out: {}. It is renewed at {}.",
                           server_of(account, status), status.cause->text, when(*status.next_try));
      }
      return fmt::format("Registering at {}.", server_of(account, status));
    case State::registered:
      return fmt::format("Registered at {}{}. {}", server_of(account, status),
                         status.until ? " until " + when(*status.until) : "",
                         secured(account, status));
    case State::refused:
    case State::failed: {
      auto text = why(account, status, ground);
      if (status.next_try) text += fmt::format(" The next try is at {}.", when(*status.next_try));
      return text;
    }
  }
  return {};
}

}  // namespace

admin::SipAccount described(const SipAccount& account, const Status& status,
                            const AccountGround& ground) {
  admin::SipAccount shown;
  shown.number = account.number;
  shown.label = base::visible(account.label.empty() ? account.user_name : account.label);
  sip::Uri address;
  address.user = account.user_name;
  if (!account.servers.empty()) address.host = account.servers.front().host;
  shown.address = base::visible(address.text(), kMostOfAPeer);
  shown.state = sip::word(status.state);
  shown.says = says(account, status, ground);
  shown.server = base::visible(status.server, kMostOfAPeer);
  if (status.transport) shown.transport = sip::word(*status.transport);
  shown.tls_version = status.tls_version;
  if (status.cause) {
    shown.reason = sip::word(status.cause->stage);
    shown.status = status.cause->status;
  }
  const auto& verdict =
      status.cause && status.cause->verdict ? status.cause->verdict : status.verdict;
  if (verdict) {
    shown.decision = verdict->decision;
    for (const auto& finding : verdict->findings) shown.findings.push_back(finding.code);
  }
  shown.until = status.until;
  shown.next_try = status.next_try;
  shown.waiting_messages = status.waiting_messages;
  return shown;
}

}  // namespace sealtone::phone
