// SPDX-License-Identifier: Apache-2.0
#include "explain/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "explain/wording.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using enum trust::FindingCode;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using trust::Decision;
using trust::Verdict;
using trust::testing::certificate;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;

const handshake::HandshakeRecord kRecord;

Context context(std::span<const x509::Certificate> at_hand = {}) {
  return {.server = "prov.example.com", .now = kNow, .at_hand = at_hand};
}

Explanation explained(const trust::testing::Codes& codes) {
  return explain(judge_case(with_faults(codes)), kRecord, context());
}

// The paragraph that docs promise, word for word.
TEST(ToText, ReadsAsThePlainWordsOfARefusalWhoseRootWasSent) {
  auto made = with_faults({});
  made.presented.push_back(certificate("root"));
  made.anchors = {certificate("other")};
  const auto root = certificate("root").fingerprint();
  auto where = context();
  where.saved_as = "acme-root-r1.pem";
  const auto text = to_text(explain(judge_case(made), kRecord, where), 1000);
  EXPECT_THAT(
      text,
      StartsWith(
          "prov.example.com was refused: its certificate was issued by \"Acme Issuing CA 2\", "
          "which is not among the trusted certificates.\n"
          "The server sent its root, \"Acme Root R1\" (SHA-256 " +
          root +
          "). Compare that fingerprint with Acme's, then upload `acme-root-r1.pem` (written beside "
          "this report) under Security > Trusted Certificates.\n"
          "On desk phones: `static.trusted_certificates.url = "
          "https://YOUR-SERVER/acme-root-r1.pem` and `static.security.ca_cert = 2` in the common "
          "configuration file. YOUR-SERVER stands for a server that the phones can reach and trust "
          "already; put the file there first.\n"));
}

TEST(ToText, SaysWhomToAskWhereNobodyHasTheCertificate) {
  const auto explanation = explained({issuer_unknown});
  const auto text = to_text(explanation, 1000);
  EXPECT_THAT(text,
              HasSubstr("The server did not send the certificate of \"Acme Root R1\" (its key "
                        "identifier: "));
  EXPECT_THAT(text, HasSubstr("), and this machine does not hold it. Ask Acme for it (the address "
                              "in the certificate, unchecked: "
                              "http://pki.example.com/acme-root-r1.cer), then upload it under "
                              "Security > Trusted Certificates.\n"));
  EXPECT_THAT(text, Not(HasSubstr("SHA-256")));
  EXPECT_EQ(explanation.save_missing(), nullptr);
}

TEST(ToText, WrapsEveryLineAtTheWidth) {
  for (const std::size_t width : {60U, 100U}) {
    std::istringstream lines(to_text(explained({issuer_unknown, expired, name_mismatch}), width));
    for (std::string line; std::getline(lines, line);) {
      const bool one_word = line.find(' ') == std::string::npos;
      EXPECT_TRUE(columns(line) <= width || one_word) << line;
    }
  }
}

TEST(ToText, SaysEverySentenceOnceAndEveryFinding) {
  const auto explanation = explained({issuer_unknown, expired, weak_key});
  const auto text = to_text(explanation, 1000);
  for (std::size_t i = 1; i < explanation.findings.size(); ++i) {
    EXPECT_THAT(text, HasSubstr(explanation.findings[i].says));
  }
  EXPECT_THAT(text, HasSubstr("Details:\nissuer-unknown: "));
  EXPECT_THAT(text, HasSubstr("\nexpired: certificate 1"));
}

TEST(Headline, SaysThatAllIsWell) {
  EXPECT_EQ(explained({}).headline,
            "prov.example.com is trusted: its certificate was issued by \"Acme Issuing CA 2\" and "
            "leads to \"Acme Root R1\", which is among the trusted certificates.");
}

