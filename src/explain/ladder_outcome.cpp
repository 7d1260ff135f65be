// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_outcome: how a connection ended, at which step, and what could not be seen of it.
#include <fmt/format.h>

#include <algorithm>

#include "explain/ladder_parts.h"
#include "explain/outcome.h"
#include "explain/wording.h"
#include "handshake/names.h"
#include "x509/ocsp.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using trust::FindingCode;

class Outcome {
 public:
  Outcome(Ladder& ladder, const HandshakeRecord& record, const trust::Verdict& verdict,
          const std::vector<std::size_t>& place)
      : ladder_(ladder), record_(record), verdict_(verdict), place_(place) {}

  void conclude() {
    if (record_.closed_by) {
      ladder_.closed_by = from_client(*record_.closed_by, record_) ? "client" : "server";
      ladder_.reset = record_.reset;
    }
    if (record_.observed) {
      of_others();
    } else {
      of_ours();
    }
  }

 private:
  const trust::Finding* first(std::initializer_list<FindingCode> codes) const {
    const auto at = std::ranges::find_if(verdict_.findings, [&](const trust::Finding& finding) {
      return std::ranges::find(codes, finding.code) != codes.end();
    });
    return at == verdict_.findings.end() ? nullptr : &*at;
  }

  template <typename Concerns>
  std::string codes(Concerns concerns) const {
    return codes_of(verdict_.findings, concerns);
  }
  // Of what was found out about certificates.
  static bool is_of_certificates(const trust::Finding& finding) {
    return finding.certificate || finding.code == FindingCode::certificate_unreadable ||
           finding.code == FindingCode::clock_unset;
  }
  std::string certificate_codes() const { return codes(is_of_certificates); }
  // What an alert means is for its receiver to be told; ours has its reason in a finding.
  std::string reason_of_alert() const {
    const auto& alert = ending_alert();
    auto meaning = as_clause(meaning_of(alert, record_));
    if (record_.observed) {
      const auto who = sender(alert.direction, record_);
      return meaning.starts_with("it ") ? who + meaning.substr(2) : who + " says: " + meaning;
    }
    if (alert.direction == Direction::received) return meaning;
    const auto why =
        codes([](const trust::Finding& finding) { return finding.evidence.alert_is_ours; });
    return why.empty() ? "sent by this side" : "refused by this side: " + why;
  }

  Rung* find(HandshakeType type, bool by_client) {
    for (std::size_t i = 0; i < place_.size(); ++i) {
      auto& rung = ladder_.rungs[place_[i]];
      if (record_.messages[i].type == type && rung.from_client == by_client) return &rung;
    }
    return nullptr;
  }
  Rung* fatal_alert() {
    const auto at = record_.fatal_alert();
    return at ? &ladder_.rungs[place_[*at]] : nullptr;
  }
  const handshake::Alert& ending_alert() const {
    return *record_.alert_of(record_.messages[*record_.fatal_alert()]);
  }
  Rung* last() { return ladder_.rungs.empty() ? nullptr : &ladder_.rungs.back(); }

  void mark(Rung* rung, const std::string& reason) {
    ladder_.result = reason;
    if (rung == nullptr) return;
    rung->failing = true;
    rung->note = and_more(rung->note, reason);
  }
  void fail(Rung* rung, const std::string& reason) {
    mark(rung, reason);
    if (rung == nullptr) return;
    ladder_.result = fmt::format("ended at {}{}{}: {}", rung->number,
                                 rung->number.empty() ? "" : " ", rung->name, reason);
  }

  // An answer tells of the server's own certificate alone (RFC 6066 §8).
  static bool is_of_its_own_certificate(const trust::Finding& finding) {
    return finding.certificate == 0;
  }
  static bool is_of_the_answer(const trust::Finding& finding) {
    if (!is_of_its_own_certificate(finding)) return false;
    return finding.code == FindingCode::revocation_unknown ||
           (finding.code == FindingCode::revoked &&
            finding.evidence.detail.starts_with(x509::kTheAnswer));
  }
  // RFC 6066 §8: before TLS 1.3 the answer of OCSP comes in a message of its own, and has an alert
  // of its own.
  Rung* refused_by_us(bool peer_is_server) {
    constexpr std::uint8_t bad_certificate_status_response = 113;
    auto* answer = find(HandshakeType::certificate_status, !peer_is_server);
    const bool by_answer = answer != nullptr && fatal_alert() != nullptr &&
                           ending_alert().direction == Direction::sent &&
                           ending_alert().description == bad_certificate_status_response &&
                           std::ranges::any_of(verdict_.findings, is_of_its_own_certificate);
    return by_answer ? answer : find(HandshakeType::certificate, !peer_is_server);
  }

