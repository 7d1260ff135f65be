// SPDX-License-Identifier: Apache-2.0
#include "explain/outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/ladder_parts.h"
#include "explain/outcome_steps.h"
#include "explain/sealed.h"
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

bool has_keys(const HandshakeRecord& record) { return record.observed && record.observed->keys; }
bool hidden_tls13(const HandshakeRecord& record) {
  return record.version().value_or(0) >= base::kTls13 && !has_keys(record);
}
bool lacks(const HandshakeRecord& record) { return record.observed && record.observed->lacks(); }

bool begins_within(const HandshakeRecord& record) {
  return !record.client_hello && (!record.observed || record.observed->start_missing);
}
bool still_open(const HandshakeRecord& record) {
  if (record.closed_by || record.reset) return false;
  return record.ending == Ending::open || (record.observed && record.observed->end_missing);
}

bool is_sealed_data(const Message& message) {
  return message.encrypted && message.content != ContentType::change_cipher_spec;
}

// RFC 5246 §7.2.2: no_renegotiation answers the request for a handshake anew, of a connection that
// there is.
bool asked_for_another(const HandshakeRecord& record) {
  constexpr std::uint8_t no_renegotiation = 100;
  if (record.version().value_or(0) >= base::kTls13) return false;
  const bool hello = std::ranges::any_of(record.messages, [](const Message& message) {
    return message.encrypted && (message.type == HandshakeType::client_hello ||
                                 message.type == HandshakeType::hello_request);
  });
  return hello || std::ranges::find(record.alerts, no_renegotiation,
                                    &handshake::Alert::description) != record.alerts.end();
}

// A client may judge the certificate only when the handshake is done, and a server the client's in
// TLS 1.3 (RFC 8446 §4.4.2.4); what comes behind data is another matter.
bool is_refused(const HandshakeRecord& record) {
  if (!record.fatal_alert()) return false;
  if (!record.handshake_done) return true;
  return record.application_received == 0 && !asked_for_another(record);
}

// The last message before the fatal alert, or of all, that is no alert and means something.
std::optional<std::size_t> last_before_the_end(const HandshakeRecord& record) {
  const bool tls13 = record.version().value_or(0) >= base::kTls13;
  for (auto i = record.fatal_alert().value_or(record.messages.size()); i > 0; --i) {
    const auto content = record.messages[i - 1].content;
    const bool for_show = tls13 && content == ContentType::change_cipher_spec;
    if (content != ContentType::alert && !for_show) return i - 1;
  }
  return std::nullopt;
}

// The last that the client saw of the server is its certificate.
bool behind_certificate(const HandshakeRecord& record) {
  const auto last = last_before_the_end(record);
  if (!last) return false;
  const auto& message = record.messages[*last];
  return message.direction == Direction::received &&
         (message.type == HandshakeType::certificate ||
          message.type == HandshakeType::server_hello_done);
}

std::string behind(const HandshakeRecord& record) {
  if (behind_hidden_flight(record)) {
    if (record.observed->maybe_done) return "after the client's answer";
    return record.resumed() ? "after the server's Finished" : "after the server's certificate";
  }
  const auto last = last_before_the_end(record);
  if (!last) {
    return lacks(record) ? "behind messages that the capture does not hold whole"
                         : "before any message of the handshake was whole";
  }
  const auto& message = record.messages[*last];
  if (finished_by_its_place(record, *last)) return "behind the Finished";
  if (is_sealed(message, record)) return "behind a message that is encrypted";
  return "behind the " + handshake::message_name(message);
}

// Sent by that side, as the last it had to say, and not to be read without keys.
bool is_hidden_of(Direction direction, const HandshakeRecord& record) {
  if (has_keys(record)) return false;
  if (record.version().value_or(0) >= base::kTls13) return sealed_reason_seen(record, direction);
  const auto last = std::ranges::find(record.messages.rbegin(), record.messages.rend(), direction,
                                      &Message::direction);
  return last != record.messages.rend() && last->content == ContentType::alert && last->encrypted;
}

class Reading {
 public:
  Reading(const HandshakeRecord& record, const Parties& parties)
      : record_(record),
        client_(base::visible(parties.client)),
        server_(base::visible(parties.server)),
        certificate_(parties.certificate),
        list_given_(parties.list_given) {}

