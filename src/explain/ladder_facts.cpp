// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_facts: what a record says about one message, in short and in full.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/authority_name.h"
#include "explain/ladder_parts.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using handshake::Message;

constexpr std::size_t kLongestValue = 100;
constexpr std::size_t kMostTexts = 20;  // of those that a peer made up

// All texts that a list stands for, as far as anybody reads on.
template <typename Value, typename Name>
Fact listed_fact(std::string name, const std::vector<Value>& values, Name name_of,
                 std::size_t most = kMaxValues) {
  Fact fact{std::move(name), {}, values.size()};
  for (const auto& value : values | std::views::take(most)) {
    fact.values.push_back(name_of(value));
  }
  return fact;
}
Fact one(std::string name, std::string value) { return {std::move(name), {std::move(value)}, 1}; }

std::string subject_of(const base::Bytes& der) {
  const auto certificate = x509::Certificate::from_der(der);
  return certificate ? base::visible(certificate->subject().short_name(), kLongestValue)
                     : "a certificate that cannot be read";
}

std::string short_text(const std::string& text) { return base::visible(text, kLongestValue); }

std::string issuer_of(const base::Bytes& der_name) {
  const auto name = authority_name(der_name);
  return name.empty() ? "a name that cannot be read" : short_text(name);
}

bool is_tls13(const HandshakeRecord& record) {
  return record.version().value_or(0) >= base::kTls13;
}

class Facts {
 public:
  explicit Facts(const HandshakeRecord& record) : record_(record) {}

  std::vector<Fact> of(const Message& message, bool from_client) {
    if (message.hello_retry_request || !message.type) return {};
    switch (*message.type) {
      case HandshakeType::client_hello: client_hello(message); break;
      case HandshakeType::server_hello: server_hello(); break;
      case HandshakeType::encrypted_extensions: application_protocol(); break;
      case HandshakeType::certificate: certificates(from_client); break;
      case HandshakeType::certificate_status: status(); break;
      case HandshakeType::server_key_exchange:
        key_exchange();
        signature(false);
        break;
      case HandshakeType::client_key_exchange: key_exchange(); break;
      case HandshakeType::certificate_request: wanted(); break;
      case HandshakeType::certificate_verify: signature(from_client); break;
      default: break;
    }
    return std::move(facts_);
  }

 private:
  void add(Fact fact) {
    if (!fact.values.empty()) facts_.push_back(std::move(fact));
  }
  void add(std::string name, std::string value) {
    if (!value.empty()) add(one(std::move(name), std::move(value)));
  }

  void client_hello(const Message& message) {
    if (!record_.client_hello) return;
    const auto& hello = *record_.client_hello;
    if (message.ssl2) add("form", "of SSL 2.0");
    add("server name (SNI)", hello.server_name.empty() ? "none" : short_text(hello.server_name));
    add(listed_fact("versions", hello.versions, handshake::version_name));
    add(listed_fact("cipher suites", hello.cipher_suites, handshake::cipher_suite_name));
    add(listed_fact("groups", hello.groups, handshake::group_name));
    add(listed_fact("key shares", hello.key_shares, handshake::group_name));
    add(listed_fact("signature schemes", hello.signature_schemes,
                    handshake::signature_scheme_name));
    add(listed_fact("ALPN", hello.alpn, short_text, kMostTexts));
    if (hello.offers_session) add("resumption", "offered");
  }

  void server_hello() {
    if (!record_.server_hello) return;
    const auto& hello = *record_.server_hello;
    const bool tls13 = is_tls13(record_);
    add("version", handshake::version_name(hello.version));
    add("cipher suite", handshake::cipher_suite_name(hello.cipher_suite));
    if (tls13 && hello.group) add("group", handshake::group_name(*hello.group));
    if (!tls13) add("ALPN", short_text(hello.alpn));
    const bool offered = record_.client_hello && record_.client_hello->offers_session;
    if (hello.resumed) {
      add("resumption", "taken up");
    } else if (offered) {
      add("resumption", "offered, not taken up");
    }
    if (tls13 || hello.resumed) {
      key_exchange();
      return;
    }
    if (hello.extended_master_secret) add("extended master secret", "yes");
    if (hello.encrypt_then_mac) add("encrypt-then-MAC", "yes");
    add("secure renegotiation", hello.secure_renegotiation ? "yes" : "no");
  }

  void application_protocol() {
    if (record_.server_hello) add("ALPN", short_text(record_.server_hello->alpn));
  }

  void key_exchange() {
    if (!record_.key_exchange) return;
    const auto& exchange = *record_.key_exchange;
    const bool transport = exchange.name == "RSA key transport";
    add("key exchange", exchange.name + (transport ? ", as in the figure" : ""));
    add("forward secret", exchange.forward_secret ? "yes" : "no");
  }

  void certificates(bool from_client) {
    const auto& chain = from_client ? record_.client_chain : record_.server_chain;
    add(listed_fact("certificates", chain, subject_of, kMostTexts));
    if (!from_client && is_tls13(record_)) status();
    if (record_.certificate_unreadable) {
      add("not readable", base::visible(*record_.certificate_unreadable));
    }
    if (record_.certificate_over) {
      add("not read", fmt::format("more than {} octets", *record_.certificate_over));
    }
  }

  void status() {
    if (record_.stapled_ocsp.empty()) return;
    add("answer of OCSP", fmt::format("{} octets", record_.stapled_ocsp.size()));
  }

  void wanted() {
    const auto& authorities = record_.requested_authorities;
    add(authorities.empty() ? one("issuers accepted", "any")
                            : listed_fact("issuers accepted", authorities, issuer_of, kMostTexts));
  }