  void of_ours() {
    const bool peer_is_server = record_.role == handshake::Role::client;
    if (const auto* weak = first({FindingCode::weak_dh}); weak && weak->evidence.alert_is_ours) {
      fail(find(HandshakeType::server_key_exchange, false), "refused: weak-dh");
    } else if (verdict_.decision == trust::Decision::untrusted) {
      fail(refused_by_us(peer_is_server), "refused: " + certificate_codes());
    } else if (first({FindingCode::plain_text_on_tls_port}) != nullptr) {
      fail(last(), "what comes back is not TLS");
    } else if (first({FindingCode::tls_on_plain_port}) != nullptr) {
      fail(nullptr, "asked in the clear, answered in TLS");
    } else if (const auto* refused = first({FindingCode::client_certificate_refused})) {
      fail(find(HandshakeType::certificate, true), "refused by the server" + by_alert(*refused));
    } else if (const auto* wanted = wanted_and_refused()) {
      fail(find(HandshakeType::certificate, true), "the server demands one" + by_alert(*wanted));
    } else if (record_.handshake_done) {
      after_the_handshake();
      overlooked(peer_is_server);
    } else if (auto* alert = fatal_alert()) {
      fail(alert, reason_of_alert());
    } else {
      broken_off();
    }
  }

  // Of a connection between two others: what they did, whatever is thought of it here.
  void of_others() {
    auto* answer = find(HandshakeType::certificate_status, false);
    const auto note = [](Rung* rung, const std::string& found) {
      if (rung == nullptr || found.empty()) return;
      rung->note = and_more(rung->note, "judged here: " + found);
    };
    const auto by_answer = [&](const trust::Finding& finding) {
      return answer != nullptr && is_of_the_answer(finding);
    };
    note(answer, codes(by_answer));
    note(find(HandshakeType::certificate, false), codes([&](const trust::Finding& finding) {
           return is_of_certificates(finding) && !by_answer(finding);
         }));
    using Kind = ConnectionOutcome::Kind;
    switch (kind_of(record_)) {
      case Kind::refused: fail(fatal_alert(), reason_of_alert()); break;
      case Kind::established: after_the_handshake(); break;
      case Kind::not_seen: ladder_.result = "its beginning is not in the capture"; break;
      case Kind::unfinished: ladder_.result = "not done where the capture ends"; break;
      case Kind::untold:
        ladder_.result = "whether the handshake was done cannot be told: " +
                         (lacking(record_).empty() ? std::string("what would tell is encrypted")
                                                   : lacking_briefly(record_));
        ladder_.result += closing(" (", ")");
        break;
      case Kind::broken_off:
        if (reason_is_hidden(record_)) {
          mark(last(), fmt::format("closed {}; the reason is encrypted", place_of(record_)));
          ladder_.result += closing(" (", ")");
        } else {
          broken_off();
        }
        break;
    }
  }
  // With what goes around it.
  std::string closing(const char* before, const char* behind) const {
    const auto words = closing_words(ladder_);
    return words.empty() ? words : fmt::format("{}closed {}{}", before, words, behind);
  }

  // What ends an established connection is no step of the handshake that failed.
  void after_the_handshake() {
    if (fatal_alert() != nullptr) {
      const auto& alert = ending_alert();
      auto who = std::string("the");
      if (record_.observed) {
        who = sender(alert.direction, record_) + "'s";
      } else if (alert.direction == Direction::sent) {
        who = "this side's";
      }
      ladder_.result = fmt::format("established; ended later by {} {}", who,
                                   handshake::alert_in_words(alert.description));
    } else if (first({FindingCode::truncated}) != nullptr) {
      ladder_.result = "established; broken off later without close_notify";
    } else if (record_.observed && record_.reset) {
      ladder_.result += closing("; ", "");
    }
  }
  void overlooked(bool peer_is_server) {
    if (verdict_.decision != trust::Decision::accepted_untrusted) return;
    auto* shown = find(HandshakeType::certificate, !peer_is_server);
    if (shown == nullptr && ladder_.resumed) shown = find(HandshakeType::server_hello, false);
    if (shown == nullptr) return;
    shown->note = and_more(shown->note, "accepted although " + certificate_codes());
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
      case Ending::closed: fail(last(), closed()); break;
      case Ending::not_tls: fail(last(), "what comes back is not TLS"); break;
      case Ending::unreadable: fail(last(), "then a message that cannot be read"); break;
      case Ending::ended_by_us:
        fail(last(), record_.observed ? closed() : "then this side closed");
        break;
      case Ending::open:
        if (record_.observed) {
          fail(last(), closed());
        } else {
          ladder_.result = "going on";
        }
        break;
      case Ending::established:
      case Ending::alert: fail(last(), "the handshake was not done"); break;
    }
  }
  std::string closed() const {
    if (!record_.observed) {
      return std::string("then the other side closed") + (record_.reset ? ", by a reset" : "");
    }
    const auto words = closing("then ", "");
    return words.empty() ? "then closed" : words;
  }

  Ladder& ladder_;
  const HandshakeRecord& record_;
  const trust::Verdict& verdict_;
  const std::vector<std::size_t>& place_;
};

}  // namespace

void conclude_ladder(Ladder& ladder, const HandshakeRecord& record, const trust::Verdict& verdict,
                     const std::vector<std::size_t>& place) {
  Outcome(ladder, record, verdict, place).conclude();
  ladder.remarks = remarks_of(ladder, record, verdict);
}

}  // namespace sealtone::explain