TEST(Headline, NamesTheListItWasJudgedBy) {
  auto where = context();
  where.list_name = "this computer's roots";
  const auto refused = explain(judge_case(with_faults({issuer_unknown})), kRecord, where);
  EXPECT_THAT(refused.headline, HasSubstr("which is not among this computer's roots."));
}

TEST(Headline, SaysWhatWasOverlooked) {
  const auto verdict = judge_case(with_faults({expired}), {.only_accept_trusted = false});
  EXPECT_EQ(
      explain(verdict, kRecord, context()).headline,
      "prov.example.com was accepted although its certificate expired on 2026-01-01 00:00:00 "
      "UTC (it is 2026-06-01 00:00:00 UTC now): \"Only Accept Trusted Certificates\" is off.");
}

TEST(Headline, KeepsTrustWhereTheServerOnlyWantsACertificate) {
  auto verdict = judge_case(with_faults({}));
  verdict.findings.push_back({client_certificate_wanted_none_set});
  EXPECT_EQ(explain(verdict, kRecord, context()).headline,
            "prov.example.com is trusted, but it asks for a client certificate, and none is set "
            "here.");
}

TEST(Headline, PutsTheGravestFirst) {
  const auto explanation = explained({weak_key, bad_signature});
  EXPECT_EQ(explanation.findings.front().code, bad_signature);
  EXPECT_THAT(explanation.headline, HasSubstr("the signature on its certificate was not made by"));
}

std::string says(const trust::testing::Codes& codes) {
  return explained(codes).findings.front().says;
}

TEST(Says, NamesTheServerTheCertificateAndBothValues) {
  EXPECT_EQ(says({self_signed_leaf}),
            "The certificate of prov.example.com is signed by itself, and it is not among the "
            "trusted certificates.");
  EXPECT_EQ(says({name_mismatch}),
            "The certificate of prov.example.com is for \"prov.example.com\" and "
            "\"*.phones.example.com\", not for \"www.example.net\".");
  EXPECT_EQ(says({weak_signature}),
            "The certificate of prov.example.com is signed with SHA-1, and SHA-256 or better is "
            "demanded.");
  EXPECT_EQ(says({weak_key}),
            "The certificate of prov.example.com has the key RSA 1024, and at least 2048 bits are "
            "demanded.");
  EXPECT_EQ(says({eku_missing}),
            "The certificate of prov.example.com may be used for clientAuth only, not for a server "
            "(serverAuth).");
  EXPECT_EQ(
      says({not_yet_valid}),
      "The certificate of prov.example.com is not valid before 2027-01-01 00:00:00 UTC (it is "
      "2026-06-01 00:00:00 UTC now).");
  EXPECT_EQ(
      says({not_a_ca}),
      "The certificate \"Acme Issuing CA 2\" is not a certificate authority's (not a CA), yet "
      "it issued the certificate of prov.example.com.");
}

TEST(Says, TellsTheIncompleteChainFromTheUnknownIssuer) {
  const auto explanation = explained({chain_incomplete});
  ASSERT_EQ(explanation.findings.size(), 2U);
  EXPECT_EQ(explanation.findings[0].says,
            "prov.example.com sent no certificate of \"Acme Issuing CA 2\", the issuer of its own, "
            "so an intermediate certificate is probably missing.");
}

Explanation of(trust::Finding finding, const handshake::HandshakeRecord& record = kRecord,
               Decision decision = Decision::not_established) {
  Verdict verdict{.decision = decision};
  verdict.findings.push_back(std::move(finding));
  return explain(verdict, record, context());
}

