// SPDX-License-Identifier: Apache-2.0
#include "admin/fixtures.h"
#include "x509/made.h"

namespace sealtone::admin::test {
namespace {

using Chosen = trust::IssuerChoice::Kind;

class RejectedRoutes : public ApiTest {
 protected:
  // A server that was refused; what would be trusted for it cures, or not.
  void add(std::int64_t id, std::optional<Chosen> kind, const x509::Certificate& certificate,
           bool cures = true) {
    RejectedServer server{.row = {id,
                                  "provisioning",
                                  "prov.example.com:443",
                                  kNow,
                                  "It was refused.",
                                  {certificate.der()},
                                  {}},
                          .chain = {certificate},
                          .verdict = {},
                          .choice = {}};
    server.verdict.decision = trust::Decision::untrusted;
    if (kind) {
      server.choice = trust::IssuerChoice{.kind = *kind, .certificate = certificate, .after = {}};
      server.choice->after.decision = cures ? trust::Decision::trusted : trust::Decision::untrusted;
      server.choice->after.path.path = {certificate};
      trust::Finding expired{.code = trust::FindingCode::expired, .certificate = 0};
      if (!cures) server.choice->after.findings.push_back(expired);
    }
    phone_.rejected_.push_back(std::move(server));
  }
  http::Response trust_it(int id, const std::string& sha256) {
    return local("POST", "/api/rejected/" + std::to_string(id) + "/trust",
                 json{{"sha256", sha256}}.dump());
  }
  std::string before(int id) {
    return body(local("GET", "/api/rejected/" + std::to_string(id))).at("trust").at("says");
  }

  x509::Certificate root_ = made("Acme Root R1", true, random_).certificate;
  x509::Certificate leaf_ = made("prov.example.com", false, random_).certificate;
};

TEST_F(RejectedRoutes, ListAndShowWhatWasRefused) {
  add(7, Chosen::root_sent, root_);
  const auto rows = body(local("GET", "/api/rejected")).at("rejected");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0], (json{{"id", 7},
                           {"service", "provisioning"},
                           {"server", "prov.example.com:443"},
                           {"at", "2026-11-23T00:00:00Z"},
                           {"headline", "It was refused."}}));
  const auto shown = body(local("GET", "/api/rejected/7"));
  EXPECT_EQ(shown.at("certificates").at(0).at("sha256"), root_.fingerprint());
  EXPECT_EQ(shown.at("unreadable"), 0);
  EXPECT_EQ(shown.at("trust").at("kind"), "root-sent");
  EXPECT_EQ(shown.at("trust").at("cures"), true);
  EXPECT_EQ(shown.at("trust").at("certificate").at("sha256"), root_.fingerprint());
  EXPECT_EQ(local("GET", "/api/rejected/8").status, 404);
  EXPECT_EQ(local("GET", "/api/rejected/x").status, 404);
  EXPECT_EQ(remote("GET", "/api/rejected").status, 401);
}

TEST_F(RejectedRoutes, TrustWithTheFingerprintAlone) {
  add(7, Chosen::root_sent, root_);
  EXPECT_EQ(local("POST", "/api/rejected/7/trust", "{}").status, 422);
  EXPECT_EQ(local("POST", "/api/rejected/7/trust", "not JSON").status, 422);
  EXPECT_EQ(trust_it(7, leaf_.fingerprint()).status, 422);
  EXPECT_EQ(body(trust_it(7, leaf_.fingerprint())).at("code"), "mismatch");
  EXPECT_EQ(body(trust_it(7, root_.fingerprint().substr(0, 20))).at("code"), "bad-input");
  EXPECT_TRUE(phone_.snapshot()->trusted.empty());
  EXPECT_EQ(
      remote("POST", "/api/rejected/7/trust", json{{"sha256", root_.fingerprint()}}.dump()).status,
      401);

  const auto trusted = trust_it(7, root_.fingerprint().substr(0, 47));
  ASSERT_EQ(trusted.status, 200) << trusted.body;
  EXPECT_EQ(body(trusted).at("says"),
            "\"Acme Root R1\" is trusted from now on. prov.example.com:443 is accepted at the next "
            "connection.");
  ASSERT_EQ(phone_.snapshot()->trusted.size(), 1U);
  EXPECT_EQ(phone_.snapshot()->trusted[0].certificate, root_);
  EXPECT_EQ(phone_.snapshot()->trusted[0].origin,
            "command line: rejected server prov.example.com:443");
  EXPECT_EQ(trust_it(7, root_.fingerprint()).status, 409);
  EXPECT_EQ(local("GET", "/api/rejected/7/trust").status, 405);
  EXPECT_EQ(local("POST", "/api/rejected//trust", "{}").status, 404);
  EXPECT_EQ(local("POST", "/api/rejected/7/8/trust", "{}").status, 404);
}

