// SPDX-License-Identifier: Apache-2.0
//
// sealtone check of SIP over TLS: names by RFC 5922, and what is answered to an OPTIONS; and of
// names that are written in other letters.
#include "e2e/check_fixture.h"
#include "support/kamailio.h"

namespace sealtone::test {
namespace {

class CheckSip : public Check {
 protected:
  Identity with(const std::vector<std::string>& names, const std::string& usage = "serverAuth") {
    Wish wish;
    wish.common_name = "pbx";
    wish.names = names;
    wish.extended_key_usage = usage;
    return certificates_.issue("pbx-" + std::to_string(++issued_), wish, root_);
  }
  // By a SIP domain's name, at this computer.
  Answer check_sip(const Identity& identity, const std::string& domain) {
    const OpensslServer server(identity, kAnswersAtOnce);
    return check(server.port(), root_.certificate, {"--sip", "--name", domain});
  }
  // What it is asked it says backwards, so that nothing is waited for.
  const Arguments kAnswersAtOnce = {"-rev"};
  int issued_ = 0;
};

TEST_F(CheckSip, NamesAreComparedByRfc5922) {
  const auto sip = with({"URI:sip:example.com", "DNS:pbx.example.com"});
  expect(check_sip(sip, "example.com"), "trusted", "", 0);
  expect(check_sip(sip, "pbx.example.com"), "untrusted", "name-mismatch", 1);
  expect(check_sip(with({"DNS:*.example.com"}), "pbx.example.com"), "untrusted", "name-mismatch",
         1);
  expect(check_sip(with({"URI:sips:example.com"}), "example.com"), "untrusted", "name-mismatch", 1);
  expect(check_sip(with({"DNS:example.com"}, "1.3.6.1.5.5.7.3.20"), "example.com"), "trusted", "",
         0);
  expect(check_sip(with({"DNS:example.com"}, "clientAuth"), "example.com"), "untrusted",
         "eku-missing", 1);
}

TEST_F(CheckSip, SipsAddressesAreJudgedSo) {
  const OpensslServer server(with({"URI:sip:localhost", "IP:127.0.0.1"}), kAnswersAtOnce);
  const auto port = std::to_string(server.port());
  const auto answer = check("sips:localhost:" + port, root_.certificate);
  expect(answer, "trusted", "", 0);
  EXPECT_EQ(answer.all.at("verdict").at("weak").size(), 0U);
  EXPECT_EQ(answer.all.at("names_by"), "RFC 5922");
  EXPECT_EQ(answer.all.at("http"), nullptr);
  expect(check("sips:127.0.0.1:" + port, root_.certificate), "trusted", "", 0);
  const auto by_https = check("localhost:" + port, root_.certificate);
  expect(by_https, "untrusted", "name-mismatch", 1);
  EXPECT_EQ(by_https.all.at("sip"), nullptr);
  const auto text =
      sealtone({"check", "sips:127.0.0.1:" + port, "--trust", root_.certificate.string()});
  EXPECT_EQ(text.status, 0) << text.out;
  // Once: among what is weak.
  const auto said = unwrapped(text.out);
  const auto first = said.find("RFC 5922 has no addresses");
  EXPECT_NE(first, std::string::npos) << text.out;
  EXPECT_EQ(said.find("RFC 5922 has no addresses", first + 1), std::string::npos) << text.out;
  const auto refused = sealtone({"check", "sips:127.0.0.1:" + port, "--trust",
                                 root_.certificate.string(), "--sip-address-names", "off"});
  EXPECT_NE(unwrapped(refused.out).find("here none counts"), std::string::npos) << refused.out;
}

TEST_F(CheckSip, AddressesCountBySettingAlone) {
  const OpensslServer server(with({"URI:sip:localhost", "IP:127.0.0.1"}), kAnswersAtOnce);
  const auto target = "sips:127.0.0.1:" + std::to_string(server.port());
  const auto on = check(target, root_.certificate, {"--sip-address-names", "on"});
  expect(on, "trusted", "", 0);
  ASSERT_EQ(on.all.at("verdict").at("weak").size(), 1U) << on.all.at("verdict");
  EXPECT_TRUE(on.all.at("verdict").at("weak").at(0).get<std::string>().starts_with(
      "It was reached by its address, 127.0.0.1, which counts here by a setting; RFC 5922 has no "))
      << on.all.at("verdict").at("weak");
  EXPECT_NE(on.all.at("sip").at("names").get<std::string>().find("RFC 5922 has no addresses"),
            std::string::npos);
  const auto off = check(target, root_.certificate, {"--sip-address-names", "off"});
  expect(off, "untrusted", "name-mismatch", 1);
  EXPECT_EQ(off.all.at("verdict").at("weak").size(), 0U);
  EXPECT_NE(off.all.at("verdict")
                .at("findings")
                .at(0)
                .at("details")
                .get<std::string>()
                .find("RFC 5922 has no addresses as identities"),
            std::string::npos);
  // The phone's own setting, where it is the phone's list.
  const auto state = (folder_.path() / "phone").string();
  ASSERT_EQ(sealtone({"trust", "add", root_.certificate.string(), "--state", state}).status, 0);
  EXPECT_EQ(sealtone({"check", target, "--state", state}).status, 0);
  ASSERT_EQ(sealtone({"set", "sealtone.security.sip_address_names", "0", "--state", state}).status,
            0);
  EXPECT_EQ(sealtone({"check", target, "--state", state}).status, 1);
}

TEST_F(CheckSip, FileForAnAddressIsToldTheSame) {
  const auto file = folder_.write("full.pem", with({"IP:127.0.0.1"}).pem()).string();
  const Arguments asked{
      "check", "--chain", file, "--name", "127.0.0.1", "--trust", root_.certificate.string(),
      "--sip"};
  const auto text = sealtone(asked);
  EXPECT_EQ(text.status, 0) << text.out;
  EXPECT_NE(unwrapped(text.out).find("Weak: It was reached by its address, 127.0.0.1"),
            std::string::npos)
      << text.out;
}

TEST_F(CheckSip, AsksARegistrarOneOptionsAndSaysWhatItAnswers) {
  const Kamailio kamailio({.identity = with({"URI:sip:localhost", "DNS:localhost"})});
  const auto port = std::to_string(kamailio.tls_port());
  for (const bool by_flag : {false, true}) {
    const auto answer = by_flag ? check("localhost:" + port, root_.certificate, {"--sip"})
                                : check("sips:201@localhost:" + port, root_.certificate);
    expect(answer, "trusted", "", 0);
    const auto& sip = answer.all.at("sip");
    EXPECT_EQ(sip.at("request"),
              by_flag ? "OPTIONS sip:localhost:" + port : "OPTIONS sips:201@localhost:" + port);
    EXPECT_EQ(sip.at("status"), 405);
    EXPECT_EQ(sip.at("reason"), "Method Not Allowed");
    EXPECT_TRUE(sip.at("server").get<std::string>().starts_with("kamailio (")) << sip;
    EXPECT_EQ(sip.at("allow").size(), 0U);
    EXPECT_NE(sip.at("says").get<std::string>().find("it speaks SIP, and takes no OPTIONS"),
              std::string::npos)
        << sip;
    EXPECT_EQ(answer.all.at("handshake").at("closed_by"), "client") << answer.all.at("handshake");
  }
  EXPECT_EQ(kamailio.times("HEARD OPTIONS"), 2U) << kamailio.log();
  const auto text = sealtone({"check", "sips:localhost:" + port, "--trust",
                              root_.certificate.string(), "--name", "localhost"});
  EXPECT_EQ(text.status, 0) << text.out;
  EXPECT_NE(unwrapped(text.out).find(
                "The server answered OPTIONS sips:localhost with 405 Method Not Allowed"),
            std::string::npos)
      << text.out;
}

TEST_F(CheckSip, ServerThatIsRefusedHearsNothing) {
  const Kamailio kamailio({.identity = with({"DNS:other.example.com"})});
  const auto answer =
      check("sips:localhost:" + std::to_string(kamailio.tls_port()), root_.certificate);
  expect(answer, "untrusted", "name-mismatch", 1);
  EXPECT_EQ(answer.all.at("sip").at("request"), nullptr);
  EXPECT_EQ(answer.all.at("sip").at("status"), nullptr);
  EXPECT_NE(answer.all.at("sip").at("says").get<std::string>().find("Nothing was asked in SIP"),
            std::string::npos);
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
}

TEST_F(CheckSip, CertificateOfOursIsShownWhereItIsDemanded) {
  const Kamailio kamailio(
      {.identity = with({"DNS:localhost"}), .client_anchors = root_.certificate});
  const auto target = "sips:localhost:" + std::to_string(kamailio.tls_port());
  const auto without = check(target, root_.certificate);
  expect(without, "trusted", "client-certificate-wanted-none-set", 1);
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
  const auto ours = certificates_.client(root_);
  const auto file = folder_.write("ours.pem", ours.pem() + ours.key_pem()).string();
  const auto shown = check(target, root_.certificate, {"--client", file});
  expect(shown, "trusted", "", 0);
  EXPECT_EQ(shown.all.at("sip").at("status"), 405);
}

TEST_F(CheckSip, WhatAnswersWithoutSpeakingSipIsToldAndChangesNoVerdict) {
  const auto identity = with({"DNS:localhost"});
  const auto says = [&](std::uint16_t port) {
    const auto answer = check("sips:localhost:" + std::to_string(port), root_.certificate);
    EXPECT_EQ(answer.decision, "trusted");
    EXPECT_EQ(answer.all.at("sip").at("status"), nullptr);
    EXPECT_EQ(answer.all.at("sip").at("request"), "OPTIONS sips:localhost:" + std::to_string(port));
    return answer.all.at("sip").at("says").get<std::string>();
  };
  const Nginx web({.server = nginx_identity(identity), .http = {}});
  EXPECT_NE(says(web.port()).find("the other side speaks HTTP"), std::string::npos);
  const OpensslServer backwards(identity, kAnswersAtOnce);
  EXPECT_NE(says(backwards.port()).find("was not answered in SIP"), std::string::npos);
  const OpensslServer silent(identity);
  EXPECT_NE(says(silent.port()).find("Nothing came in SIP within 10 seconds"), std::string::npos);
}

TEST_F(CheckSip, MismatchNamesTheRule) {
  const auto answer = check_sip(with({"URI:sip:example.com"}), "pbx.example.com");
  const auto& finding = answer.all.at("verdict").at("findings").at(0);
  EXPECT_NE(finding.at("says").get<std::string>().find("by the rules for SIP (RFC 5922)"),
            std::string::npos)
      << finding.at("says");
  EXPECT_NE(finding.at("details").get<std::string>().find("RFC 5922 §7.1"), std::string::npos);
  EXPECT_EQ(finding.at("fix").at("kind"), "change-name");
  EXPECT_EQ(finding.at("fix").at("desk_phones").at(0),
            "account.1.sip_server.1.address = example.com");
}

TEST_F(CheckSip, OverHttpsNoSipIsSpoken) {
  const auto finished = sealtone({"check", "https://127.0.0.1:9/", "--sip"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_NE(finished.err.find("over https no SIP is spoken"), std::string::npos) << finished.err;
}

TEST_F(Check, NameInOtherLettersIsComparedAsItsALabels) {
  auto wish = server_wish();
  wish.names = {"DNS:xn--bcher-kva.example"};
  const OpensslServer server(issued(wish));
  const auto named = [&](const std::string& name) {
    return check(server.port(), root_.certificate, {"--name", name});
  };
  expect(named("b\u00FCcher.example"), "trusted", "", 0);
  expect(named("B\u00DCCHER.example"), "trusted", "", 0);
  expect(named("xn--bcher-kva.example"), "trusted", "", 0);
  const auto other = named("bucher.example");
  expect(other, "untrusted", "name-mismatch", 1);
  EXPECT_NE(other.all.at("verdict")
                .at("headline")
                .get<std::string>()
                .find("\"xn--bcher-kva.example\" (b\u00FCcher.example)"),
            std::string::npos)
      << other.all.at("verdict").at("headline");
  for (const std::string bad : {"xn--bcher-kv.example", "a\u202Eb.example", "-\u00FC.example"}) {
    const auto finished = sealtone({"check", "127.0.0.1:" + std::to_string(server.port()),
                                    "--trust", root_.certificate.string(), "--name", bad});
    EXPECT_EQ(finished.status, 2) << bad;
    EXPECT_NE(finished.err.find("internationalised"), std::string::npos) << finished.err;
  }
}

}  // namespace
}  // namespace sealtone::test