// The page asks browsers for no certificate: there is nobody to judge, and nothing went wrong.
TEST(Says, AClientThatWasAskedForNothingOpenedThePage) {
  handshake::HandshakeRecord record;
  record.role = handshake::Role::server;
  record.handshake_done = true;
  record.server_hello.emplace().version = 0x0304;
  auto where = context();
  where.server = "192.0.2.7";
  const auto opened = explain(Verdict{}, record, where);
  EXPECT_EQ(opened.headline,
            "The client 192.0.2.7 opened the phone's page over TLS 1.3: the server certificate was "
            "shown to it, and it was asked for none of its own.");
  EXPECT_EQ(opened.decision, std::nullopt);
  EXPECT_EQ(to_json(opened, Verdict{}, record, where)["verdict"]["decision"], nullptr);
  EXPECT_EQ(to_log_line(opened, where), "nobody to judge (192.0.2.7)");
  record.handshake_done = false;
  const auto refused = explain(Verdict{}, record, where);
  EXPECT_THAT(refused.headline, StartsWith("No TLS connection with"));
  EXPECT_EQ(refused.decision, Decision::not_established);
}

// A time that the admin gave says nothing about this computer's clock.
TEST(Says, NothingOfTheClockWhenTheTimeWasGiven) {
  const auto made = with_faults({not_yet_valid});
  auto where = context();
  where.now = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
  auto verdict = judge_case(made);
  for (auto& finding : verdict.findings) finding.evidence.now = where.now;
  EXPECT_THAT(explain(verdict, kRecord, where).findings[0].fix.say,
              HasSubstr("set this clock instead"));
  where.now_is_given = true;
  const auto given = explain(verdict, kRecord, where);
  EXPECT_THAT(given.headline,
              HasSubstr("is not valid before 2027-01-01 00:00:00 UTC (judged at the "
                        "time given, 2020-01-01 00:00:00 UTC)."));
  EXPECT_EQ(given.findings[0].fix.kind, FixKind::replace_certificate);
  EXPECT_THAT(given.findings[0].fix.say, Not(HasSubstr("clock")));
}

TEST(Says, SpeaksOfTheHandshake) {
  EXPECT_EQ(of({version_gap, {}, {.wanted = "TLS 1.2, TLS 1.3", .alert = 70}}).headline,
            "No TLS connection with prov.example.com: it speaks none of the TLS versions offered "
            "(TLS 1.2, TLS 1.3).");
  EXPECT_EQ(of({version_gap, {}, {.wanted = "TLS 1.2", .found = {"TLS 1.0"}}}).headline,
            "No TLS connection with prov.example.com: it chose TLS 1.0, and this side takes TLS "
            "1.2.");
  EXPECT_EQ(
      of({weak_dh,
          {},
          {.wanted = "2048 bits", .found = {"1024 bits"}, .alert = 40, .alert_is_ours = true}},
         kRecord, Decision::untrusted)
          .headline,
      "prov.example.com was refused: it agrees on keys by Diffie-Hellman over a prime of 1024 bits "
      "only, and 2048 bits are demanded.");
  EXPECT_EQ(of({cipher_gap, {}, {.wanted = "A, B, C, D"}}).findings[0].says,
            "prov.example.com accepts none of the ciphers offered (A, B and 2 more).");
  EXPECT_EQ(of({plain_text_on_tls_port, {}, {.found = {"HTTP"}}}).findings[0].says,
            "prov.example.com speaks HTTP there in the clear, not TLS.");
  EXPECT_EQ(
      of({handshake_timeout, {}, {.wanted = "10 s", .step = "ServerHello"}}).findings[0].says,
      "prov.example.com said nothing more behind the ServerHello, and the handshake was given "
      "up after 10 s.");
  EXPECT_EQ(of({handshake_timeout, {}, {.wanted = "10 s"}}).findings[0].says,
            "prov.example.com said nothing within 10 s.");
  EXPECT_EQ(of({alert_received, {}, {.step = "ClientHello", .alert = 112}}).findings[0].says,
            "prov.example.com ended the connection behind the ClientHello by the alert "
            "unrecognized_name (it serves nothing under the name that was asked for).");
  EXPECT_EQ(of({peer_closed, {}, {}}).findings[0].says,
            "prov.example.com closed the connection, before the handshake was done.");
  EXPECT_EQ(of({certificate_unreadable, {}, {}}, kRecord, Decision::untrusted).headline,
            "prov.example.com was refused: its certificate cannot be read.");
}

