// SPDX-License-Identifier: Apache-2.0
#include "explain/outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/outcome_steps.h"
#include "explain/wording.h"
#include "handshake/names.h"
#include "handshake/plain_text.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using handshake::Message;

Side side_of(Direction direction) {
  return direction == Direction::sent ? Side::client : Side::server;
}

class Reading {
 public:
  Reading(const HandshakeRecord& record, const Parties& parties)
      : record_(record),
        client_(base::visible(parties.client)),
        server_(base::visible(parties.server)),
        certificate_(parties.certificate) {
    find_alert();
  }

  ConnectionOutcome run() {
    if (alert_ != nullptr && (!record_.handshake_done || record_.application_received == 0)) {
      refused();
    } else if (record_.handshake_done) {
      came_about();
    } else if (begins_within()) {
      not_seen();
    } else if (record_.ending == Ending::not_tls) {
      no_tls();
    } else if (record_.ending == Ending::unreadable) {
      unreadable();
    } else if (record_.observed && record_.observed->maybe_done) {
      untold();
    } else if (still_open()) {
      unfinished();
    } else {
      broken_off();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool keys() const { return record_.observed && record_.observed->keys; }
  [[nodiscard]] bool hidden_tls13() const {
    return record_.version().value_or(0) >= base::kTls13 && !keys();
  }

  // The fatal alert, if one can be read, and the message before it.
  void find_alert() {
    const auto fatal = record_.fatal_alert();
    if (fatal) alert_ = record_.alert_of(record_.messages[*fatal]);
    const auto end = fatal.value_or(record_.messages.size());
    for (std::size_t i = 0; i < end; ++i) {
      if (record_.messages[i].content != ContentType::alert) behind_ = &record_.messages[i];
    }
  }

  [[nodiscard]] bool begins_within() const {
    return !record_.client_hello && (!record_.observed || record_.observed->start_missing);
  }
  [[nodiscard]] bool still_open() const {
    if (record_.closed_by || record_.reset) return false;
    return record_.ending == Ending::open || (record_.observed && record_.observed->end_missing);
  }

  [[nodiscard]] std::string place() const {
    if (behind_ == nullptr) return "before any message of the handshake";
    return "behind the " + handshake::message_name(*behind_);
  }
  [[nodiscard]] const std::string& name(Side side) const {
    return side == Side::client ? client_ : server_;
  }
  [[nodiscard]] const std::string& other(Side side) const {
    return side == Side::client ? server_ : client_;
  }

  void refused() {
    const auto side = side_of(alert_->direction);
    out_.kind = ConnectionOutcome::Kind::refused;
    out_.by = side;
    out_.alert = alert_->description;
    const auto alert = handshake::alert_name(alert_->description);
    out_.brief = fmt::format("refused by the {}: {}", word(side), alert);
    out_.says = fmt::format("{} refused {} by the alert {} {}: {}", name(side), other(side), alert,
                            place(), as_clause(handshake::alert_meaning(alert_->description)));
    const auto compared = compared_values(record_, *alert_, certificate_);
    out_.says += compared.empty() ? "." : "; " + compared + ".";
    out_.next = observed_next_step(record_, *alert_);
  }

  void came_about() {
    out_.kind = ConnectionOutcome::Kind::established;
    const bool resumed = record_.resumed();
    out_.brief = resumed ? "established, resumed" : "established";
    out_.says = fmt::format("{} connected to {} by {}", client_, server_,
                            handshake::version_name(record_.version().value_or(0)));
    if (!record_.version()) out_.says = fmt::format("{} connected to {}", client_, server_);
    if (resumed) out_.says += ", resuming an earlier session, so that no certificate was sent";
    out_.says += ".";
  }

  // A client's Finished, its certificate and what it says behind them look alike, and so do a
  // server's alert and its goodbye.
  void untold() {
    out_.kind = ConnectionOutcome::Kind::untold;
    const bool lacks = keys() || !record_.version();
    out_.brief = lacks ? "cannot be told: octets are missing" : "cannot be told without the keys";
    out_.says = fmt::format(
        "Whether {} and {} were done with the handshake cannot be told: ", client_, server_);
    out_.says += lacks ? "the capture lacks what would tell" : "TLS 1.3 encrypts what would tell";
    if (record_.closed_by) {
      out_.says += fmt::format("; {} {} the connection", name(side_of(*record_.closed_by)),
                               record_.reset ? "reset" : "closed");
    }
    out_.says += ".";
    if (!lacks) out_.next = hidden_next_step();
  }

  void not_seen() {
    out_.kind = ConnectionOutcome::Kind::not_seen;
    out_.brief = "its beginning is not in the capture";
    out_.says = fmt::format(
        "The capture begins within the connection of {} with {}: how it was made cannot be told.",
        client_, server_);
  }

  void unfinished() {
    out_.kind = ConnectionOutcome::Kind::unfinished;
    out_.brief = "the capture ends before the handshake does";
    out_.says = fmt::format("The capture ends before {} and {} were done with the handshake, {}.",
                            client_, server_, place());
  }

  void no_tls() {
    out_.kind = ConnectionOutcome::Kind::broken_off;
    out_.by = Side::server;
    const auto spoken = handshake::plain_protocol(record_.first_received);
    out_.brief = spoken.empty() ? "the server does not answer in TLS"
                                : fmt::format("the server answers in {}, not TLS", spoken);
    out_.says = fmt::format("{} answered {} with {}, not TLS.", server_, client_,
                            spoken.empty() ? "something else" : spoken + " in the clear");
    out_.next = "Send the client to the port where that server speaks TLS.";
  }

  void unreadable() {
    out_.kind = ConnectionOutcome::Kind::broken_off;
    if (record_.closed_by) out_.by = side_of(*record_.closed_by);
    out_.brief = "something that cannot be read as TLS";
    out_.says = fmt::format("{} and {} went on with something that cannot be read as TLS, {}.",
                            client_, server_, place());
  }

  // Sent by the other side, as the last it had to say, and not to be read without keys.
  [[nodiscard]] bool hidden_reason(Side side) const {
    if (keys()) return false;
    if (record_.version().value_or(0) >= base::kTls13) return true;
    const auto last = std::ranges::find_if(
        record_.messages.rbegin(), record_.messages.rend(),
        [&](const Message& message) { return side_of(message.direction) == side; });
    return last != record_.messages.rend() && last->content == ContentType::alert &&
           last->encrypted;
  }
  // TLS 1.3: the server's certificate comes straight behind its hello, encrypted; its Finished
  // does, where a session is resumed.
  [[nodiscard]] bool behind_hidden_certificate() const {
    return !record_.resumed() && behind_hidden_flight();
  }
  [[nodiscard]] bool resumed_unseen() const { return record_.resumed() && behind_hidden_flight(); }
  [[nodiscard]] bool behind_hidden_flight() const {
    if (!hidden_tls13()) return false;
    const bool more = std::ranges::any_of(record_.messages, [](const Message& message) {
      return message.direction == Direction::received && message.encrypted &&
             message.content != ContentType::change_cipher_spec;
    });
    return more || record_.application_received > 0;
  }

  void broken_off() {
    out_.kind = ConnectionOutcome::Kind::broken_off;
    const bool certificate =
        behind_hidden_certificate() || (behind_ != nullptr &&
                                        (behind_->type == HandshakeType::certificate ||
                                         behind_->type == HandshakeType::server_hello_done) &&
                                        behind_->direction == Direction::received);
    auto where = certificate ? std::string("after the server's certificate") : place();
    if (resumed_unseen()) where = "after the server's Finished";
    if (!record_.closed_by) {
      out_.brief = "ended " + where;
      out_.says = fmt::format(
          "The connection of {} with {} ended {}, before the handshake was done; the capture does "
          "not show who ended it.",
          client_, server_, where);
      return;
    }
    const auto side = side_of(*record_.closed_by);
    out_.by = side;
    out_.reason_encrypted = hidden_reason(side) && (certificate || behind_hidden_reason());
    const auto* did = record_.reset ? "reset" : "closed";
    if (out_.reason_encrypted) {
      out_.brief = fmt::format("{} {}; the reason is encrypted", did, where);
      out_.says = fmt::format("{} {} the connection with {} {}; the reason is encrypted.",
                              name(side), did, other(side), where);
      out_.next = hidden_next_step();
      return;
    }
    out_.brief = fmt::format("{} by the {} {}", did, word(side), where);
    out_.says = fmt::format(
        "{} {} the connection with {} {}, before the handshake was done, and "
        "gave no reason.",
        name(side), did, other(side), where);
    out_.next = silent_next_step(side, certificate);
  }
  [[nodiscard]] bool behind_hidden_reason() const {
    return std::ranges::any_of(record_.messages, [](const Message& message) {
      return message.encrypted && message.content != ContentType::change_cipher_spec;
    });
  }

  const HandshakeRecord& record_;
  std::string client_, server_;
  const x509::Certificate* certificate_;
  const handshake::Alert* alert_ = nullptr;
  const Message* behind_ = nullptr;
  ConnectionOutcome out_;
};

}  // namespace

const char* word(Side side) { return side == Side::client ? "client" : "server"; }

const char* word(ConnectionOutcome::Kind kind) {
  switch (kind) {
    case ConnectionOutcome::Kind::refused: return "refused";
    case ConnectionOutcome::Kind::broken_off: return "broken-off";
    case ConnectionOutcome::Kind::unfinished: return "unfinished";
    case ConnectionOutcome::Kind::not_seen: return "not-seen";
    case ConnectionOutcome::Kind::untold: return "cannot-be-told";
    case ConnectionOutcome::Kind::established: return "established";
  }
  return "not-seen";
}

ConnectionOutcome outcome(const HandshakeRecord& record, const Parties& parties) {
  return Reading(record, parties).run();
}

}  // namespace sealtone::explain
