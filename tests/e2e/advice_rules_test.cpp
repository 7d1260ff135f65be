// SPDX-License-Identifier: Apache-2.0
//
// e2e_advice: certificates that break a rule, and what cures them (see advice_test.cpp).
#include "e2e/advice.h"

namespace sealtone::test {
namespace {

TEST_F(Advice, RestoresADamagedCertificate) {
  wish_ = server_wish();
  issuer_ = root_;
  own_ = issue(wish_, root_);
  write_text(folder_.path() / "given-out.pem", own_.pem());
  auto der = read_text(own_.der);
  der.back() = static_cast<char>(der.back() ^ 1);
  write_text(own_.der, der);
  run_ok({"openssl", "x509", "-inform", "der", "-in", own_.der.string(), "-out",
          own_.certificate.string()});
  start();
  expect_cure("bad-signature");
}

TEST_F(Advice, HasAServerSignedAnewThatIsSignedWithSha1) {
  options_ = {"-cipher", "DEFAULT:@SECLEVEL=0"};
  auto wish = server_wish();
  wish.digest = "sha1";
  deploy(wish, root_);
  expect_cure("weak-signature");
}

TEST_F(Advice, HasAnIntermediateSignedAnewThatIsSignedWithSha1) {
  options_ = {"-cipher", "DEFAULT:@SECLEVEL=0"};
  auto old = authority("Issuing CA");
  old.digest = "sha1";
  const auto weak = issue(old, root_);
  auto current = authority("Issuing CA");
  current.key = "of:" + weak.key.string();
  knows("Issuing CA", issue(current, root_));
  deploy(server_wish(), weak, {weak});
  expect_cure("weak-signature");
}

TEST_F(Advice, HasAServerIssuedAnewForALongerKey) {
  options_ = {"-cipher", "DEFAULT:@SECLEVEL=0"};
  auto wish = server_wish();
  wish.key = "rsa:1024";
  deploy(wish, root_);
  expect_cure("weak-key");
}

TEST_F(Advice, GoesToAnotherAuthorityWhereOneHasAShortKey) {
  options_ = {"-cipher", "DEFAULT:@SECLEVEL=0"};
  auto short_key = authority("Issuing CA");
  short_key.key = "rsa:1024";
  const auto weak = issue(short_key, root_);
  deploy(server_wish(), weak, {weak});
  expect_cure("weak-key");
}

TEST_F(Advice, ReplacesATrustedCertificateWithAShortKey) {
  auto short_key = authority("Short Root");
  short_key.key = "rsa:1024";
  const auto weak = self_signed(short_key);
  knows("Short Root", self_signed(authority("Short Root")));
  write_text(trust_file_, weak.pem());
  deploy(server_wish(), weak);
  expect_cure("weak-key");
}

// id-ecPublicKey, its last arc changed to one that is none.
TEST_F(Advice, GoesToAnotherAuthorityWhereOneHasAKeyOfAnUnknownKind) {
  options_ = {"-cipher", "DEFAULT:@SECLEVEL=0"};
  auto issuing = issue(authority("Issuing CA"), root_);
  const auto signer = issuing;
  auto der = read_text(issuing.der);
  const std::string kind("\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01", 9);
  const auto at = der.find(kind);
  ASSERT_NE(at, std::string::npos);
  der[at + kind.size() - 1] = 0x7F;
  issuing.der = folder_.write("unknown.cer", der);
  issuing.certificate = folder_.path() / "unknown.pem";
  run_ok({"openssl", "x509", "-inform", "der", "-in", issuing.der.string(), "-out",
          issuing.certificate.string()});
  deploy(server_wish(), signer, {issuing});
  expect_cure("key-type-not-supported");
}

TEST_F(Advice, HasANewCertificateIssuedWhereAnAuthorityBreaksARule) {
  auto spelled_out = authority("Explicit CA");
  spelled_out.key = "ec-explicit";
  const auto issuing = issue(spelled_out, root_);
  deploy(server_wish(), issuing, {issuing});
  expect_cure("path-refused");
}

// Usages and limits.

TEST_F(Advice, HasAServerIssuedForServers) {
  auto wish = server_wish();
  wish.extended_key_usage = "clientAuth";
  deploy(wish, root_);
  expect_cure("eku-missing");
}

TEST_F(Advice, HasAnIntermediateIssuedForServers) {
  auto clients = authority("Issuing CA");
  clients.extended_key_usage = "clientAuth";
  const auto issuing = issue(clients, root_);
  auto current = authority("Issuing CA");
  current.key = "of:" + issuing.key.string();
  current.extended_key_usage = "clientAuth,serverAuth";
  knows("Issuing CA", issue(current, root_));
  deploy(server_wish(), issuing, {issuing});
  expect_cure("eku-missing");
}

TEST_F(Advice, HasAServerIssuedWhoseKeyMaySign) {
  auto wish = server_wish();
  for (const char* usages : {"cRLSign", "keyEncipherment"}) {
    wish.extensions = {std::string("keyUsage=critical,") + usages};
    deploy(wish, root_);
    expect_cure("key-usage");
  }
}

TEST_F(Advice, HasAServerIssuedWithoutAnExtensionThatNobodyKnows) {
  auto wish = server_wish();
  wish.extensions = {"1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:made for the test"};
  deploy(wish, root_);
  expect_cure("unknown-critical-extension");
}

TEST_F(Advice, GoesToAnotherAuthorityWhereOneMayNotDoThis) {
  const std::map<std::string, std::string> limits{
      {"key-usage", "keyUsage=critical,cRLSign"},
      {"name-constraint", "nameConstraints=critical,permitted;DNS:example.com"},
      {"policy", "policyConstraints=critical,requireExplicitPolicy:0"},
      {"unknown-critical-extension", "1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:x"},
  };
  for (const auto& [code, extension] : limits) {
    const auto issuing = issue(authority("Issuing CA", {extension}), root_);
    deploy(server_wish(), issuing, {issuing});
    expect_cure(code);
  }
}

TEST_F(Advice, GoesToAnotherAuthorityWhereOneIsNone) {
  Wish none;
  none.common_name = "No Authority";
  const auto impostor = issue(none, root_);
  deploy(server_wish(), impostor, {impostor});
  expect_cure("not-a-ca");
}

TEST_F(Advice, GoesToAnotherAuthorityWhereOneStandsTooLow) {
  const auto upper =
      issue(authority("Upper CA", {"basicConstraints=critical,CA:TRUE,pathlen:0"}), root_);
  const auto lower = issue(authority("Lower CA"), upper);
  deploy(server_wish(), lower, {lower, upper});
  expect_cure("path-length");
}

TEST_F(Advice, PutsANewCertificateThereWhereOneWasRevoked) {
  for (const std::string reason : {"", "keyCompromise", "superseded", "certificateHold"}) {
    deploy(server_wish(), root_);
    const auto index = folder_.write("index.txt", "");
    const auto config =
        folder_.write("ca.cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                                    "\ndefault_md=sha256\ndefault_crl_days=30\n");
    const Arguments as{"openssl",  "ca",
                       "-config",  config.string(),
                       "-cert",    root_.certificate.string(),
                       "-keyfile", root_.key.string()};
    auto revoke = as;
    revoke.insert(revoke.end(), {"-revoke", own_.certificate.string()});
    if (!reason.empty()) revoke.insert(revoke.end(), {"-crl_reason", reason});
    run_ok(revoke);
    const auto list = folder_.path() / "list.pem";
    auto make = as;
    make.insert(make.end(), {"-gencrl", "-out", list.string()});
    run_ok(make);
    further_ = {"--crl", list.string()};
    expect_cure("revoked");
  }
}

// What cannot be looked at.

// Authorities of the issuer's name and of its issuer, whose keys take long to verify with, before
// the issuer itself.
TEST_F(Advice, LeavesOnlyWhatLeadsToTheIssuerWhereSomethingTakesTooLong) {
  auto slow = authority("Busy CA");
  slow.key = "ec:P-384";
  std::vector<Identity> chain;
  constexpr int kSlow = 12;
  for (int i = 0; i < kSlow; ++i) chain.push_back(issue(slow, root_));
  const auto issuing = issue(slow, root_);
  chain.push_back(issuing);
  auto wish = server_wish();
  wish.extensions = {"authorityKeyIdentifier=none"};  // which would tell the issuer from the others
  deploy(wish, issuing, chain);
  expect_cure("path-budget");
}

TEST_F(Advice, LeavesOnlyWhatLeadsToTheIssuerWhereTooMuchIsSent) {
  constexpr std::size_t kMany = 300;
  deploy(server_wish(), root_, std::vector<Identity>(kMany, other_root_));
  expect_cure("chain-too-large");
}

// A date of the certificate is none; openssl s_server does not mind.
TEST_F(Advice, PutsAWellFormedCertificateThere) {
  wish_ = server_wish();
  issuer_ = root_;
  own_ = issue(wish_, root_);
  auto der = read_text(own_.der);
  const std::string date = "991231235959Z";
  const auto at = der.find(date);
  ASSERT_NE(at, std::string::npos);
  der[at + date.size() - 2] = 'X';
  write_text(own_.der, der);
  run_ok({"openssl", "x509", "-inform", "der", "-in", own_.der.string(), "-out",
          own_.certificate.string()});
  start();
  expect_cure("certificate-unreadable");
}

}  // namespace
}  // namespace sealtone::test
