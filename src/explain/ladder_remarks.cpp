// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_remarks: what could not be seen of a connection, and, where both sides found
// nothing in common, what each could do.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/ladder_parts.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using handshake::HandshakeRecord;
using trust::FindingCode;

template <typename Name>
std::string names_of(const std::vector<std::uint16_t>& numbers, Name name_of) {
  constexpr std::size_t few = 4;
  std::vector<std::string> names;
  std::size_t left_out = 0;
  for (const auto number : numbers) {
    auto name = name_of(number);
    // RFC 8701, RFC 5746 §3.3, RFC 7507: stands for nothing, or is a signal and no cipher.
    if (name == "GREASE" || name.ends_with("_SCSV")) continue;
    if (names.size() < few) {
      names.push_back(std::move(name));
    } else {
      ++left_out;
    }
  }
  auto words = names.empty() ? std::string("none") : joined(names, ", ");
  if (left_out > 0) words += fmt::format(" and {} more", left_out);
  return words;
}

class Remarks {
 public:
  Remarks(const Ladder& ladder, const HandshakeRecord& record, const trust::Verdict& verdict)
      : ladder_(ladder), record_(record), verdict_(verdict) {}

  std::vector<std::string> all() {
    gap();
    left_out();
    if (record_.observed) of_the_capture(*record_.observed);
    return std::move(said_);
  }

 private:
  void say(std::string sentence) { said_.push_back(std::move(sentence)); }

  const trust::Finding* found(FindingCode code) const {
    const auto at = std::ranges::find(verdict_.findings, code, &trust::Finding::code);
    return at == verdict_.findings.end() ? nullptr : &*at;
  }
  // Seen from outside nobody has judged it: the alerts say it.
  bool alerted(std::initializer_list<std::uint8_t> descriptions) const {
    return record_.observed && !record_.handshake_done &&
           std::ranges::any_of(record_.alerts, [&](const handshake::Alert& alert) {
             return std::ranges::find(descriptions, alert.description) != descriptions.end();
           });
  }

  void gap() {
    constexpr std::uint8_t handshake_failure = 40, protocol_version = 70,
                           insufficient_security = 71, inappropriate_fallback = 86;
    if (!record_.client_hello) return;
    const auto* version = found(FindingCode::version_gap);
    if (version != nullptr || alerted({protocol_version, inappropriate_fallback})) {
      version_gap(version);
    } else if (found(FindingCode::cipher_gap) != nullptr ||
               (!record_.server_hello && alerted({handshake_failure, insufficient_security}))) {
      cipher_gap();
    }
  }
  // RFC 5246 §E.1: up to TLS 1.2 a ClientHello names the newest alone.  How far down this side goes
  // is known, and what the finding says.
  std::string offered(const trust::Finding* finding) const {
    const auto& versions = record_.client_hello->versions;
    auto named = names_of(versions, handshake::version_name);
    const bool ours = finding != nullptr && record_.role == handshake::Role::client;
    const bool further = ours && versions.size() == 1 && finding->evidence.wanted != named &&
                         finding->evidence.wanted.ends_with(named);
    if (!further) return named;
    return fmt::format("{} (the ClientHello names the newest, {})", finding->evidence.wanted,
                       named);
  }
  void version_gap(const trust::Finding* finding) {
    say(fmt::format("Versions that the client offered: {}.", offered(finding)));
    if (record_.server_hello) {
      say(fmt::format("The server chose {}.",
                      handshake::version_name(record_.server_hello->version)));
    } else if (finding != nullptr && record_.role == handshake::Role::server) {
      say(fmt::format("The server, this side, takes {}.", finding->evidence.wanted));
    } else {
      say("The server takes none of these, and does not say which it takes.");
    }
  }
  void cipher_gap() {
    const auto& hello = *record_.client_hello;
    say(fmt::format("Cipher suites that the client offered: {}.",
                    names_of(hello.cipher_suites, handshake::cipher_suite_name)));
    if (!hello.groups.empty()) {
      say(fmt::format("Groups that it offered: {}.",
                      names_of(hello.groups, handshake::group_name)));
    }
    if (record_.server_hello) {
      say(fmt::format("The server chose {}, with values that the client refuses.",
                      handshake::cipher_suite_name(record_.server_hello->cipher_suite)));
      return;
    }
    say(record_.observed || record_.role == handshake::Role::client
            ? "The server finds none among them that it takes with its certificate, and does not "
              "say which it takes."
            : "The server, this side, takes none of them with its certificate.");
  }

  void left_out() {
    const auto count = record_.messages_left_out;
    if (count == 0) return;
    say(
        fmt::format("{} message{} left out: of a connection the first {} are kept, and the alert "
                    "that ended it.",
                    count, count == 1 ? " is" : "s are", handshake::kMaxMessages));
  }

  void of_the_capture(const HandshakeRecord::Observed& observed) {
    if (!observed.opened_in_clear.empty()) {
      say(fmt::format("TLS began behind {} in the clear.",
                      base::visible(observed.opened_in_clear)));
    }
    if (observed.start_missing) {
      say("The capture begins within this connection: what was said before is not in it.");
    }
    lacks({.who = "client",
           .other = "server",
           .absent = observed.client_absent,
           .octets = observed.missing_sent});
    lacks({.who = "server",
           .other = "client",
           .absent = observed.server_absent,
           .octets = observed.missing_received});
    too_long();
    if (observed.end_missing) say("The capture ends while this connection is open.");
    const bool sealed =
        std::ranges::any_of(ladder_.rungs, [](const Rung& rung) { return !rung.readable; });
    if (closed_to_us(record_) && sealed) {
      say("TLS 1.3 without its keys: all behind the ServerHello is encrypted, the certificates "
          "too. What can still be known is shown: what was asked for, offered and chosen, sizes "
          "and times, and who closed. With the session's keys (SSLKEYLOGFILE) the rest can be "
          "read.");
    }
  }
  struct Missing {
    const char *who, *other;
    bool absent;
    std::uint64_t octets;
  };
  void lacks(const Missing& what) {
    const auto octets = fmt::format("{} octet{}", what.octets, what.octets == 1 ? "" : "s");
    if (what.absent) {
      auto words = fmt::format("The {}'s side is not in the capture", what.who);
      if (what.octets > 0) words += fmt::format(": {}, as the {} has them", octets, what.other);
      say(words + ".");
    } else if (what.octets > 0) {
      say(fmt::format("The capture lacks {} that the {} sent.", octets, what.who));
    }
  }
  void too_long() {
    if (!record_.certificate_over) return;
    say(
        fmt::format("A Certificate message of more than {} octets is not read; what stands behind "
                    "it is.",
                    *record_.certificate_over));
  }

  const Ladder& ladder_;
  const HandshakeRecord& record_;
  const trust::Verdict& verdict_;
  std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> remarks_of(const Ladder& ladder, const HandshakeRecord& record,
                                    const trust::Verdict& verdict) {
  return Remarks(ladder, record, verdict).all();
}

}  // namespace sealtone::explain