TEST(Says, QuotesTheAnswerToOurCertificate) {
  EXPECT_EQ(of({client_certificate_refused, {}, {.alert = 48}}).findings[0].says,
            "prov.example.com refused the client certificate, by the alert unknown_ca (it does not "
            "trust the issuer of the certificate).");
  EXPECT_EQ(of({client_certificate_wanted_none_set,
                {},
                {.detail = "400 No required SSL certificate was sent"}})
                .findings[0]
                .says,
            "prov.example.com asks for a client certificate, and none is set here, and it answers "
            "\"400 No required SSL certificate was sent\".");
}

TEST(Says, NamesAnAlertThatHasNoNameOnce) {
  const auto finding = of({alert_received, {}, {.step = "ClientHello", .alert = 0xFA}}).findings[0];
  EXPECT_TRUE(finding.says.starts_with(
      "prov.example.com ended the connection behind the ClientHello by the alert 0xFA ("))
      << finding.says;
  EXPECT_TRUE(finding.details.starts_with("alert 250 (0xFA)")) << finding.details;
}

TEST(Says, SpeaksOfTheClientInTheServersRole) {
  handshake::HandshakeRecord record;
  record.role = handshake::Role::server;
  EXPECT_EQ(of({our_certificate_refused, {}, {.alert = 46}}, record).findings[0].says,
            "The client prov.example.com refused the server certificate shown to it, by the alert "
            "certificate_unknown (it does not accept the certificate, for a reason it does not "
            "say).");
}

// A sentence, no bare number, never the word that says nothing.
TEST(Says, HasASentenceForEveryCode) {
  auto verdict = judge_case(with_faults({}));
  for (const auto code : trust::all_finding_codes()) {
    verdict.findings = {{code, {}, {}}};
    const auto explanation = explain(verdict, kRecord, context());
    const auto& finding = explanation.findings.at(0);
    EXPECT_THAT(finding.says, ::testing::EndsWith(".")) << trust::word(code);
    EXPECT_THAT(finding.says, HasSubstr("rov.example.com")) << trust::word(code);
    EXPECT_FALSE(finding.fix.say.empty()) << trust::word(code);
    for (const auto& text : {finding.says, finding.fix.say, explanation.headline}) {
      EXPECT_THAT(text, Not(HasSubstr("rror"))) << trust::word(code);
    }
  }
}

TEST(Says, MakesHostileTextVisible) {
  auto where = context();
  where.server = "evil\x1B]0;x\x07";
  Verdict verdict{.decision = Decision::untrusted};
  verdict.findings.push_back({name_mismatch, 0, {.wanted = "\r\n", .found = {"a\xE2\x80\xAE"}}});
  verdict.findings.push_back({plain_text_on_tls_port, {}, {.detail = "\x1B[2J\xFF"}});
  const auto text = to_text(explain(verdict, kRecord, where));
  for (const std::string_view bad : {"\x1B", "\x07", "\r", "\xE2\x80\xAE", "\xFF"}) {
    EXPECT_EQ(text.find(bad), std::string::npos);
  }
}

TEST(ToLogLine, IsOneLine) {
  auto where = context();
  where.server = "prov.example.com:443\n";
  EXPECT_EQ(to_log_line(explained({issuer_unknown, expired}), where),
            "untrusted: issuer-unknown, expired (prov.example.com:443\\u{A})");
  EXPECT_EQ(to_log_line(explained({}), context()), "trusted (prov.example.com)");
}

