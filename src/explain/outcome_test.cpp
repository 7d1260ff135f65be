// SPDX-License-Identifier: Apache-2.0
#include "explain/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/tls_versions.h"

namespace sealtone::explain {
namespace {

using handshake::Alert;
using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::HandshakeType;
using testing::HasSubstr;

const Parties kParties{.client = "192.0.2.10", .server = "prov.example.com (192.0.2.1:443)"};

void said(HandshakeRecord& record, Direction direction, HandshakeType type) {
  record.messages.push_back(
      {.direction = direction, .content = ContentType::handshake, .type = type, .size = 100});
}
void hidden(HandshakeRecord& record, Direction direction, std::size_t size) {
  record.messages.push_back({.direction = direction,
                             .content = ContentType::handshake,
                             .type = {},
                             .size = size,
                             .encrypted = true});
}
void fatal(HandshakeRecord& record, Direction direction, std::uint8_t description) {
  record.messages.push_back({.direction = direction,
                             .content = ContentType::alert,
                             .type = {},
                             .size = 2,
                             .alert = record.alerts.size()});
  record.alerts.push_back({.direction = direction, .fatal = true, .description = description});
  record.ending = Ending::alert;
}

HandshakeRecord observed() {
  HandshakeRecord record;
  record.observed = HandshakeRecord::Observed{};
  record.client_hello = handshake::ClientHello{.legacy_version = base::kTls12,
                                               .versions = {base::kTls12},
                                               .cipher_suites = {0xC02F, 0x00FF}};
  said(record, Direction::sent, HandshakeType::client_hello);
  return record;
}
HandshakeRecord up_to_certificate(std::uint16_t version = base::kTls12) {
  auto record = observed();
  record.server_hello = handshake::ServerHello{.version = version, .cipher_suite = 0xC02F};
  said(record, Direction::received, HandshakeType::server_hello);
  if (version >= base::kTls13) {
    hidden(record, Direction::received, 2000);
  } else {
    said(record, Direction::received, HandshakeType::certificate);
    said(record, Direction::received, HandshakeType::server_hello_done);
  }
  return record;
}

TEST(Outcome, NamesTheClientsAlertAndWhatItMeans) {
  auto record = up_to_certificate();
  fatal(record, Direction::sent, 48);
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.kind, ConnectionOutcome::Kind::refused);
  EXPECT_EQ(out.by, Side::client);
  EXPECT_EQ(out.alert, 48);
  EXPECT_EQ(out.brief, "refused by the client: unknown_ca");
  EXPECT_EQ(out.says,
            "192.0.2.10 refused prov.example.com (192.0.2.1:443) by the alert unknown_ca behind "
            "the ServerHelloDone: it does not trust the issuer of the certificate.");
  EXPECT_THAT(out.next, HasSubstr("Security > Trusted Certificates"));
  EXPECT_TRUE(out.failed());
}

// An encrypted alert may have two octets, too.
TEST(Outcome, TakesNoAlertThatCannotBeReadForTheOneThatCan) {
  auto record = up_to_certificate();
  record.messages.push_back({.direction = Direction::received,
                             .content = ContentType::alert,
                             .type = {},
                             .size = 2,
                             .encrypted = true});
  said(record, Direction::sent, HandshakeType::client_key_exchange);
  fatal(record, Direction::sent, 48);
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.by, Side::client);
  EXPECT_THAT(out.says, HasSubstr("behind the ClientKeyExchange"));
}

TEST(Outcome, NamesTheServersAlertWithWhatWasOffered) {
  auto record = observed();
  fatal(record, Direction::received, 70);
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.by, Side::server);
  EXPECT_EQ(out.brief, "refused by the server: protocol_version");
  EXPECT_THAT(out.says, HasSubstr("TLS 1.2 was offered."));
}

TEST(Outcome, CountsCiphersAndNoSignals) {
  auto record = observed();
  fatal(record, Direction::received, 40);
  EXPECT_THAT(outcome(record, kParties).says, HasSubstr("TLS 1.2, with 1 cipher, was offered."));
}

TEST(Outcome, NeverGuessesWhatTls13Encrypts) {
  auto record = up_to_certificate(base::kTls13);
  hidden(record, Direction::sent, 2);
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.kind, ConnectionOutcome::Kind::broken_off);
  EXPECT_FALSE(out.alert);
  EXPECT_TRUE(out.reason_encrypted);
  EXPECT_EQ(out.brief, "closed after the server's certificate; the reason is encrypted");
  EXPECT_THAT(out.says, HasSubstr("the reason is encrypted."));
  EXPECT_TRUE(out.failed());
}

