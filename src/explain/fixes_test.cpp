// SPDX-License-Identifier: Apache-2.0
#include "explain/fixes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/certificate_words.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"
#include "trust/sip_names.h"

namespace sealtone::explain {
namespace {

using enum trust::FindingCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using trust::Decision;
using trust::testing::Case;
using trust::testing::certificate;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;
using x509::Certificate;

const handshake::HandshakeRecord kNothingSaid;

Explanation explained(const Case& made, const std::vector<Certificate>& at_hand = {},
                      std::string server = "prov.example.com", std::string target = "/") {
  const Context context{
      .server = std::move(server), .target = std::move(target), .now = kNow, .at_hand = at_hand};
  return explain(judge_case(made), kNothingSaid, context);
}

Fix fix_of(const Explanation& explanation, trust::FindingCode code) {
  for (const auto& finding : explanation.findings) {
    if (finding.code == code) return finding.fix;
  }
  ADD_FAILURE() << trust::word(code) << " was not found";
  return {};
}

// Uploads the certificate that the verdict names, and asks again.
Decision after_upload(Case made, const Fix& fix) {
  made.anchors.push_back(fix.missing.value());
  return judge_case(made).decision;
}

TEST(AddTrusted, CuresTheRefusalWithTheRootThatWasSent) {
  auto made = with_faults({issuer_unknown});
  made.presented.push_back(certificate("root"));
  const auto explanation = explained(made);
  const auto fix = fix_of(explanation, issuer_unknown);
  EXPECT_EQ(fix.kind, FixKind::add_trusted);
  EXPECT_EQ(fix.missing, certificate("root"));
  EXPECT_EQ(fix.file, "acme-root-r1.pem");
  EXPECT_THAT(fix.say, HasSubstr("SHA-256 " + certificate("root").fingerprint()));
  EXPECT_THAT(fix.desk_phones,
              ElementsAre("static.trusted_certificates.url = https://YOUR-SERVER/acme-root-r1.pem",
                          "static.security.ca_cert = 2"));
  EXPECT_THAT(fix.desk_phones_note, HasSubstr("a server that the phones can reach and trust"));
  ASSERT_NE(explanation.save_missing(), nullptr);
  EXPECT_EQ(after_upload(made, *explanation.save_missing()), Decision::trusted);
}

TEST(AddTrusted, CuresTheRefusalWithTheRootThatIsAtHand) {
  const auto made = with_faults({issuer_unknown});
  const auto fix =
      fix_of(explained(made, {certificate("other"), certificate("root")}), issuer_unknown);
  EXPECT_EQ(fix.missing, certificate("root"));
  EXPECT_THAT(fix.say, HasSubstr("this machine holds the certificate of \"Acme Root R1\""));
  EXPECT_EQ(after_upload(made, fix), Decision::trusted);
}

TEST(AddTrusted, CuresAnIncompleteChainWithTheIssuingCaThatIsAtHand) {
  const auto made = with_faults({chain_incomplete});
  const auto fix =
      fix_of(explained(made, {certificate("root"), certificate("int")}), issuer_unknown);
  EXPECT_EQ(fix.missing, certificate("int"));
  EXPECT_EQ(after_upload(made, fix), Decision::trusted);
}

TEST(AddTrusted, CuresASelfSignedCertificateWithItself) {
  const auto made = with_faults({self_signed_leaf});
  const auto fix = fix_of(explained(made), self_signed_leaf);
  EXPECT_EQ(fix.kind, FixKind::add_trusted);
  EXPECT_EQ(fix.missing, made.presented[0]);
  EXPECT_THAT(fix.say, HasSubstr(made.presented[0].fingerprint()));
  EXPECT_EQ(after_upload(made, fix), Decision::trusted);
}

TEST(AddTrusted, ShowsNoFingerprintOfWhatNobodyHolds) {
  const auto fix =
      fix_of(explained(with_faults({issuer_unknown}), {certificate("other")}), issuer_unknown);
  EXPECT_EQ(fix.kind, FixKind::add_trusted);
  EXPECT_FALSE(fix.missing);
  EXPECT_EQ(fix.file, "");
  EXPECT_THAT(fix.say, Not(HasSubstr("SHA-256")));
  EXPECT_THAT(fix.say, HasSubstr("unchecked: http://pki.example.com/acme-root-r1.cer"));
}

// Another root of the same name made no signature here: trusting it would cure nothing.
TEST(AddTrusted, TakesNoCertificateThatOnlyHasTheName) {
  const auto made = with_faults({issuer_unknown});
  const auto impostor = certificate("int-not-ca");
  EXPECT_FALSE(fix_of(explained(made, {impostor}), issuer_unknown).missing);
}

TEST(AddTrusted, IsNotTheFixForACertificateThatTrustWouldNotHelp) {
  for (const auto fault : {expired, not_yet_valid, weak_key}) {
    const auto made = with_faults({self_signed_leaf, fault});
    const auto fix = fix_of(explained(made), self_signed_leaf);
    EXPECT_EQ(fix.kind, FixKind::replace_certificate) << trust::word(fault);
    EXPECT_FALSE(fix.missing);
  }
}

TEST(SendIntermediate, CuresTheRefusalWithTheCertificateItNames) {
  auto made = with_faults({chain_incomplete});
  const auto fix = fix_of(explained(made, {certificate("int")}), chain_incomplete);
  EXPECT_EQ(fix.kind, FixKind::send_intermediate);
  EXPECT_EQ(fix.file, "acme-issuing-ca-2.pem");
  made.presented.push_back(fix.missing.value());
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
}

TEST(SendIntermediate, SaysWhereToAskForAMissingOne) {
  const auto fix = fix_of(explained(with_faults({chain_incomplete})), chain_incomplete);
  EXPECT_FALSE(fix.missing);
  EXPECT_THAT(fix.say, HasSubstr("http://pki.example.com/acme-issuing-ca-2.cer"));
  EXPECT_THAT(fix.say, Not(HasSubstr("SHA-256")));
}

TEST(ChangeName, CuresTheRefusalWithTheNameItGives) {
  auto made = with_faults({name_mismatch});
  const auto fix = fix_of(explained(made, {}, "www.example.net:8443"), name_mismatch);
  EXPECT_EQ(fix.kind, FixKind::change_name);
  EXPECT_THAT(fix.desk_phones,
              ElementsAre("static.auto_provision.server.url = https://prov.example.com:8443/"));
  made.reference = trust::ReferenceIdentifier::from_host("prov.example.com");
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
}

TEST(ChangeName, KeepsPortAndFolderOfWhatWasAskedFor) {
  const auto made = with_faults({name_mismatch});
  const auto lines = [&](const char* server, const char* target) {
    return fix_of(explained(made, {}, server, target), name_mismatch).desk_phones;
  };
  EXPECT_THAT(lines("www.example.net:443", "/"),
              ElementsAre("static.auto_provision.server.url = https://prov.example.com/"));
  EXPECT_THAT(lines("192.0.2.7:8443", "/phones/y000000000000.cfg?a=b/c"),
              ElementsAre("static.auto_provision.server.url = "
                          "https://prov.example.com:8443/phones/"));
}

Fix handshake_fix(trust::Finding finding, const handshake::HandshakeRecord& record = kNothingSaid,
                  std::string server = "prov.example.com") {
  trust::Verdict verdict;
  verdict.findings.push_back(std::move(finding));
  const Context context{.server = std::move(server), .target = "/phones/a.cfg", .now = kNow};
  return explain(verdict, record, context).findings[0].fix;
}

TEST(DeskPhones, AreNeverSentToTheirOwnLoopback) {
  const auto renamed = [](std::vector<std::string> names) {
    return handshake_fix({name_mismatch, {}, {.found = std::move(names)}}, kNothingSaid,
                         "127.0.0.1:8443");
  };
  for (const char* here : {"localhost", "phone.localhost", "127.0.0.1"}) {
    const auto fix = renamed({here});
    EXPECT_EQ(fix.kind, FixKind::change_name) << here;
    EXPECT_THAT(fix.say, HasSubstr(here));
    EXPECT_THAT(fix.desk_phones, IsEmpty()) << here;
    EXPECT_THAT(renamed({here, "127.example.com"}).desk_phones,
                ElementsAre("static.auto_provision.server.url = "
                            "https://127.example.com:8443/phones/"));
  }
  const auto clear = handshake_fix({tls_on_plain_port}, kNothingSaid, "127.0.0.1:8443");
  EXPECT_THAT(clear.desk_phones,
              ElementsAre("static.auto_provision.server.url = https://YOUR-SERVER:8443/phones/"));
  EXPECT_THAT(clear.desk_phones_note, HasSubstr("YOUR-SERVER stands for"));
  EXPECT_THAT(handshake_fix({tls_on_plain_port}, kNothingSaid, "[2001:db8::1]:443").desk_phones,
              ElementsAre("static.auto_provision.server.url = https://[2001:db8::1]/phones/"));
  EXPECT_THAT(handshake_fix({sni_needed}, kNothingSaid, "192.0.2.7:8443").desk_phones,
              ElementsAre("static.auto_provision.server.url = https://HOST-NAME:8443/phones/"));
}

TEST(ChangeName, NeverSendsToTheNameThatDidNotCount) {
  const auto fix_for = [](std::string wanted, std::vector<std::string> found, std::string detail) {
    return handshake_fix(
        {name_mismatch,
         0,
         {.wanted = std::move(wanted), .found = std::move(found), .detail = std::move(detail)}});
  };
  const auto address = fix_for("192.0.2.7", {"192.0.2.7", "a.example.com"}, "");
  EXPECT_EQ(address.kind, FixKind::change_name);
  EXPECT_EQ(address.say,
            "Reach the server by a name that its certificate has, \"a.example.com\", or put a "
            "certificate on the server that has \"192.0.2.7\" as an iPAddress name.");
  EXPECT_EQ(fix_for("192.0.2.7", {"192.0.2.7"}, "").kind, FixKind::replace_certificate);

  // Where addresses do not count, no certificate makes one count.
  const auto sip = fix_for("192.0.2.7", {"192.0.2.7"}, std::string(trust::kSipRules));
  EXPECT_EQ(sip.kind, FixKind::change_name);
  EXPECT_THAT(sip.say, HasSubstr("sealtone.security.sip_address_names = 1"));
  EXPECT_THAT(sip.say, Not(HasSubstr("put a certificate")));
  EXPECT_THAT(fix_for("a.example.com", {"a.example.com"}, std::string(trust::kSipRules)).say,
              HasSubstr("as the URI of a SIP domain, or no such URI"));
}

TEST(ChangeName, IsNotTheFixWhereTheCertificateHasNoNameToUse) {
  auto made = with_faults({name_mismatch});
  made.presented[0] = certificate("leaf-cn-only");
  const auto fix = fix_of(explained(made), name_mismatch);
  EXPECT_EQ(fix.kind, FixKind::replace_certificate);
  EXPECT_THAT(fix.desk_phones, IsEmpty());
}

TEST(ReplaceCertificate, IsTheFixForWhatOnlyTheServersOwnerCanCure) {
  for (const auto code :
       {expired, bad_signature, weak_signature, weak_key, eku_missing, not_a_ca}) {
    const auto made = with_faults({code});
    EXPECT_EQ(fix_of(explained(made), code).kind, FixKind::replace_certificate)
        << trust::word(code);
  }
}

TEST(ReplaceCertificate, SpeaksOfTheListWhereTheTrustedOneExpired) {
  auto made = with_faults({self_signed_leaf, expired});
  made.anchors = made.presented;
  const auto fix = fix_of(explained(made), expired);
  EXPECT_THAT(fix.say, HasSubstr("under Security > Trusted Certificates, and delete this one"));
}

TEST(SetClock, IsTheFixForAClockThatWasNeverSetAlone) {
  const auto made = with_faults({not_yet_valid});
  EXPECT_EQ(fix_of(explained(made), not_yet_valid).kind, FixKind::replace_certificate);
  const auto long_ago = std::chrono::sys_days{std::chrono::year{2001} / 1 / 1};
  trust::Policy policy;
  policy.clock = trust::ClockFloor{trust::testing::kNow};
  const auto verdict =
      trust::judge(made.presented, x509::AnchorSet(made.anchors), made.reference, policy, long_ago);
  const auto explanation =
      explain(verdict, kNothingSaid, {.server = "prov.example.com", .now = long_ago});
  EXPECT_EQ(
      explanation.headline,
      "prov.example.com was refused: this clock says 2001-01-01 00:00:00 UTC, which is before "
      "2026-06-01 00:00:00 UTC: it was never set, so that nobody can tell whether its "
      "certificate is still valid.");
  const auto fix = fix_of(explanation, clock_unset);
  EXPECT_EQ(fix.kind, FixKind::set_clock);
  EXPECT_THAT(fix.desk_phones, ElementsAre("local_time.ntp_server1 = YOUR-TIME-SERVER"));
}

TEST(TrustTheNewOne, IsTheFixForAPinThatChangedIfTheNewOneIsSound) {
  auto made = with_faults({self_signed_leaf});
  made.anchors = {certificate("leaf")};
  const auto fix = fix_of(explained(made), pin_changed);
  EXPECT_EQ(fix.kind, FixKind::add_trusted);
  EXPECT_EQ(fix.missing, certificate("self"));
  EXPECT_THAT(fix.say, HasSubstr(certificate("self").fingerprint()));
  made.presented = {certificate("self-expired")};
  const auto late = fix_of(explained(made), pin_changed);
  EXPECT_EQ(late.kind, FixKind::replace_certificate);
  EXPECT_THAT(late.say, HasSubstr("would not help"));
}

TEST(SetClientCertificate, NamesTheIssuersThatTheServerTakes) {
  const auto record =
      handshake::testing::talk(handshake::testing::unchanged, handshake::testing::ask_client)
          .client;
  const auto fix = handshake_fix({client_certificate_wanted_none_set}, record);
  EXPECT_EQ(fix.kind, FixKind::set_client_certificate);
  EXPECT_EQ(fix.say,
            "Upload a certificate with its private key, issued by \"Acme Root R1\", under Security "
            "> Server Certificates; it is shown to servers that ask.");
  EXPECT_THAT(fix.desk_phones,
              ElementsAre("static.server_certificates.url = https://YOUR-SERVER/phone.pem",
                          "static.security.dev_cert = 1"));
}

TEST(EnableVersion, TellsAnOldServerFromOneThatIsAheadOfUs) {
  EXPECT_THAT(handshake_fix({version_gap, {}, {.wanted = "TLS 1.2, TLS 1.3"}}).say,
              HasSubstr("Enable TLS 1.2 or TLS 1.3 on the server"));
  EXPECT_THAT(handshake_fix({version_gap, {}, {.wanted = "TLS 1.0"}}).say,
              HasSubstr("Allow newer versions here than TLS 1.0"));
  EXPECT_EQ(handshake_fix({version_gap, {}, {.wanted = "TLS 1.3"}}).say,
            "Enable TLS 1.3 on the server, or allow TLS 1.2 here.");
  EXPECT_EQ(handshake_fix({version_gap}).kind, FixKind::enable_version);
}

TEST(Fixes, TellTheClientToUseTlsInTheServersRole) {
  handshake::HandshakeRecord record;
  record.role = handshake::Role::server;
  EXPECT_THAT(handshake_fix({plain_text_on_tls_port, {}, {.found = {"HTTP"}}}, record).say,
              HasSubstr("https://"));
}

TEST(Fixes, SpeakOfTheTlsPortOnlyWhereHttpAnswered) {
  EXPECT_THAT(handshake_fix({plain_text_on_tls_port, {}, {.found = {"HTTP"}}}).say,
              HasSubstr("443"));
  EXPECT_THAT(handshake_fix({plain_text_on_tls_port, {}, {.found = {"SSH"}}}).say,
              Not(HasSubstr("443")));
}

// A server does not say which it was.
TEST(CommonCipher, NamesTheServersOwnKeyAsAPossibleCause) {
  const auto hint = [](const std::string& offered) {
    trust::Verdict verdict;
    verdict.findings.push_back({.code = cipher_gap, .evidence = {.wanted = offered}});
    const Context context{.server = "prov.example.com", .now = kNow};
    return fix_of(explain(verdict, kNothingSaid, context), cipher_gap).say;
  };
  EXPECT_THAT(hint("TLS_AES_128_GCM_SHA256"), HasSubstr("on a curve (such as secp256k1)"));
  EXPECT_THAT(hint("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
              HasSubstr("RSA 2048 or EC P-256 there"));
  EXPECT_THAT(hint("TLS_RSA_WITH_AES_128_CBC_SHA"), HasSubstr("a key of RSA 2048 there"));
}

TEST(OwnCertificate, ComesFirstInAFileBeforeAnythingElseIsDoneAboutIt) {
  const auto made = with_faults({expired, name_mismatch});
  Context context{.server = "prov.example.com", .now = kNow};
  context.not_installed = "turned.pem";
  context.own_stands_behind = "prov.example.com";
  const auto explanation = explain(judge_case(made), kNothingSaid, context);
  for (const auto& finding : explanation.findings) {
    EXPECT_THAT(finding.fix.say, HasSubstr("In turned.pem, put the server's own certificate, "
                                           "\"prov.example.com\", first"));
    EXPECT_EQ(finding.fix.kind, FixKind::replace_certificate);
  }
}

// The order of the file is right: it is the key that is another's.
TEST(WrongKey, OfAnAuthorityIsTheWrongFileAndNotTheWrongOrder) {
  auto verdict = judge_case(with_faults({}));
  verdict.findings = {{.code = wrong_key, .certificate = 0}};
  const auto hint = [&](std::vector<std::string> found) {
    verdict.findings.front().evidence.found = std::move(found);
    const Context context{.server = "prov.example.com", .now = kNow};
    return explain(verdict, kNothingSaid, context).findings.front();
  };
  const auto authoritys = hint({"EC P-256", "Acme Issuing", "CA"});
  EXPECT_THAT(authoritys.says, HasSubstr("that of \"Acme Issuing\", a certificate authority's"));
  EXPECT_THAT(authoritys.fix.say,
              HasSubstr("Take the private key of the server's own certificate"));
  EXPECT_THAT(hint({"EC P-256", "Other"}).fix.say,
              HasSubstr("put the certificate of \"Other\" first"));
  EXPECT_THAT(hint({"EC P-256"}).fix.say,
              HasSubstr("Take the private key that the certificate was"));
}

// Where several files are at hand, "that file" could be any.
TEST(SendIntermediate, NamesTheFileThatLacksIt) {
  const auto made = with_faults({chain_incomplete});
  Context context{.server = "prov.example.com", .now = kNow};
  context.not_installed = "srv.pem";
  const auto explanation = explain(judge_case(made), kNothingSaid, context);
  bool named = false;
  for (const auto& finding : explanation.findings) {
    if (finding.fix.kind != FixKind::send_intermediate) continue;
    named = true;
    EXPECT_THAT(finding.fix.say, testing::StartsWith("In srv.pem, put the certificate of "));
  }
  EXPECT_TRUE(named);
}

TEST(AsPhones, NamesTheSettingsThatTheyHave) {
  const auto made = with_faults({issuer_unknown});
  Context context{.server = "prov.example.com", .now = kNow};
  context.as_phones = DeskPhones{DeskPhones::Names::plain};
  const auto fix = fix_of(explain(judge_case(made), kNothingSaid, context), issuer_unknown);
  ASSERT_FALSE(fix.desk_phones.empty());
  EXPECT_EQ(fix.desk_phones.front().find("trusted_certificates.url = "), 0U);
}

}  // namespace
}  // namespace sealtone::explain
