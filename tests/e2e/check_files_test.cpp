// SPDX-License-Identifier: Apache-2.0
//
// sealtone check --chain: files that no server shows yet, judged as a live server is.
#include "e2e/check_files_fixture.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;

TEST_F(CheckFiles, FilesAreJudgedAsTheServerThatShowsThem) {
  const auto intermediate = certificates_.issue("intermediate", authority("Issuing CA"), root_);
  const auto good = certificates_.issue("good", server_wish(), intermediate);
  auto wish = server_wish();
  wish.not_after = "20240101000000Z";
  const auto expired = certificates_.issue("expired", wish, intermediate);
  wish = server_wish();
  wish.names = {"DNS:elsewhere.example"};
  const auto elsewhere = certificates_.issue("elsewhere", wish, intermediate);
  for (const auto& leaf : {good, expired, elsewhere}) {
    for (const auto& others : {std::vector<Identity>{intermediate}, {}, {intermediate, root_}}) {
      auto members = others;
      members.insert(members.begin(), leaf);
      const auto file = certificates_.bundle("fullchain.pem", members);
      Arguments served;
      if (!others.empty()) {
        served = {"-cert_chain", certificates_.bundle("others.pem", others).string()};
      }
      const OpensslServer server(leaf, served);
      for (const auto& trust : {root_, other_root_}) {
        const auto live = check(server.port(), trust.certificate, {"--name", "localhost"});
        const auto planned = check_file(file, trust.certificate);
        expect(planned, live.decision, live.codes, live.status);
        EXPECT_TRUE(planned.all.at("handshake").is_null());
      }
    }
  }
}

TEST_F(CheckFiles, WordsSayThatItIsNotInstalledYet) {
  const auto leaf = certificates_.server(root_);
  const auto words = [&](const Identity& trust) {
    return sealtone({"check", "--chain", leaf.certificate.string(), "--key", leaf.key.string(),
                     "--name", "localhost", "--trust", trust.certificate.string()});
  };
  const auto good = words(root_);
  EXPECT_EQ(good.status, 0);
  EXPECT_THAT(good.out, HasSubstr(", localhost would be trusted: its certificate was issued by"));
  EXPECT_THAT(good.out, Not(HasSubstr("ClientHello"))) << "there was no handshake to draw";
  const auto bad = words(other_root_);
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.out, HasSubstr("localhost would be refused: its certificate was issued by"));
  EXPECT_THAT(bad.out, HasSubstr("The file does not hold the certificate of"));
  EXPECT_THAT(bad.out, Not(HasSubstr("server sent")));
}

TEST_F(CheckFiles, FormatsAreThoseOfCertShow) {
  const auto leaf = certificates_.server(root_);
  const auto p12 = folder_.path() / "both.p12";
  run_ok({"openssl", "pkcs12", "-export", "-in", leaf.certificate.string(), "-inkey",
          leaf.key.string(), "-passout", "pass:made-for-the-test", "-out", p12.string()});
  const auto p7 = folder_.path() / "chain.p7b";
  run_ok({"openssl", "crl2pkcs7", "-nocrl", "-certfile", leaf.certificate.string(), "-out",
          p7.string()});
  const auto passphrase = folder_.write("passphrase", "made-for-the-test\n");
  expect(check_file(leaf.der, root_.certificate), "trusted", "", 0);
  expect(check_file(p7, root_.certificate), "trusted", "", 0);
  expect(check_file(p12, root_.certificate, {"--passphrase-file", passphrase.string()}), "trusted",
         "", 0);
  const auto locked = folder_.path() / "locked-key.pem";
  run_ok({"openssl", "pkcs8", "-topk8", "-in", leaf.key.string(), "-passout",
          "pass:made-for-the-test", "-out", locked.string()});
  expect(check_file(leaf.certificate, root_.certificate,
                    {"--key", locked.string(), "--passphrase-file", passphrase.string()}),
         "trusted", "", 0);
}

TEST_F(CheckFiles, WhatDoesNotBelongTogetherIsSaid) {
  const auto leaf = certificates_.server(root_);
  const auto other = certificates_.server(root_, "other");
  const auto request = certificates_.folder() / "server.csr";
  struct Case {
    std::filesystem::path chain, key;
    const char* says;
  };
  for (const auto& [chain, key, says] :
       {Case{leaf.certificate, other.key, "does not belong to"},
        Case{certificates_.bundle("turned.pem", {root_, leaf}), leaf.key,
             "belongs to certificate 2"},
        Case{leaf.certificate, leaf.certificate, "this is a certificate, not a private key"},
        Case{leaf.key, leaf.key, "this is a private key"},
        Case{request, leaf.key, "certificate request"},
        Case{folder_.write("page.html", "<!DOCTYPE html><html></html>"), leaf.key, "HTML"},
        Case{folder_.path() / "none.pem", leaf.key, "none.pem"}}) {
    const auto said = sealtone({"check", "--chain", chain.string(), "--key", key.string(), "--name",
                                "localhost", "--trust", root_.certificate.string()});
    EXPECT_EQ(said.status, 2) << chain;
    EXPECT_THAT(said.err, HasSubstr(says)) << chain;
    EXPECT_EQ(said.out, "") << chain;
  }
  const auto unnamed = sealtone({"check", "--chain", leaf.certificate.string()});
  EXPECT_EQ(unnamed.status, 2);
  EXPECT_THAT(unnamed.err, HasSubstr("--name"));
  const auto both = sealtone({"check", "127.0.0.1:1", "--chain", leaf.certificate.string()});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("excludes"));
}

TEST_F(CheckFiles, OrderOfTheFileIsNotHidden) {
  const auto upper = certificates_.issue("upper", authority("Upper CA"), root_);
  const auto lower = certificates_.issue("lower", authority("Lower CA"), upper);
  const auto leaf = certificates_.issue("leaf", server_wish(), lower);
  const auto remarks = [&](const std::vector<Identity>& members) {
    const auto file = certificates_.bundle("order.pem", members);
    return check_file(file, root_.certificate).all.at("remarks").dump();
  };
  EXPECT_EQ(remarks({leaf, lower, upper}), "[]");
  EXPECT_THAT(remarks({leaf, upper, lower}), HasSubstr("did not issue certificate 1"));
  EXPECT_THAT(remarks({lower, leaf, upper}), HasSubstr("put the server's certificate first"));
}

// The step that helps stands first, not behind those for a certificate that is not the server's.
TEST_F(CheckFiles, AuthorityAtTheFrontOfTheFileHasThatForAFix) {
  const auto lower = certificates_.issue("lower", authority("Lower CA"), root_);
  const auto leaf = certificates_.issue("leaf", server_wish(), lower);
  const auto turned = certificates_.bundle("turned.pem", {lower, leaf});
  const auto answer = check_file(turned, root_.certificate);
  EXPECT_EQ(answer.status, 1);
  for (const auto& finding : answer.all.at("verdict").at("findings")) {
    EXPECT_THAT(finding.at("fix").at("say").get<std::string>(),
                HasSubstr("put the server's own certificate, \"localhost\", first"));
  }
  const auto as_fixed = certificates_.bundle("in-order.pem", {leaf, lower});
  expect(check_file(as_fixed, root_.certificate), "trusted", "", 0);
}

}  // namespace
}  // namespace sealtone::test