// One rule, the observer's: the handshake was done, or it was not, or nobody can tell.
TEST(Outcome, OfTls13WithoutKeysSaysWhatCannotBeTold) {
  auto record = up_to_certificate(base::kTls13);
  hidden(record, Direction::sent, 1300);
  record.observed->maybe_done = true;
  record.ending = Ending::closed;
  for (const auto by : {Direction::sent, Direction::received}) {
    record.closed_by = by;
    const auto out = outcome(record, kParties);
    EXPECT_EQ(out.kind, ConnectionOutcome::Kind::untold);
    EXPECT_STREQ(word(out.kind), "cannot-be-told");
    EXPECT_FALSE(out.failed());
    EXPECT_FALSE(out.by);
    EXPECT_EQ(out.brief, "cannot be told without the keys");
    EXPECT_THAT(out.says, HasSubstr("TLS 1.3 encrypts what would tell; "));
    EXPECT_THAT(out.says, HasSubstr(by == Direction::sent ? "192.0.2.10 closed" : ") closed"));
    EXPECT_THAT(out.next, HasSubstr("--keylog FILE"));
  }
  record.handshake_done = true;
  record.ending = Ending::established;
  EXPECT_EQ(outcome(record, kParties).kind, ConnectionOutcome::Kind::established);
  EXPECT_THAT(outcome(record, kParties).says, testing::EndsWith("by TLS 1.3."));
}

TEST(Outcome, OfWhatTheCaptureLacksSaysThatItCannotBeTold) {
  auto record = up_to_certificate(base::kTls13);
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  record.observed->missing_sent = 7;
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.kind, ConnectionOutcome::Kind::untold);
  EXPECT_EQ(out.brief, "cannot be told: 7 octets are missing");
  EXPECT_THAT(out.says, HasSubstr("the capture lacks 7 octets that the client sent; "));
  record.observed->missing_sent = 0;
  record.observed->missing_received = 1;
  EXPECT_EQ(outcome(record, kParties).brief, "cannot be told: 1 octet is missing");
  record.observed->server_absent = true;
  EXPECT_EQ(outcome(record, kParties).brief,
            "cannot be told: the server's side is not in the capture");
  EXPECT_THAT(outcome(record, kParties).says, HasSubstr("the capture lacks the server's side"));
  EXPECT_FALSE(outcome(record, kParties).failed());
}

// An alert that can be read is one, whatever is missing; what stood before it is not claimed.
TEST(Outcome, OfARefusalSaysWhatIsMissingBesides) {
  HandshakeRecord record;
  record.observed = HandshakeRecord::Observed{};
  record.client_hello = handshake::ClientHello{};
  record.observed->missing_sent = 317;
  fatal(record, Direction::received, 40);
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.brief, "refused by the server: handshake_failure; 317 octets are missing");
  EXPECT_THAT(out.says, HasSubstr("behind messages that the capture does not hold whole"));
  EXPECT_THAT(out.says, HasSubstr(" The capture lacks 317 octets that the client sent."));
  record.messages.clear();
  record.alerts.clear();
  said(record, Direction::sent, HandshakeType::client_hello);
  fatal(record, Direction::sent, 48);
  EXPECT_THAT(outcome(record, kParties).says,
              HasSubstr("behind the ClientHello, the last message that the capture holds whole: "));
  EXPECT_TRUE(out.failed());
}

// Nobody has asked for a certificate yet.
TEST(Outcome, OfAHelloThatIsRefusedSpeaksOfNoClientCertificate) {
  auto record = observed();
  fatal(record, Direction::received, 40);
  EXPECT_THAT(outcome(record, kParties).says, testing::Not(HasSubstr("certificate")));
  record = up_to_certificate();
  fatal(record, Direction::received, 40);
  EXPECT_THAT(outcome(record, kParties).says, HasSubstr("client certificate"));
}

// RFC 5246 §7.2.2: who refuses another handshake does not refuse the connection there is.
TEST(Outcome, OfARefusedRenegotiationIsEstablished) {
  auto record = up_to_certificate();
  record.handshake_done = true;
  record.messages.push_back({.direction = Direction::received,
                             .content = ContentType::alert,
                             .type = {},
                             .size = 2,
                             .encrypted = true,
                             .alert = 0});
  record.alerts.push_back({.direction = Direction::received, .fatal = false, .description = 100});
  fatal(record, Direction::sent, 40);
  const auto out = outcome(record, kParties);
  EXPECT_EQ(out.kind, ConnectionOutcome::Kind::established);
  EXPECT_EQ(out.brief, "established; ended later by the client: handshake_failure");
  EXPECT_THAT(out.says, HasSubstr("(renegotiation) was asked for and did not come about"));
}

TEST(Outcome, NamesThePlaceOfWhatIsEncrypted) {
  auto record = up_to_certificate(base::kTls13);
  fatal(record, Direction::sent, 48);
  EXPECT_THAT(outcome(record, kParties).says,
              HasSubstr("by the alert unknown_ca after the server's certificate"));
  record = up_to_certificate();
  said(record, Direction::sent, HandshakeType::client_key_exchange);
  record.messages.push_back({.direction = Direction::sent,
                             .content = ContentType::change_cipher_spec,
                             .type = {},
                             .size = 1});
  hidden(record, Direction::sent, 40);
  fatal(record, Direction::received, 51);
  EXPECT_THAT(outcome(record, kParties).says, HasSubstr("by the alert decrypt_error behind the "
                                                        "Finished"));
}