  ConnectionOutcome run() {
    using Kind = ConnectionOutcome::Kind;
    out_.kind = kind_of(record_);
    out_.lacks = lacks(record_);
    switch (out_.kind) {
      case Kind::refused: refused(); break;
      case Kind::established: came_about(); break;
      case Kind::not_seen: not_seen(); break;
      case Kind::untold: untold(); break;
      case Kind::unfinished: unfinished(); break;
      case Kind::broken_off: failed(); break;
    }
    if (out_.lacks && out_.kind != Kind::untold) say_what_is_missing();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const std::string& name(Side side) const {
    return side == Side::client ? client_ : server_;
  }
  [[nodiscard]] const std::string& other(Side side) const {
    return side == Side::client ? server_ : client_;
  }
  [[nodiscard]] const handshake::Alert& ending_alert() const {
    return *record_.alert_of(record_.messages[*record_.fatal_alert()]);
  }

  void say_what_is_missing() {
    out_.brief += "; " + lacking_briefly(record_);
    out_.says += " The capture lacks " + lacking(record_) + ".";
  }

  void refused() {
    const auto& ended = ending_alert();
    const auto side = side_of(ended.direction);
    out_.by = side;
    out_.alert = ended.description;
    out_.brief =
        fmt::format("refused by the {}: {}", word(side), handshake::alert_name(ended.description));
    auto place = place_of(record_);
    if (out_.lacks && last_before_the_end(record_)) {
      place += ", the last message that the capture holds whole";
    }
    out_.says = fmt::format("{} refused {} by the {} {}: {}", name(side), other(side),
                            handshake::alert_in_words(ended.description), place,
                            as_clause(meaning_of(ended, record_)));
    const auto compared = compared_values(record_, ended, certificate_);
    out_.says += compared.empty() ? "." : "; " + compared + ".";
    out_.of_certificate = side == Side::client && speaks_of_a_certificate(ended.description);
    out_.next = observed_next_step(record_, ended, list_given_);
  }

  void came_about() {
    const bool resumed = record_.resumed();
    out_.brief = resumed ? "established, resumed" : "established";
    out_.says = fmt::format("{} connected to {} by {}", client_, server_,
                            handshake::version_name(record_.version().value_or(0)));
    if (!record_.version()) out_.says = fmt::format("{} connected to {}", client_, server_);
    if (resumed) out_.says += ", resuming an earlier session, so that no certificate was sent";
    out_.says += ".";
    ended_later();
  }
  // No refusal of the connection, which there was.
  void ended_later() {
    if (!record_.fatal_alert()) return;
    const auto& ended = ending_alert();
    const auto side = side_of(ended.direction);
    out_.brief += fmt::format("; ended later by the {}: {}", word(side),
                              handshake::alert_name(ended.description));
    if (asked_for_another(record_)) {
      out_.says +=
          " A handshake anew within it (renegotiation) was asked for and did not come "
          "about.";
    }
    out_.says += fmt::format(" Later {} ended it by the {}.", name(side),
                             handshake::alert_in_words(ended.description));
  }

  // A client's Finished, its certificate and what it says behind them look alike, and so do a
  // server's alert and its goodbye.
  void untold() {
    auto brief = out_.lacks ? "cannot be told: " + lacking_briefly(record_)
                            : std::string("cannot be told without the keys");
    out_.brief = std::move(brief);
    out_.says = fmt::format(
        "Whether {} and {} were done with the handshake cannot be told: ", client_, server_);
    out_.says += out_.lacks ? "the capture lacks " + lacking(record_)
                            : std::string("TLS 1.3 encrypts what would tell");
    if (record_.closed_by) {
      out_.says += fmt::format("; {} {} the connection", name(side_of(*record_.closed_by)),
                               record_.reset ? "reset" : "closed");
    }
    out_.says += ".";
    if (!out_.lacks) out_.next = hidden_next_step();
  }

  void not_seen() {
    out_.brief = "its beginning is not in the capture";
    out_.says = fmt::format(
        "The capture begins within the connection of {} with {}: how it was made cannot be told.",
        client_, server_);
  }

  void unfinished() {
    out_.brief = "the capture ends before the handshake does";
    out_.says = fmt::format("The capture ends before {} and {} were done with the handshake, {}.",
                            client_, server_, place_of(record_));
  }

  void failed() {
    if (record_.ending == Ending::not_tls) {
      no_tls();
    } else if (record_.ending == Ending::unreadable) {
      unreadable();
    } else {
      broken_off();
    }
  }

  void no_tls() {
    out_.by = Side::server;
    const auto spoken = handshake::plain_protocol(record_.first_received);
    out_.brief = spoken.empty() ? "the server does not answer in TLS"
                                : fmt::format("the server answers in {}, not TLS", spoken);
    out_.says = fmt::format("{} answered {} with {}, not TLS.", server_, client_,
                            spoken.empty() ? "something else" : spoken + " in the clear");
    out_.next = "Send the client to the port where that server speaks TLS.";
  }

  void unreadable() {
    if (record_.closed_by) out_.by = side_of(*record_.closed_by);
    out_.brief = "something that cannot be read as TLS";
    out_.says = fmt::format("{} and {} went on with something that cannot be read as TLS, {}.",
                            client_, server_, place_of(record_));
  }

  void broken_off() {
    const auto where = place_of(record_);
    out_.reason_encrypted = reason_is_hidden(record_);
    if (!record_.closed_by) {
      out_.brief = "ended " + where;
      if (out_.reason_encrypted) out_.brief += "; the reason is encrypted";
      out_.says = fmt::format(
          "The connection of {} with {} ended {}, before the handshake was done; the capture does "
          "not show who ended it.",
          client_, server_, where);
      return;
    }
    const auto side = side_of(*record_.closed_by);
    out_.by = side;
    const auto* did = record_.reset ? "reset" : "closed";
    if (out_.reason_encrypted) {
      out_.brief = fmt::format("{} {}; the reason is encrypted", did, where);
      out_.says = fmt::format("{} {} the connection with {} {}; the reason is encrypted.",
                              name(side), did, other(side), where);
      out_.next = hidden_next_step();
      return;
    }
    out_.brief = fmt::format("{} by the {} {}", did, word(side), where);
    // Before any of its messages it was not done either.
    const auto* undone = where.starts_with("before ") ? "" : ", before the handshake was done";
    out_.says = fmt::format("{} {} the connection with {} {}{}, and gave no reason.", name(side),
                            did, other(side), where, undone);
    out_.of_certificate = side == Side::client && behind_certificate(record_);
    out_.next = silent_next_step(record_, side, behind_certificate(record_), list_given_);
  }

  const HandshakeRecord& record_;
  std::string client_, server_;
  const x509::Certificate* certificate_;
  bool list_given_;
  ConnectionOutcome out_;
};

std::string octets_in_words(std::uint64_t octets) {
  return fmt::format("{} octet{}", octets, octets == 1 ? "" : "s");
}

}  // namespace

