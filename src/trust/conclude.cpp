// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "handshake/names.h"
#include "handshake/plain_text.h"
#include "trust/own_certificate.h"
#include "trust/placed_alerts.h"
#include "trust/trust.h"

namespace sealtone::trust {
namespace {

using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::Role;

// 112 bits of strength, as everything else (NIST SP 800-57 part 1, table 2).
constexpr int kDhBits = 2048;

std::string version_list(const std::vector<std::uint16_t>& versions) {
  std::string list;
  for (const auto version : versions) {
    list += (list.empty() ? "" : ", ") + handshake::version_name(version);
  }
  return list;
}

std::vector<std::uint16_t> range(std::uint16_t lowest, std::uint16_t highest) {
  std::vector<std::uint16_t> versions;
  for (int version = lowest; version <= highest; ++version) {
    versions.push_back(static_cast<std::uint16_t>(version));
  }
  return versions;
}

// The suites offered, without the values that are signals and not ciphers.
std::vector<std::string> cipher_names(const HandshakeRecord& record) {
  std::vector<std::string> names;
  if (!record.client_hello) return names;
  for (const auto suite : record.client_hello->cipher_suites) {
    auto name = handshake::cipher_suite_name(suite);
    if (name != "GREASE" && !name.ends_with("_SCSV")) names.push_back(std::move(name));
  }
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string groups_offered(const handshake::ClientHello& hello) {
  std::string names;
  for (const auto group : hello.groups) names += " " + handshake::group_name(group);
  return names.empty() ? names : "curves and groups offered:" + names;
}

class Concluder {
 public:
  Concluder(Verdict verdict, const HandshakeRecord& record, const OwnSide& own)
      : verdict_(std::move(verdict)), record_(record), own_(own), placed_(placed_alerts(record)) {}

  Verdict run() {
    if (plain_text()) return std::move(verdict_);
    unreadable_certificate();
    version_gap();
    if (record_.role == Role::client) {
      legacy_renegotiation();
      weak_dh();
      cipher_gap();
      sni_needed();
      client_certificate();
    } else {
      cipher_gap();
      our_certificate();
    }
    chain_too_large();
    timeout();
    other_alerts();
    protocol_violation();
    peer_closed();
    truncated();
    return std::move(verdict_);
  }

 private:
  const PlacedAlert* alert(Direction direction, std::initializer_list<std::uint8_t> kinds) const {
    const auto at = std::ranges::find_if(alerts_, [&](const PlacedAlert& placed) {
      return placed.alert.direction == direction &&
             std::ranges::find(kinds, placed.alert.description) != kinds.end();
    });
    return at == alerts_.end() ? nullptr : &*at;
  }

  // What the alert says is said by another finding.
  void explained(const PlacedAlert& placed) { explained_.push_back(&placed); }

  Evidence& add(FindingCode code) {
    verdict_.findings.push_back({.code = code, .certificate = {}, .evidence = {}});
    return verdict_.findings.back().evidence;
  }

  bool plain_text() {
    const bool not_tls =
        record_.ending == Ending::not_tls || !handshake::looks_like_tls(record_.first_received);
    if (!not_tls) return false;
    auto& evidence = add(FindingCode::plain_text_on_tls_port);
    evidence.wanted = "TLS";
    const auto protocol = handshake::plain_protocol(record_.first_received);
    if (!protocol.empty()) evidence.found = {protocol};
    const auto said = base::text(record_.first_received);
    evidence.detail = std::string(said.substr(0, said.find_first_of("\r\n")));
    return true;
  }

  // A certificate was reached, but nobody can tell whose it is: that is refused, not merely
  // not established.
  void unreadable_certificate() {
    if (!record_.certificate_unreadable) return;
    add(FindingCode::certificate_unreadable).detail = *record_.certificate_unreadable;
    if (verdict_.decision == Decision::not_established) verdict_.decision = Decision::untrusted;
    for (const auto& placed : alerts_) {
      if (placed.alert.direction == Direction::sent) explained(placed);
    }
  }

  [[nodiscard]] bool agreed_on_a_version() const {
    const auto chosen = record_.version();
    return chosen && *chosen >= own_.lowest_version && *chosen <= own_.highest_version;
  }

  void version_gap() {
    const auto* refused_by_peer = alert(Direction::received, {kProtocolVersion});
    // Once a version is agreed on, ours is about a record that names another.
    const auto* refused_by_us =
        agreed_on_a_version() ? nullptr : alert(Direction::sent, {kProtocolVersion});
    // RFC 7507 §3: the client fell back to less than it could offer, and this side takes more.
    if (refused_by_us == nullptr) refused_by_us = alert(Direction::sent, {kInappropriateFallback});
    if (refused_by_peer == nullptr && refused_by_us == nullptr) return;
    auto& evidence = add(FindingCode::version_gap);
    evidence.wanted = version_list(range(own_.lowest_version, own_.highest_version));
    if (record_.role == Role::server && record_.client_hello) {
      evidence.found = {version_list(record_.client_hello->versions)};
    } else if (const auto chosen = record_.version()) {
      evidence.found = {handshake::version_name(*chosen)};
    }
    note_alert(evidence, refused_by_peer != nullptr ? *refused_by_peer : *refused_by_us);
  }

  [[nodiscard]] bool is_explained(const PlacedAlert& placed) const {
    return std::ranges::find(explained_, &placed) != explained_.end();
  }

  // The finding says what the alert stands for.
  void note_alert(Evidence& evidence, const PlacedAlert& placed) {
    evidence.alert = placed.alert.description;
    evidence.alert_is_ours = placed.alert.direction == Direction::sent;
    evidence.step = placed.behind;
    explained(placed);
  }

  // OpenSSL goes no further than the ServerHello of a server without RFC 5746.
  void legacy_renegotiation() {
    const auto& hello = record_.server_hello;
    if (!hello || hello->version >= base::kTls13 || hello->secure_renegotiation) return;
    const auto* placed = alert(Direction::sent, {kHandshakeFailure});
    if (placed == nullptr || placed->behind != "ServerHello") return;
    auto& evidence = add(FindingCode::legacy_renegotiation);
    evidence.wanted = "RFC 5746";
    note_alert(evidence, *placed);
  }

  // Where old versions are allowed the weak group is accepted, and said all the same; else this
  // side refuses the server for it, whatever its certificate is worth.
  void weak_dh() {
    const auto bits = record_.key_exchange ? record_.key_exchange->dh_bits : std::nullopt;
    if (!bits || *bits >= kDhBits) return;
    auto& evidence = add(FindingCode::weak_dh);
    evidence.wanted = fmt::format("{} bits", kDhBits);
    evidence.found = {fmt::format("{} bits", *bits)};
    const auto* placed = alert(Direction::sent, {kHandshakeFailure, kInsufficientSecurity});
    if (placed == nullptr || is_explained(*placed)) return;
    note_alert(evidence, *placed);
    verdict_.decision = Decision::untrusted;
  }

  // RFC 6066 §3: "If the server understood the ClientHello extension but does not recognize the
  // server name, the server SHOULD … abort the handshake by sending a fatal-level
  // unrecognized_name(112) alert"; some send it where no name came at all.
  void sni_needed() {
    const auto* placed = alert(Direction::received, {kUnrecognizedName});
    if (placed == nullptr || !record_.client_hello) return;
    if (!record_.client_hello->server_name.empty()) return;
    note_alert(add(FindingCode::sni_needed), *placed);
  }

  void chain_too_large() {
    if (!record_.certificate_over) return;
    auto& evidence = add(FindingCode::chain_too_large);
    evidence.wanted = fmt::format("{} octets", *record_.certificate_over);
    for (const auto& placed : alerts_) {
      if (placed.alert.direction == Direction::sent) note_alert(evidence, placed);
    }
  }

  // What an established connection ends by later is no matter of the handshake.
  void protocol_violation() {
    if (record_.handshake_done || verdict_.decision == Decision::untrusted) return;
    if (!explained_.empty()) return;
    // Where nothing else was found, what this side refused has to be named all the same.
    const bool nothing_else = verdict_.findings.empty();
    const auto at = std::ranges::find_if(alerts_, [&](const PlacedAlert& placed) {
      const bool speaks_of_it = about_the_protocol(placed.alert.description) ||
                                (nothing_else && placed.alert.fatal &&
                                 !says_nothing_of_the_rules(placed.alert.description));
      return placed.alert.direction == Direction::sent && speaks_of_it;
    });
    if (at == alerts_.end() && record_.ending != Ending::unreadable) return;
    auto& evidence = add(FindingCode::protocol_violation);
    evidence.step = last_message_;
    evidence.detail = record_.library_words;
    if (at != alerts_.end()) note_alert(evidence, *at);
  }

  // Straight behind the ClientHello, or our own refusal of what the server chose.
  void cipher_gap() {
    const bool client = record_.role == Role::client;
    const auto* placed = alert(client ? Direction::received : Direction::sent,
                               {kHandshakeFailure, kInsufficientSecurity});
    const bool straight = placed != nullptr && !record_.server_hello;
    if (!straight && client) {
      placed = alert(Direction::sent, {kHandshakeFailure, kInsufficientSecurity});
    }
    if (placed == nullptr || is_explained(*placed)) return;
    if (!straight && placed->behind_client_certificate) return;
    if (!straight && !client) return;
    if (!straight && is_of_the_key_usage(*placed)) return;
    auto& evidence = add(FindingCode::cipher_gap);
    evidence.wanted = joined(cipher_names(record_));
    if (record_.server_hello) {
      evidence.found = {handshake::cipher_suite_name(record_.server_hello->cipher_suite)};
    } else if (record_.client_hello) {
      evidence.detail = groups_offered(*record_.client_hello);
    }
    note_alert(evidence, *placed);
  }

  // A key that may not sign, shown in TLS 1.2 where it has to: OpenSSL refuses it, whether the
  // judge's verdict counts or not, and no switch makes it go on.
  bool is_of_the_key_usage(const PlacedAlert& placed) {
    const auto at = std::ranges::find_if(verdict_.findings, [](const Finding& finding) {
      return finding.code == FindingCode::key_usage && finding.certificate == 0U;
    });
    if (at == verdict_.findings.end()) return false;
    note_alert(at->evidence, placed);
    verdict_.decision = Decision::untrusted;
    return true;
  }

  // The server's answer to our certificate, or to its absence: an alert behind it, in TLS 1.3 up
  // to the first read, or the HTTP status by which nginx says the same.
  const PlacedAlert* answer_to_client_certificate() const {
    if (record_.application_received > 0) return nullptr;
    const auto at = std::ranges::find_if(alerts_, [](const PlacedAlert& placed) {
      return placed.alert.direction == Direction::received && placed.behind_client_certificate &&
             about_a_certificate(placed.alert.description);
    });
    return at == alerts_.end() ? nullptr : &*at;
  }

  void client_certificate() {
    if (!record_.certificate_requested) return;
    const auto* answer = answer_to_client_certificate();
    const bool http_400 = record_.http_status.starts_with("400");
    const auto fill = [&](Evidence& evidence) {
      if (answer != nullptr) note_alert(evidence, *answer);
      if (http_400) evidence.detail = record_.http_status;
    };
    if (record_.client_certificate_empty) {
      fill(add(FindingCode::client_certificate_wanted_none_set));
    } else if (!record_.client_chain.empty() && (answer != nullptr || http_400)) {
      fill(add(FindingCode::client_certificate_refused));
    }
    if (own_.has_certificate && !own_.certificate_allows_client_use) {
      auto& evidence = add(FindingCode::own_certificate_lacks_client_use);
      evidence.wanted = "clientAuth";
    }
    if (own_.has_certificate && own_.issuer_listed == false) {
      add(FindingCode::own_certificate_not_listed) =
          not_listed_evidence(own_.certificate_issuers, record_.requested_authorities);
    }
  }

  void our_certificate() {
    for (const auto& placed : alerts_) {
      const bool ours = placed.alert.direction == Direction::received &&
                        placed.behind_server_certificate && record_.application_received == 0 &&
                        about_a_certificate(placed.alert.description) &&
                        placed.alert.description != kHandshakeFailure;
      if (!ours) continue;
      note_alert(add(FindingCode::our_certificate_refused), placed);
      return;
    }
  }

  void timeout() {
    if (record_.ending != Ending::timed_out || record_.handshake_done) return;
    auto& evidence = add(FindingCode::handshake_timeout);
    evidence.step = last_message_;
    evidence.wanted = fmt::format(
        "{} s", std::chrono::duration_cast<std::chrono::seconds>(record_.duration).count());
  }

  void other_alerts() {
    for (const auto& placed : alerts_) {
      if (placed.alert.direction != Direction::received) continue;
      if (is_explained(placed)) continue;
      note_alert(add(FindingCode::alert_received), placed);
    }
  }

  void peer_closed() {
    if (record_.ending != Ending::closed || record_.handshake_done) return;
    add(FindingCode::peer_closed).step = last_message_;
  }

  void truncated() {
    if (record_.role != Role::client || !record_.truncated) return;
    add(FindingCode::truncated).wanted = "close_notify";
  }

  Verdict verdict_;
  const HandshakeRecord& record_;
  const OwnSide& own_;
  const PlacedAlerts placed_;
  const std::vector<PlacedAlert>& alerts_ = placed_.alerts;
  std::vector<const PlacedAlert*> explained_;
  const std::string& last_message_ = placed_.last_message;
};

}  // namespace

Verdict conclude(Verdict verdict, const HandshakeRecord& record, const OwnSide& own) {
  return Concluder(std::move(verdict), record, own).run();
}

}  // namespace sealtone::trust