  void signature(bool from_client) {
    const auto scheme = from_client            ? record_.client_signature_scheme
                        : record_.server_hello ? record_.server_hello->signature_scheme
                                               : std::nullopt;
    if (scheme) add("signed with", handshake::signature_scheme_name(*scheme));
  }

  const HandshakeRecord& record_;
  std::vector<Fact> facts_;
};

std::string resumption(const HandshakeRecord& record) {
  if (!record.resumed()) return {};
  if (!record.earlier_session) return ", resumed";
  return ", resumed; the certificates are those of the session of " +
         base::utc_in_words(record.earlier_session->made);
}

std::string offered(const HandshakeRecord& record) {
  if (!record.client_hello) return {};
  std::vector<std::string> names;
  for (const auto version : record.client_hello->versions) {
    names.push_back(handshake::version_name(version));
  }
  std::ranges::reverse(names);
  constexpr std::size_t most = 4;
  if (names.size() > most) names.erase(names.begin(), names.end() - most);
  return joined(names, ", ");
}

bool is_too_long(const Message& message, const HandshakeRecord& record) {
  return record.certificate_over && message.size > *record.certificate_over;
}

std::string certificate_count(const Message& message, bool from_client,
                              const HandshakeRecord& record) {
  if (is_too_long(message, record)) {
    return fmt::format("not read: more than {} octets", *record.certificate_over);
  }
  const auto count = (from_client ? record.client_chain : record.server_chain).size();
  if (count == 0) return "none";
  return fmt::format("{} certificate{}", count, count == 1 ? "" : "s");
}

// What the figure has no step for in TLS 1.3: where its content stood before (RFC 8446 §2).
std::string note_in_tls13(HandshakeType type, bool from_client) {
  switch (type) {
    case HandshakeType::encrypted_extensions: return "figure: the rest of ②, open there";
    case HandshakeType::certificate_verify:
      return from_client ? std::string("proves its key") : "proves its key; figure: by ⑤ and ⑨";
    case HandshakeType::new_session_ticket: return "behind the handshake: for a resumption";
    case HandshakeType::key_update: return "behind the handshake: its next keys";
    case HandshakeType::end_of_early_data: return "what it sent with the hello ends here";
    default: return {};
  }
}

}  // namespace

std::string note_of(const Message& message, bool from_client, const HandshakeRecord& record) {
  if (message.content != ContentType::handshake || !message.type) return {};
  switch (*message.type) {
    case HandshakeType::hello_request: return "asks for a handshake anew";
    case HandshakeType::client_hello: return offered(record);
    case HandshakeType::server_hello:
      if (message.hello_retry_request) return "asks for another key share";
      return record.server_hello
                 ? handshake::version_name(record.server_hello->version) + resumption(record)
                 : "";
    case HandshakeType::certificate: return certificate_count(message, from_client, record);
    case HandshakeType::server_key_exchange:
      return record.key_exchange ? record.key_exchange->name : "";
    case HandshakeType::certificate_request:
      return record.handshake_done && is_tls13(record) && message.at > record.duration
                 ? "behind the handshake: wants a client certificate"
                 : "wants a client certificate";
    default: return is_tls13(record) ? note_in_tls13(*message.type, from_client) : std::string();
  }
}

std::vector<Fact> facts_of(const Message& message, bool from_client,
                           const HandshakeRecord& record) {
  if (message.content != ContentType::handshake) return {};
  return Facts(record).of(message, from_client);
}

std::vector<Fact> facts_of(const handshake::Alert& alert, const HandshakeRecord& record) {
  // The meanings speak of the one that sent it.
  return {one("level", alert.fatal ? "fatal" : "warning"),
          one("sent by", sender(alert.direction, record)),
          one("meaning", meaning_of(alert, record))};
}

std::string meaning_of(const handshake::Alert& alert, const HandshakeRecord& record) {
  constexpr std::uint8_t handshake_failure = 40;
  if (alert.description != handshake_failure || record.server_hello) {
    return handshake::alert_meaning(alert.description);
  }
  return "It finds no common way to secure the connection: no cipher and no key exchange that suits "
         "it.";
}

bool finished_by_its_place(const HandshakeRecord& record, std::size_t index) {
  const auto& message = record.messages[index];
  if (is_tls13(record) || !is_sealed(message, record) ||
      message.content != ContentType::handshake) {
    return false;
  }
  for (auto before = index; before > 0; --before) {
    const auto& earlier = record.messages[before - 1];
    if (earlier.direction != message.direction) continue;
    return earlier.content == ContentType::change_cipher_spec;
  }
  return false;
}

std::string sender(handshake::Direction direction, const HandshakeRecord& record) {
  if (record.observed) return from_client(direction, record) ? "the client" : "the server";
  return direction == handshake::Direction::sent ? "this side" : "the other side";
}

bool from_client(handshake::Direction direction, const HandshakeRecord& record) {
  return (direction == handshake::Direction::sent) == (record.role == handshake::Role::client);
}

bool closed_to_us(const HandshakeRecord& record) {
  return record.observed && !record.observed->keys && is_tls13(record);
}

bool is_sealed(const Message& message, const HandshakeRecord& record) {
  const bool tells_its_kind = message.content == ContentType::alert ||
                              message.content == ContentType::heartbeat ||
                              message.content == ContentType::change_cipher_spec || message.type;
  return record.observed && message.encrypted && !tells_its_kind;
}

}  // namespace sealtone::explain