TEST(ToText, SpeaksOfCertificatesThatLieInAFileAsNotShownYet) {
  auto made = with_faults({});
  auto where = context();
  where.not_installed = "new.pem";
  EXPECT_THAT(to_text(explain(judge_case(made), kRecord, where), 1000),
              StartsWith("With new.pem, prov.example.com would be trusted: "));
  made.presented.push_back(certificate("root"));
  made.anchors = {certificate("other")};
  const auto text = to_text(explain(judge_case(made), kRecord, where), 1000);
  EXPECT_THAT(text, StartsWith("With new.pem, prov.example.com would be refused: its certificate "
                               "was issued by \"Acme Issuing CA 2\""));
  EXPECT_THAT(text, HasSubstr("The file holds the root, \"Acme Root R1\""));
  EXPECT_THAT(text, Not(HasSubstr("server sent")));
}

// RFC 7633: a list at hand would not help, and the words speak of none.
TEST(ToText, SaysWhoOwesAnAnswerThatTheCertificateDemands) {
  auto verdict = judge_case(with_faults({}));
  verdict.decision = Decision::untrusted;
  verdict.findings = {{.code = revocation_unknown, .certificate = 0}};
  verdict.findings.front().evidence.wanted = trust::kStapledAnswer;
  const auto text = to_text(explain(verdict, kRecord, context()), 1000);
  EXPECT_THAT(text, HasSubstr("was refused: its certificate demands that an answer of OCSP is sent "
                              "along, and it sent none that counts."));
  EXPECT_THAT(text, HasSubstr("turn stapling on (nginx: ssl_stapling on)"));
  EXPECT_THAT(text, Not(HasSubstr("Get a revocation list")));
  verdict.findings.front().evidence.wanted = "CN=Acme";
  EXPECT_THAT(to_text(explain(verdict, kRecord, context()), 1000),
              HasSubstr("Get a revocation list"));
}

// What servers send along is about their own certificate.
TEST(ToText, SendsForTheListOfWhoIssuedAnIntermediate) {
  auto verdict = judge_case(with_faults({}));
  verdict.decision = Decision::untrusted;
  verdict.findings = {{.code = revocation_unknown, .certificate = 0}};
  auto text = to_text(explain(verdict, kRecord, context()), 1000);
  EXPECT_THAT(text,
              HasSubstr("Get a revocation list of \"Acme Issuing CA 2\" that has not run out, "
                        "and give it along, or have the server send an answer of OCSP along."));
  verdict.findings.front().certificate = 1;
  text = to_text(explain(verdict, kRecord, context()), 1000);
  EXPECT_THAT(text, HasSubstr("no revocation list at hand says whether the certificate "
                              "\"Acme Issuing CA 2\" still holds"));
  EXPECT_THAT(text, HasSubstr("Get a revocation list of \"Acme Root R1\" that has not run out"));
  EXPECT_THAT(text, Not(HasSubstr("have the server send")));
}

TEST(ToText, SaysOfATrustedServerThatItsPinWasPassedOverAndWhoVouches) {
  auto made = with_faults({});
  made.anchors.push_back(certificate("self"));
  const auto text = to_text(explain(judge_case(made), kRecord, context()), 1000);
  EXPECT_THAT(text, HasSubstr("is trusted, but it shows another certificate (SHA-256 " +
                              made.presented.front().fingerprint()));
  EXPECT_THAT(text, HasSubstr("which is trusted too, vouches for it"));
}

TEST(ToText, NamesACrossCertificateThatLeadsNowhere) {
  auto verdict = judge_case(with_faults({}));
  verdict.decision = Decision::untrusted;
  verdict.findings = {{.code = better_path_exists, .certificate = verdict.path.path.size() - 1}};
  verdict.findings.front().evidence.found = {"Old Root"};
  const auto text = to_text(explain(verdict, kRecord, context()), 1000);
  EXPECT_THAT(text, HasSubstr("issued by Old Root, which leads to no trusted certificate; it is "
                              "trusted by another path"));
  // Though that path ends in a trusted certificate, it is not that one that has to go.
  EXPECT_THAT(text, HasSubstr("Take that certificate out of the server's certificate file."));
}

}  // namespace
}  // namespace sealtone::explain
