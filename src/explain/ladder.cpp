// SPDX-License-Identifier: Apache-2.0
#include "explain/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/tls_versions.h"
#include "explain/clauses.h"
#include "explain/ladder_parts.h"
#include "explain/sealed.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using handshake::Message;

// The figure's step that a message is, 1 to 9, or 0.
int step_of(const Message& message, std::optional<HandshakeType> type, bool from_client) {
  if (message.content == ContentType::change_cipher_spec) return from_client ? 6 : 8;
  if (message.content != ContentType::handshake || !type || message.hello_retry_request) return 0;
  switch (*type) {
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

// What became of the figure's steps in TLS 1.3 (RFC 8446 §2): the key shares in the hellos took
// the place of ④ and ⑤.
std::string figure_in_tls13(int step) {
  switch (step) {
    case 1: return "figure: ① and ⑤";
    case 2: return "figure: ② and ④";
    case 3: return "figure: ③, open there";
    case 6:
    case 8: return "figure: " + circled(step) + ", here for show";
    default: return "figure: " + circled(step);
  }
}

class Drawing {
 public:
  Drawing(const HandshakeRecord& record, const trust::Verdict& verdict)
      : record_(record), verdict_(verdict), tls13_(record.version().value_or(0) >= base::kTls13) {}

  Ladder draw() {
    header();
    for (std::size_t i = 0; i < record_.messages.size(); ++i) add(i);
    ladder_.chain = chain_of(record_, verdict_);
    conclude_ladder(ladder_, record_, verdict_, place_);
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

  void add(std::size_t index) {
    const auto& message = record_.messages[index];
    const auto finished = finished_by_its_place(record_, index);
    if (is_sealed(message, record_) && !finished) {
      add_sealed(index);
      return;
    }
    auto rung = made(message);
    if (finished) rung.name = "Finished";
    if (!rung.readable) {
      rung.note = rung.name == "Finished" ? "encrypted, known by its place" : "encrypted";
    }
    const auto* alert = record_.alert_of(message);
    if (rung.readable) {
      rung.note = alert != nullptr ? handshake::alert_name(alert->description)
                                   : note_of(message, rung.from_client, record_);
    }
    number(rung, message, finished ? HandshakeType::finished : message.type);
    // Below the line from which the others are encrypted; of ChangeCipherSpecs it is known.
    const bool open = !message.encrypted && message.content != ContentType::change_cipher_spec;
    if (open && ladder_.encrypted_from) rung.note = and_more(rung.note, "in the clear");
    if (alert != nullptr) {
      rung.facts = facts_of(*alert, record_);
    } else if (is_last_of_its_kind(index)) {
      rung.facts = facts_of(message, rung.from_client, record_);
    }
    push(std::move(rung));
  }

  Rung made(const Message& message) {
    Rung rung;
    rung.from_client = from_client(message.direction, record_);
    rung.name = handshake::message_name(message);
    rung.encrypted = message.encrypted;
    const bool open = !message.encrypted || message.content == ContentType::change_cipher_spec;
    const bool has_keys = !record_.observed || record_.observed->keys;
    rung.readable = (open || has_keys) && !is_sealed(message, record_);
    rung.size = message.size;
    rung.at = message.at;
    rung.since_last = std::max(message.at - last_at_, std::chrono::microseconds{0});
    last_at_ = message.at;
    return rung;
  }

  void number(Rung& rung, const Message& message, std::optional<HandshakeType> type) {
    const int step = step_of(message, type, rung.from_client);
    if (step == 0) return;
    // A second hello or a renegotiation is not the figure's.
    if (!seen_.insert(step).second) {
      if (step == 1) rung.note = and_more(rung.note, again());
      return;
    }
    if (tls13_) {
      rung.note = and_more(rung.note, figure_in_tls13(step));
    } else {
      rung.number = circled(step);
    }
  }

  std::string again() const {
    return seen_.contains(2) ? "a handshake anew (renegotiation)" : "with the key share asked for";
  }

  // What one side sent in a row and cannot be read is one rung.
  void add_sealed(std::size_t index) {
    const auto& message = record_.messages[index];
    auto rung = made(message);
    const bool client = rung.from_client;
    const bool more = sealed_ && ladder_.rungs.back().from_client == client;
    if (!more) {
      rung.size = 0;
      rung.messages = 0;
      push(std::move(rung));
      sealed_ = true;
      sealed_largest_ = 0;
      sealed_first_ = !sealed_from_.contains(client);
      sealed_early_ = client && !server_sealed_;
      server_sealed_ = server_sealed_ || !client;
    } else {
      place_.push_back(ladder_.rungs.size() - 1);
    }
    auto& all = ladder_.rungs.back();
    ++all.messages;
    all.size += message.size;
    all.name = fmt::format("encrypted: {} octets", all.size);
    sealed_largest_ = std::max(sealed_largest_, message.size);
    all.note = and_more(all.messages > 1 ? fmt::format("{} records", all.messages) : "",
                        words_of_what_is_sealed(all));
  }

  // RFC 8446 §2: what is in it is not known, only what its place is for, and by its size what it
  // cannot be.
  std::string words_of_what_is_sealed(const Rung& rung) {
    if (!tls13_) return {};
    if (sealed_early_) return "sent along with the hello (early data)";
    const auto as_an_alert = sealed_alert_size(record_);
    if (sealed_largest_ == as_an_alert) {
      return rung.messages > 1 ? "each as long as an alert" : "as long as an alert";
    }
    if (!sealed_first_) return {};
    if (sealed_largest_ < as_an_alert) return "shorter than any message of the handshake";
    sealed_from_.insert(rung.from_client);
    if (rung.from_client) {
      return sealed_largest_ < sealed_finished_size(record_) ? "shorter than a Finished"
                                                             : "the place of Finished (figure: ⑦)";
    }
    return record_.resumed() ? "the place of EncryptedExtensions and Finished (figure: ⑨)"
                             : "the place of EncryptedExtensions, Certificate (figure: ③), "
                               "CertificateVerify and Finished (figure: ⑨)";
  }

  // A record holds what the last message of a kind said.
  bool is_last_of_its_kind(std::size_t index) const {
    const auto& message = record_.messages[index];
    if (message.content != ContentType::handshake) return true;
    for (std::size_t i = index + 1; i < record_.messages.size(); ++i) {
      const auto& later = record_.messages[i];
      if (later.type == message.type && later.direction == message.direction &&
          later.hello_retry_request == message.hello_retry_request) {
        return false;
      }
    }
    return true;
  }

  void push(Rung rung) {
    if (rung.encrypted && !ladder_.encrypted_from) ladder_.encrypted_from = ladder_.rungs.size();
    place_.push_back(ladder_.rungs.size());
    ladder_.rungs.push_back(std::move(rung));
    sealed_ = false;
  }

  const HandshakeRecord& record_;
  const trust::Verdict& verdict_;
  bool tls13_;
  Ladder ladder_;
  std::set<int> seen_;
  std::vector<std::size_t> place_;  // of each message its rung
  std::chrono::microseconds last_at_{0};
  bool sealed_ = false;             // the last rung can take more of its kind
  std::size_t sealed_largest_ = 0;  // record of it
  bool sealed_first_ = false;       // of what this side sent of its handshake
  bool sealed_early_ = false;       // before anything that the server encrypted
  bool server_sealed_ = false;
  std::set<bool> sealed_from_;  // the client, the server
};

}  // namespace

Ladder ladder(const HandshakeRecord& record, const trust::Verdict& verdict,
              const Context& context) {
  auto told = verdict;
  told.findings = in_order({verdict, record, context});
  return Drawing(record, told).draw();
}

Ladder ladder(const HandshakeRecord& record, const trust::Verdict& verdict) {
  return ladder(record, verdict, Context{});
}

}  // namespace sealtone::explain