TEST_F(RejectedRoutes, SayWhatWouldBeTrustedAndWhyThatOne) {
  add(1, Chosen::root_sent, root_);
  add(2, Chosen::at_hand, root_);
  add(3, Chosen::highest, root_);
  add(4, Chosen::itself, leaf_);
  add(5, Chosen::itself, root_);
  EXPECT_NE(before(1).find("the root \"Acme Root R1\", which the server sent"), std::string::npos);
  EXPECT_NE(before(2).find("which the server did not send and this phone holds"),
            std::string::npos);
  EXPECT_NE(before(3).find("the highest certificate that the server sent"), std::string::npos);
  EXPECT_NE(before(4).find("It is a pin"), std::string::npos) << before(4);
  EXPECT_EQ(before(5).find("It is a pin"), std::string::npos) << before(5);
  EXPECT_NE(before(5).find("whatever it issues would be trusted"), std::string::npos) << before(5);
  // Before version 3 nothing in a certificate says whether it may issue, and so it may.
  add(6, Chosen::itself, x509::test::made({.subject = "/CN=old", .version = 1}));
  EXPECT_EQ(before(6).find("It is a pin"), std::string::npos) << before(6);
  EXPECT_NE(before(6).find("whatever it issues would be trusted"), std::string::npos) << before(6);
  const auto pinned = body(trust_it(4, leaf_.fingerprint())).at("says").get<std::string>();
  EXPECT_NE(pinned.find("as a pin: for that very certificate alone"), std::string::npos) << pinned;
}

TEST_F(RejectedRoutes, SayWhatTrustingWouldNotCure) {
  add(1, Chosen::root_sent, root_, false);
  EXPECT_EQ(body(local("GET", "/api/rejected/1")).at("trust").at("cures"), false);
  EXPECT_NE(before(1).find("That would not be enough: The certificate of prov.example.com:443 "
                           "expired"),
            std::string::npos)
      << before(1);
  const auto after = body(trust_it(1, root_.fingerprint()));
  EXPECT_EQ(after.at("cures"), false);
  EXPECT_NE(after.at("says").get<std::string>().find("is still refused"), std::string::npos)
      << after;
  phone_.rejected_[0].list_counts = false;
  EXPECT_NE(before(1).find("static.security.ca_cert = 0"), std::string::npos) << before(1);
}

TEST_F(RejectedRoutes, HaveNothingToTrustWhereThatIsNotWhatIsWrong) {
  add(1, {}, leaf_);
  EXPECT_NE(before(1).find("to trust more would not help"), std::string::npos) << before(1);
  EXPECT_EQ(trust_it(1, leaf_.fingerprint()).status, 422);
  phone_.rejected_[0].verdict.decision = trust::Decision::trusted;
  EXPECT_NE(before(1).find("trusted by now"), std::string::npos) << before(1);
  phone_.rejected_[0].chain.clear();
  EXPECT_NE(before(1).find("cannot be read"), std::string::npos) << before(1);
  EXPECT_EQ(body(local("GET", "/api/rejected/1")).at("unreadable"), 1);
  EXPECT_TRUE(body(local("GET", "/api/rejected/1")).at("trust").at("certificate").is_null());
}

TEST_F(RejectedRoutes, MakeVisibleWhatAServerChose) {
  const auto hostile = made("\x1B[2J\xE2\x80\xAEgro.emca", true, random_).certificate;
  add(1, Chosen::root_sent, hostile);
  phone_.rejected_[0].row.server = "prov\x1B.example.com";
  const auto shown = local("GET", "/api/rejected/1").body;
  EXPECT_EQ(shown.find('\x1B'), std::string::npos);
  EXPECT_EQ(shown.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_EQ(local("GET", "/api/rejected").body.find('\x1B'), std::string::npos);
  const auto trusted = trust_it(1, hostile.fingerprint()).body;
  EXPECT_EQ(trusted.find("\xE2\x80\xAE"), std::string::npos);
}

}  // namespace
}  // namespace sealtone::admin::test