TEST(Outcome, OfResumedTls13NoCertificateWasSeen) {
  auto record = up_to_certificate(base::kTls13);
  record.server_hello->resumed = true;
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  EXPECT_EQ(outcome(record, kParties).brief, "closed by the client after the server's Finished")
      << "it said nothing";
  hidden(record, Direction::sent, 19);
  EXPECT_EQ(outcome(record, kParties).brief,
            "closed after the server's Finished; the reason is encrypted");
}

TEST(Outcome, TellsAResetFromAClose) {
  auto record = up_to_certificate();
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  EXPECT_EQ(outcome(record, kParties).brief, "closed by the client after the server's certificate");
  record.reset = true;
  EXPECT_EQ(outcome(record, kParties).brief, "reset by the client after the server's certificate");
  record.closed_by.reset();
  EXPECT_THAT(outcome(record, kParties).says, HasSubstr("does not show who ended it"));
}

TEST(Outcome, AnAlertBehindAnEstablishedConnectionsAnswerIsNoRefusal) {
  auto record = up_to_certificate();
  record.handshake_done = true;
  record.application_received = 1;
  fatal(record, Direction::received, 80);
  EXPECT_EQ(outcome(record, kParties).kind, ConnectionOutcome::Kind::established);
  record.application_received = 0;
  EXPECT_EQ(outcome(record, kParties).kind, ConnectionOutcome::Kind::refused);
}

TEST(Outcome, SaysWhatTheCaptureDoesNotShow) {
  auto record = observed();
  EXPECT_EQ(outcome(record, kParties).kind, ConnectionOutcome::Kind::unfinished);
  HandshakeRecord without;
  without.observed = HandshakeRecord::Observed{};
  without.observed->start_missing = true;
  EXPECT_EQ(outcome(without, kParties).kind, ConnectionOutcome::Kind::not_seen);
  EXPECT_FALSE(outcome(without, kParties).failed());
}

TEST(Outcome, MakesHostileNamesVisible) {
  auto record = observed();
  fatal(record, Direction::received, 112);
  record.client_hello->server_name = "evil\x1B[2J";
  const auto out = outcome(record, {.client = "192.0.2.10", .server = "evil\x1B[2J"});
  EXPECT_EQ(out.says.find('\x1B'), std::string::npos) << out.says;
}

// What was given already is not asked for, and what else is needed is.
TEST(Outcome, AsksForTheListAndTheKeysOnlyWhereTheyAreWanting) {
  auto given = kParties;
  given.list_given = true;
  const auto next = [&](HandshakeRecord record, const Parties& parties) {
    fatal(record, Direction::sent, 48);
    return outcome(record, parties).next;
  };
  auto seen = up_to_certificate();
  seen.server_chain = {{0x30, 0x00}};
  EXPECT_THAT(next(seen, kParties), HasSubstr("judged by that list (--trust FILE) the trace"));
  EXPECT_THAT(next(seen, given), testing::EndsWith("whose issuer the phone trusts."));
  const auto hidden13 = up_to_certificate(base::kTls13);
  EXPECT_THAT(next(hidden13, kParties), HasSubstr("(--keylog FILE), and judged by"));
  EXPECT_THAT(next(hidden13, given),
              HasSubstr("; with the keys of the connection (--keylog FILE)"));
  EXPECT_EQ(next(hidden13, given).find("--trust"), std::string::npos);

  auto silent = seen;
  silent.closed_by = Direction::sent;
  EXPECT_THAT(outcome(silent, kParties).next, HasSubstr("--trust FILE"));
  EXPECT_EQ(outcome(silent, given).next, "");
  EXPECT_TRUE(outcome(silent, given).of_certificate);
}

// No list judges what was not read.
TEST(Outcome, AsksForAShorterChainWhereItWasNotRead) {
  auto over = up_to_certificate();
  over.certificate_over = 262'144;
  for (const std::uint8_t alert : {42, 47, 48}) {
    auto refused = over;
    fatal(refused, Direction::sent, alert);
    EXPECT_THAT(outcome(refused, kParties).next, HasSubstr("leave its own certificate")) << alert;
    EXPECT_EQ(outcome(refused, kParties).next.find("--trust"), std::string::npos) << alert;
  }
  auto expired = over;
  fatal(expired, Direction::sent, 45);  // so the client read it
  EXPECT_THAT(outcome(expired, kParties).next, HasSubstr("clock"));
  auto silent = over;
  silent.closed_by = Direction::sent;
  EXPECT_THAT(outcome(silent, kParties).next, HasSubstr("leave its own certificate"));
  silent.server_chain = {{0x30, 0x00}};  // another one, of a handshake anew
  EXPECT_THAT(outcome(silent, kParties).next, HasSubstr("--trust FILE"));
}

}  // namespace
}  // namespace sealtone::explain
