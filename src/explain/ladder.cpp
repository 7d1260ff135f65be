// SPDX-License-Identifier: Apache-2.0
#include "explain/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using handshake::Message;
using trust::FindingCode;

// The figure's step that a message is, 1 to 9, or 0.
int step_of(const Message& message, bool from_client) {
  if (message.content == ContentType::change_cipher_spec) return from_client ? 6 : 8;
  if (message.content != ContentType::handshake || !message.type || message.hello_retry_request) {
    return 0;
  }
  switch (*message.type) {
    case HandshakeType::client_hello: return from_client ? 1 : 0;
    case HandshakeType::server_hello: return from_client ? 0 : 2;
    case HandshakeType::certificate: return from_client ? 0 : 3;
    case HandshakeType::server_hello_done: return from_client ? 0 : 4;
    case HandshakeType::client_key_exchange: return from_client ? 5 : 0;
    case HandshakeType::finished: return from_client ? 7 : 9;
    default: return 0;
  }
}

std::string circled(int step) {
  static constexpr std::array<const char*, 10> digits{"",  "①", "②", "③", "④",
                                                      "⑤", "⑥", "⑦", "⑧", "⑨"};
  return digits.at(static_cast<std::size_t>(step));
}

std::string and_more(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

class Drawing {
 public:
  Drawing(const HandshakeRecord& record, const trust::Verdict& verdict)
      : record_(record), verdict_(verdict), tls13_(record.version().value_or(0) >= base::kTls13) {}

  Ladder draw() {
    header();
    for (const auto& message : record_.messages) add(message);
    mark_failure();
    return std::move(ladder_);
  }

 private:
  void header() {
    if (record_.server_hello) {
      ladder_.version = handshake::version_name(record_.server_hello->version);
      ladder_.cipher_suite = handshake::cipher_suite_name(record_.server_hello->cipher_suite);
    }
    if (record_.key_exchange) {
      ladder_.key_exchange = record_.key_exchange->name;
      ladder_.forward_secret = record_.key_exchange->forward_secret;
    }
    ladder_.resumed = record_.resumed();
    if (record_.earlier_session) ladder_.session_of = record_.earlier_session->made;
    ladder_.result = "established";
  }

  void add(const Message& message) {
    Rung rung;
    rung.from_client =
        (message.direction == Direction::sent) == (record_.role == handshake::Role::client);
    rung.name = handshake::message_name(message);
    rung.encrypted = message.encrypted;
    rung.size = message.size;
    rung.at = message.at;
    rung.note = note(message, rung.from_client);
    const int step = step_of(message, rung.from_client);
    // A second hello or a renegotiation is not the figure's.
    if (step != 0 && seen_.insert(step).second) {
      if (tls13_) {
        rung.note = and_more(rung.note, figure(step));
      } else {
        rung.number = circled(step);
      }
    }
    if (rung.encrypted && !ladder_.encrypted_from) ladder_.encrypted_from = ladder_.rungs.size();
    ladder_.rungs.push_back(std::move(rung));
  }

  // What became of the figure's steps in TLS 1.3 (RFC 8446 §2): the key shares in the hellos took
  // the place of ④ and ⑤.
  static std::string figure(int step) {
    switch (step) {
      case 1: return "figure: ① and ⑤";
      case 2: return "figure: ② and ④";
      case 3: return "figure: ③, open there";
      case 6:
      case 8: return "figure: " + circled(step) + ", here for show";
      default: return "figure: " + circled(step);
    }
  }

  std::string note(const Message& message, bool from_client) {
    if (message.content == ContentType::alert) return alert_note(message);
    if (message.content != ContentType::handshake || !message.type) return {};
    switch (*message.type) {
      case HandshakeType::client_hello: return offered();
      case HandshakeType::server_hello:
        if (message.hello_retry_request) return "asks for another key share";
        return ladder_.version + resumption();
      case HandshakeType::certificate: return certificates(from_client);
      case HandshakeType::server_key_exchange: return ladder_.key_exchange;
      case HandshakeType::certificate_request: return "wants a client certificate";
      default: return {};
    }
  }

  std::string resumption() const {
    if (!ladder_.resumed) return {};
    if (!ladder_.session_of) return ", resumed";
    return ", resumed; the certificates are those of the session of " +
           base::utc(*ladder_.session_of);
  }

  std::string offered() const {
    if (!record_.client_hello) return {};
    std::vector<std::string> names;
    for (const auto version : record_.client_hello->versions) {
      names.push_back(handshake::version_name(version));
    }
    std::ranges::reverse(names);
    constexpr std::size_t most = 4;
    if (names.size() > most) names.erase(names.begin(), names.end() - most);
    return joined(names, ", ");
  }

  std::string certificates(bool from_client) const {
    const auto count = (from_client ? record_.client_chain : record_.server_chain).size();
    if (count == 0) return "none";
    return fmt::format("{} certificate{}", count, count == 1 ? "" : "s");
  }

  std::string alert_note(const Message& message) {
    constexpr std::size_t whole = 2;
    if (message.size != whole || next_alert_ == record_.alerts.size()) return {};
    return handshake::alert_name(record_.alerts[next_alert_++].description);
  }

  const trust::Finding* first(std::initializer_list<FindingCode> codes) const {
    const auto at = std::ranges::find_if(verdict_.findings, [&](const trust::Finding& finding) {
      return std::ranges::find(codes, finding.code) != codes.end();
    });
    return at == verdict_.findings.end() ? nullptr : &*at;
  }

  template <typename Concerns>
  std::string codes(Concerns concerns) const {
    std::set<std::string> codes;
    for (const auto& finding : verdict_.findings) {
      if (concerns(finding)) codes.insert(trust::word(finding.code));
    }
    return fmt::format("{}", fmt::join(codes, ", "));
  }
  // Of what was found out about certificates.
  std::string certificate_codes() const {
    return codes([](const trust::Finding& finding) {
      return finding.certificate || finding.code == FindingCode::certificate_unreadable;
    });
  }
  // What an alert means is for its receiver to be told; ours has its reason in a finding.
  std::string reason_of_alert() const {
    const auto& alert = ending_alert();
    if (alert.direction == Direction::received) {
      return as_clause(handshake::alert_meaning(alert.description));
    }
    const auto why =
        codes([](const trust::Finding& finding) { return finding.evidence.alert_is_ours; });
    return why.empty() ? "sent by this side" : "refused by this side: " + why;
  }

  Rung* find(HandshakeType type, bool from_client) {
    for (std::size_t i = 0; i < record_.messages.size(); ++i) {
      if (record_.messages[i].type == type && ladder_.rungs[i].from_client == from_client) {
        return &ladder_.rungs[i];
      }
    }
    return nullptr;
  }
  Rung* fatal_alert() {
    std::size_t next = 0;
    for (std::size_t i = 0; i < record_.messages.size(); ++i) {
      const auto& message = record_.messages[i];
      if (message.content != ContentType::alert || message.size != 2) continue;
      if (next == record_.alerts.size()) return nullptr;
      if (record_.alerts[next++].fatal) return &ladder_.rungs[i];
    }
    return nullptr;
  }
  const handshake::Alert& ending_alert() const {
    return *std::ranges::find(record_.alerts, true, &handshake::Alert::fatal);
  }
  Rung* last() { return ladder_.rungs.empty() ? nullptr : &ladder_.rungs.back(); }

  void fail(Rung* rung, const std::string& reason) {
    ladder_.result = reason;
    if (rung == nullptr) return;
    rung->failing = true;
    rung->note = and_more(rung->note, reason);
    ladder_.result = fmt::format("ended at {}{}{}: {}", rung->number,
                                 rung->number.empty() ? "" : " ", rung->name, reason);
  }

  void mark_failure() {
    const bool peer_is_server = record_.role == handshake::Role::client;
    if (const auto* weak = first({FindingCode::weak_dh}); weak && weak->evidence.alert_is_ours) {
      fail(find(HandshakeType::server_key_exchange, false), "refused: weak-dh");
    } else if (verdict_.decision == trust::Decision::untrusted) {
      fail(find(HandshakeType::certificate, !peer_is_server), "refused: " + certificate_codes());
    } else if (first({FindingCode::plain_text_on_tls_port}) != nullptr) {
      fail(last(), "what comes back is not TLS");
    } else if (first({FindingCode::tls_on_plain_port}) != nullptr) {
      fail(nullptr, "asked in the clear, answered in TLS");
    } else if (const auto* refused = first({FindingCode::client_certificate_refused})) {
      fail(find(HandshakeType::certificate, true), "refused by the server" + by_alert(*refused));
    } else if (const auto* wanted = wanted_and_refused()) {
      fail(find(HandshakeType::certificate, true), "the server demands one" + by_alert(*wanted));
    } else if (record_.handshake_done) {
      after_the_handshake(peer_is_server);
    } else if (auto* alert = fatal_alert()) {
      fail(alert, reason_of_alert());
    } else {
      broken_off();
    }
  }

  // What ends an established connection is no step of the handshake that failed.
  void after_the_handshake(bool peer_is_server) {
    if (fatal_alert() != nullptr) {
      const auto& alert = ending_alert();
      const bool ours = alert.direction == Direction::sent;
      ladder_.result =
          fmt::format("established; ended later by {} alert {}", ours ? "this side's" : "the",
                      handshake::alert_name(alert.description));
    } else if (first({FindingCode::truncated}) != nullptr) {
      ladder_.result = "established; broken off later without close_notify";
    }
    if (verdict_.decision == trust::Decision::accepted_untrusted) {
      auto* shown = find(HandshakeType::certificate, !peer_is_server);
      if (shown == nullptr && ladder_.resumed) shown = find(HandshakeType::server_hello, false);
      if (shown != nullptr) {
        shown->note = and_more(shown->note, "accepted although " + certificate_codes());
      }
    }
  }

  const trust::Finding* wanted_and_refused() const {
    const auto* wanted = first({FindingCode::client_certificate_wanted_none_set});
    const bool refused =
        wanted != nullptr && (wanted->evidence.alert || !wanted->evidence.detail.empty());
    return refused ? wanted : nullptr;
  }
  static std::string by_alert(const trust::Finding& finding) {
    if (finding.evidence.alert) {
      return fmt::format(" ({})", handshake::alert_name(*finding.evidence.alert));
    }
    return finding.evidence.detail.empty() ? "" : " (HTTP status 400)";
  }

  void broken_off() {
    switch (record_.ending) {
      case Ending::timed_out:
        fail(last(),
             fmt::format(
                 "then silence, given up after {} s",
                 std::chrono::duration_cast<std::chrono::seconds>(record_.duration).count()));
        break;
      case Ending::closed: fail(last(), "then the other side closed"); break;
      case Ending::not_tls: fail(last(), "what comes back is not TLS"); break;
      case Ending::unreadable: fail(last(), "then a message that cannot be read"); break;
      case Ending::ended_by_us: fail(last(), "then this side closed"); break;
      case Ending::open: ladder_.result = "going on"; break;
      case Ending::established:
      case Ending::alert: fail(last(), "the handshake was not done"); break;
    }
  }

  const HandshakeRecord& record_;
  const trust::Verdict& verdict_;
  bool tls13_;
  Ladder ladder_;
  std::set<int> seen_;
  std::size_t next_alert_ = 0;
};

}  // namespace

Ladder ladder(const HandshakeRecord& record, const trust::Verdict& verdict) {
  return Drawing(record, verdict).draw();
}

}  // namespace sealtone::explain
