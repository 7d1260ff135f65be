// SPDX-License-Identifier: Apache-2.0
//
// phone/rejected: what a refused server showed is kept, judged again, and gone once it is accepted.
#include "phone/fixture.h"
#include "support/ocsp.h"

namespace sealtone::phone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Chosen = trust::IssuerChoice::Kind;

constexpr const char* kServerUrl = "static.auto_provision.server.url";

class RejectedByPhone : public PhoneTest {
 protected:
  void serve(const test::Identity& identity, const std::filesystem::path& chain,
             const std::string& further = "") {
    test::Nginx::Options options;
    options.server = "ssl_certificate " + chain.string() + "; ssl_certificate_key " +
                     identity.key.string() + "; " + further;
    nginx_.emplace(options);
    test::write_text(nginx_->folder() / "001565000001.cfg", "#!version:1.0.0.1\n");
    url_ = "https://localhost:" + std::to_string(nginx_->port()) + "/";
  }
  bool provision(Running& phone) {
    auto report = phone.finish(phone.phone().provision_now());
    return report && report->at("applied") == true;
  }
  static std::vector<store::RejectedRow> rejected(Running& phone) {
    return phone.finish(phone.phone().rejected()).value();
  }
  static admin::RejectedServer only(Running& phone) {
    return phone.finish(phone.phone().rejected(rejected(phone).at(0).id)).value();
  }

  void trust_root(Running& phone) {
    std::vector<x509::Certificate> certificates{certificate_of(root_)};
    ASSERT_TRUE(phone.finish(phone.phone().add_trusted(std::move(certificates), "test")));
  }
  void expect_revoked_again(const std::string& version) {
    const auto identity = made_.server(root_);
    serve(identity, identity.certificate,
          "ssl_protocols " + version + "; " + stapled(identity, true));
    auto& phone = open();
    trust_root(phone);
    ASSERT_TRUE(phone.set(kServerUrl, url_));
    EXPECT_FALSE(provision(phone));
    const auto server = only(phone);
    EXPECT_EQ(server.verdict.decision, trust::Decision::untrusted);
    EXPECT_THAT(codes(server.verdict), ElementsAre("revoked"));
    EXPECT_FALSE(server.choice);
  }
  // For nginx, which sends it with each handshake; of the time that the openssl tool goes by.
  std::string stapled(const test::Identity& leaf, bool revoked) {
    clock_.tick(base::SystemClock().now() + std::chrono::minutes(1) - clock_.now());
    return "ssl_stapling on; ssl_stapling_file " +
           test::ocsp_answer(folder_, "answer", root_, leaf, revoked, root_).string() + ";";
  }
  static std::vector<std::string> codes(const trust::Verdict& verdict) {
    std::vector<std::string> all;
    for (const auto& finding : verdict.findings) all.emplace_back(trust::word(finding.code));
    return all;
  }

  test::Identity root_ = made_.root();
  std::optional<test::Nginx> nginx_;
  std::string url_;
};

// By what it sent along, as it was refused: else it would be "trusted by now".
TEST_F(RejectedByPhone, ServerIsJudgedAgainByTheAnswerThatItSentBehindItsCertificates) {
  expect_revoked_again("TLSv1.2");
}
TEST_F(RejectedByPhone, ServerIsJudgedAgainByTheAnswerThatItSentBesideItsCertificates) {
  expect_revoked_again("TLSv1.3");
}

TEST_F(RejectedByPhone, ServerThatOwesAnAnswerStillOwesIt) {
  test::Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  wish.extensions = {"tlsfeature=status_request"};
  const auto strict = made_.issue("strict", wish, root_);
  serve(strict, strict.certificate);
  auto& phone = open();
  trust_root(phone);
  ASSERT_TRUE(phone.set(kServerUrl, url_));
  EXPECT_FALSE(provision(phone));
  EXPECT_THAT(codes(only(phone).verdict), ElementsAre("revocation-unknown"));
}