ConnectionOutcome::Kind kind_of(const HandshakeRecord& record) {
  using Kind = ConnectionOutcome::Kind;
  if (is_refused(record)) return Kind::refused;
  if (record.handshake_done) return Kind::established;
  const bool hello = record.client_hello || record.server_hello;
  if (begins_within(record) && !hello) return Kind::not_seen;
  if (lacks(record)) return Kind::untold;
  if (begins_within(record)) return Kind::not_seen;
  if (record.ending == Ending::not_tls || record.ending == Ending::unreadable) {
    return Kind::broken_off;
  }
  if (record.observed && record.observed->maybe_done) return Kind::untold;
  return still_open(record) ? Kind::unfinished : Kind::broken_off;
}

std::string place_of(const HandshakeRecord& record) {
  const bool certificate = behind_certificate(record) && !record.fatal_alert();
  return certificate ? "after the server's certificate" : behind(record);
}

// RFC 8446 §2: the server's certificate comes straight behind its hello, encrypted; its Finished
// does, where a session is resumed.
bool behind_hidden_flight(const HandshakeRecord& record) {
  if (!hidden_tls13(record)) return false;
  return record.application_received > 0 ||
         std::ranges::any_of(record.messages, [](const Message& message) {
           return message.direction == Direction::received && is_sealed_data(message);
         });
}

bool reason_is_hidden(const HandshakeRecord& record) {
  if (record.ending == Ending::not_tls || record.ending == Ending::unreadable) return false;
  const bool hidden =
      record.closed_by ? is_hidden_of(*record.closed_by, record) : hidden_tls13(record);
  if (!hidden) return false;
  return std::ranges::any_of(record.messages, is_sealed_data);
}

std::string lacking(const HandshakeRecord& record) {
  if (!lacks(record)) return {};
  const auto& seen = *record.observed;
  std::vector<std::string> all;
  const auto add = [&](const char* who, bool absent, std::uint64_t octets) {
    if (absent) {
      all.push_back(fmt::format("the {}'s side", who));
    } else if (octets > 0) {
      all.push_back(fmt::format("{} that the {} sent", octets_in_words(octets), who));
    }
  };
  add("client", seen.client_absent, seen.missing_sent);
  add("server", seen.server_absent, seen.missing_received);
  return joined(all, " and ");
}

std::string lacking_briefly(const HandshakeRecord& record) {
  if (!lacks(record)) return {};
  const auto& seen = *record.observed;
  if (seen.client_absent || seen.server_absent) {
    return fmt::format("the {}'s side is not in the capture",
                       seen.client_absent ? "client" : "server");
  }
  const auto octets = seen.missing_sent + seen.missing_received;
  return fmt::format("{} {} missing", octets_in_words(octets), octets == 1 ? "is" : "are");
}

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
