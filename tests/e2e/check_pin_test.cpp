// SPDX-License-Identifier: Apache-2.0
//
// sealtone check by a list that holds servers' own certificates: each vouches for itself alone, and
// fails closed when the server shows another one.
#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

class CheckPin : public Check {
 protected:
  // "AB:CD:…" of a certificate.
  static std::string sha256(const Identity& identity) {
    const auto line = run_ok({"openssl", "x509", "-in", identity.certificate.string(), "-noout",
                              "-fingerprint", "-sha256"});
    return line.substr(line.find('=') + 1, 95);
  }

  Identity old_ = certificates_.self_signed("old", server_wish());
  Identity new_ = certificates_.self_signed("new", server_wish());
};

TEST_F(CheckPin, ThatTheServerShowsIsTrusted) {
  const OpensslServer server(old_);
  expect(check(server.port(), old_.certificate), "trusted", "", 0);
}

TEST_F(CheckPin, ThatChangedIsFoundAndCuredByTheNewOne) {
  const OpensslServer server(new_);
  const auto answer = check(server.port(), old_.certificate);
  expect(answer, "untrusted", "pin-changed self-signed-leaf", 1);
  const auto& finding = answer.all["verdict"]["findings"][0];
  EXPECT_EQ(finding["evidence"]["wanted"], sha256(old_));
  EXPECT_EQ(finding["evidence"]["found"], nlohmann::json::array({sha256(new_)}));
  const auto headline = answer.all["verdict"]["headline"].get<std::string>();
  EXPECT_NE(headline.find(sha256(old_)), std::string::npos) << headline;
  EXPECT_NE(headline.find(sha256(new_)), std::string::npos) << headline;
  const auto details = finding["details"].get<std::string>();
  EXPECT_NE(details.find(old_.serial()), std::string::npos) << details;
  EXPECT_NE(details.find(new_.serial()), std::string::npos) << details;
  // The next step, done: the certificate it names beside the old one, and in its place.
  ASSERT_EQ(finding["fix"]["kind"], "add-trusted");
  const auto named = folder_.write("named.pem", finding["fix"]["pem"].get<std::string>());
  const auto both = folder_.write("both.pem", old_.pem() + read_text(named));
  expect(check(server.port(), both), "trusted", "", 0);
  expect(check(server.port(), named), "trusted", "", 0);
}

TEST_F(CheckPin, ThatWasRenewedByAnAuthorityRefusesUnlessTheAuthorityIsTrustedAndIsToldThen) {
  const auto issued_one = issued(server_wish());
  const OpensslServer server(issued_one);
  const auto answer = check(server.port(), old_.certificate);
  EXPECT_EQ(answer.decision, "untrusted");
  EXPECT_TRUE(answer.codes.starts_with("pin-changed issuer-unknown chain-incomplete"))
      << answer.codes;
  const auto both = folder_.write("both.pem", old_.pem() + root_.pem());
  const auto told = check(server.port(), both);
  expect(told, "trusted", "pin-changed", 1);
  const auto headline = told.all["verdict"]["headline"].get<std::string>();
  EXPECT_NE(headline.find("is trusted, but it shows another certificate"), std::string::npos);
  EXPECT_NE(headline.find("which is trusted too, vouches for it"), std::string::npos) << headline;
  // What is shown is trusted itself: the renewal was prepared, and nothing is to be told.
  const auto prepared = folder_.write("all.pem", old_.pem() + root_.pem() + issued_one.pem());
  expect(check(server.port(), prepared), "trusted", "", 0);
}

TEST_F(CheckPin, DoesNotHideWhatElseIsWrongWithTheNewOne) {
  auto wish = server_wish();
  wish.names = {"DNS:elsewhere.example"};
  wish.not_after = "20240101000000Z";
  const OpensslServer server(certificates_.self_signed("late", wish));
  const auto answer = check(server.port(), old_.certificate);
  expect(answer, "untrusted", "pin-changed self-signed-leaf expired name-mismatch", 1);
  EXPECT_EQ(answer.all["verdict"]["findings"][0]["fix"]["kind"], "replace-certificate");
}

TEST_F(CheckPin, OfAnotherServerSaysNothing) {
  auto wish = server_wish();
  wish.names = {"DNS:other.example"};
  const auto other = certificates_.self_signed("other", wish);
  const OpensslServer server(new_);
  expect(check(server.port(), other.certificate), "untrusted", "self-signed-leaf", 1);
}

TEST_F(CheckPin, VouchesForNoOther) {
  // Issued by the pin's own key, under its name.
  const auto below = certificates_.issue("below", server_wish(), old_);
  const OpensslServer server(below, {"-cert_chain", old_.certificate.string()});
  const auto answer = check(server.port(), old_.certificate);
  EXPECT_EQ(answer.decision, "untrusted") << answer.codes;
}

}  // namespace
}  // namespace sealtone::test