// The good answer that came beside the certificates counts once these are trusted; one that was to
// come behind them is not missed.
TEST_F(RejectedByPhone, GoodAnswerCountsOnceItsServerIsTrusted) {
  const auto identity = made_.server(root_);
  const auto staple = stapled(identity, false);
  auto& phone = open();
  ASSERT_TRUE(phone.set("sealtone.security.revocation_required", "1"));
  for (const char* version : {"TLSv1.3", "TLSv1.2"}) {
    serve(identity, identity.certificate, "ssl_protocols " + std::string(version) + "; " + staple);
    ASSERT_TRUE(phone.set(kServerUrl, url_));
    EXPECT_FALSE(provision(phone));
    EXPECT_EQ(only(phone).verdict.decision, trust::Decision::untrusted);
  }
  trust_root(phone);
  const auto both = rejected(phone);
  ASSERT_THAT(both, SizeIs(2));
  for (const auto& row : both) {
    EXPECT_THAT(codes(phone.finish(phone.phone().rejected(row.id)).value().verdict), IsEmpty());
  }
  // Bare of any answer it is refused, and known to be.
  serve(identity, identity.certificate, "ssl_protocols TLSv1.3;");
  ASSERT_TRUE(phone.set(kServerUrl, url_));
  EXPECT_FALSE(provision(phone));
  EXPECT_THAT(codes(only(phone).verdict), ElementsAre("revocation-unknown"));
}

TEST_F(RejectedByPhone, ServerIsKeptTrustedAndGone) {
  const auto identity = made_.server(root_);
  serve(identity, made_.bundle("chain.pem", {identity, root_}));
  auto& phone = open();
  ASSERT_TRUE(phone.set(kServerUrl, url_));
  EXPECT_FALSE(provision(phone));
  ASSERT_THAT(rejected(phone), SizeIs(1));
  const auto server = only(phone);
  EXPECT_EQ(server.row.service, "provisioning");
  EXPECT_THAT(server.chain, SizeIs(2));
  ASSERT_TRUE(server.choice);
  EXPECT_EQ(server.choice->kind, Chosen::root_sent);
  EXPECT_EQ(server.choice->certificate, certificate_of(root_));
  EXPECT_TRUE(server.choice->cures());

  std::vector<x509::Certificate> certificates{server.choice->certificate};
  ASSERT_TRUE(phone.finish(phone.phone().add_trusted(std::move(certificates), "test")));
  EXPECT_EQ(only(phone).verdict.decision, trust::Decision::trusted);
  EXPECT_FALSE(only(phone).choice);
  EXPECT_TRUE(provision(phone));
  EXPECT_THAT(rejected(phone), IsEmpty());
}

TEST_F(RejectedByPhone, TrialKeepsNothing) {
  const auto identity = made_.server(root_);
  serve(identity, identity.certificate);
  auto& phone = open();
  ASSERT_TRUE(phone.finish(phone.phone().try_provisioning({url_, {}, {}, {}})));
  EXPECT_THAT(rejected(phone), IsEmpty());
}

TEST_F(RejectedByPhone, ServerWithoutAnIssuerLeadsToItself) {
  test::Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  const auto identity = made_.self_signed("alone", wish);
  serve(identity, identity.certificate);
  auto& phone = open();
  ASSERT_TRUE(phone.set(kServerUrl, url_));
  EXPECT_FALSE(provision(phone));
  const auto server = only(phone);
  ASSERT_TRUE(server.choice);
  EXPECT_EQ(server.choice->kind, Chosen::itself);
  EXPECT_TRUE(server.choice->cures());
  // Where this computer's roots alone count, to upload it would change nothing.
  ASSERT_TRUE(phone.set("static.security.ca_cert", "0"));
  EXPECT_FALSE(only(phone).list_counts);
  EXPECT_FALSE(only(phone).choice->cures());
}

TEST_F(RejectedByPhone, SwitchThatIsOffTakesAServerOffTheList) {
  const auto identity = made_.server(root_);
  serve(identity, identity.certificate);
  auto& phone = open();
  ASSERT_TRUE(phone.set(kServerUrl, url_));
  EXPECT_FALSE(provision(phone));
  EXPECT_THAT(rejected(phone), SizeIs(1));
  ASSERT_TRUE(phone.set("static.security.trust_certificates", "0"));
  EXPECT_TRUE(provision(phone));
  EXPECT_THAT(rejected(phone), IsEmpty());
}

}  // namespace
}  // namespace sealtone::phone
