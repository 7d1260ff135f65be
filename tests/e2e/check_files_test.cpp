// SPDX-License-Identifier: Apache-2.0
//
// sealtone check --chain: files that no server shows yet, judged as a live server is.
#include "e2e/check_files_fixture.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

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
    for (const auto& others :
         {std::vector<Identity>{intermediate}, {}, {intermediate, root_}, {other_root_}}) {
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
  EXPECT_THAT(unwrapped(good.out),
              HasSubstr(", localhost would be trusted: its certificate was issued by"));
  EXPECT_THAT(good.out, Not(HasSubstr("ClientHello"))) << "there was no handshake to draw";
  const auto bad = words(other_root_);
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(unwrapped(bad.out),
              HasSubstr("localhost would be refused: its certificate was issued by"));
  EXPECT_THAT(unwrapped(bad.out), HasSubstr("localhost would send no certificate of"));
  EXPECT_THAT(unwrapped(bad.out),
              HasSubstr("in " + leaf.certificate.string() + ", put the certificate of"));
  EXPECT_THAT(unwrapped(bad.out), Not(HasSubstr("server sent")));
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
  const auto request = certificates_.folder() / "server.csr";
  struct Case {
    std::filesystem::path chain, key;
    const char* says;
  };
  for (const auto& [chain, key, says] :
       {Case{leaf.certificate, leaf.certificate, "this is a certificate, not a private key"},
        Case{leaf.key, leaf.key, "this is a private key"},
        Case{request, leaf.key, "certificate request"},
        Case{folder_.write("page.html", "<!DOCTYPE html><html></html>"), leaf.key, "HTML"},
        Case{folder_.path() / "none.pem", leaf.key, "none.pem"}}) {
    const auto said = sealtone({"check", "--chain", chain.string(), "--key", key.string(), "--name",
                                "localhost", "--trust", root_.certificate.string()});
    EXPECT_EQ(said.status, 2) << chain;
    EXPECT_THAT(said.err, HasSubstr(says)) << chain;
    EXPECT_EQ(said.out, "") << chain;
    const auto json = sealtone({"check", "--chain", chain.string(), "--key", key.string(), "--name",
                                "localhost", "--trust", root_.certificate.string(), "--json"});
    EXPECT_EQ(json.status, 2) << chain;
    const auto why = nlohmann::json::parse(json.out).at("could_not");
    EXPECT_THAT(why.at("says").get<std::string>(), HasSubstr(says)) << chain;
    EXPECT_NE(why.at("code"), "") << chain;
  }
  const auto unnamed = sealtone({"check", "--chain", leaf.certificate.string()});
  EXPECT_EQ(unnamed.status, 2);
  EXPECT_THAT(unnamed.err, HasSubstr("--name"));
  const auto both = sealtone({"check", "127.0.0.1:1", "--chain", leaf.certificate.string()});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("do not go together"));
}

// As a server that sends so much.
TEST_F(CheckFiles, MoreThanAClientReadsIsAFinding) {
  const auto leaf = certificates_.server(root_);
  std::vector<Identity> many(300, other_root_);
  many.insert(many.begin(), leaf);
  const auto file = certificates_.bundle("many.pem", many);
  const auto answer = check_file(file, root_.certificate);
  expect(answer, "not-established", "chain-too-large", 1);
  EXPECT_THAT(answer.all.at("verdict").at("headline").get<std::string>(),
              HasSubstr("it would send a certificate chain of more than 102400 octets"));
  const auto& fix = answer.all.at("verdict").at("findings").at(0).at("fix");
  EXPECT_EQ(fix.at("kind"), "replace-certificate");
  EXPECT_THAT(fix.at("say").get<std::string>(),
              StartsWith("In " + file.string() + ", leave the server's own certificate"));
  const auto phones = as_file("v60,v84", file, root_.certificate);
  EXPECT_EQ(phones.status, 1);
  EXPECT_EQ(phones.verdicts, (Lines{"v60: not-established chain-too-large",
                                    "v84: not-established chain-too-large"}));
}

TEST_F(CheckFiles, WrongKeyKeepsEveryPhoneAway) {
  const auto leaf = certificates_.server(root_);
  const auto other = certificates_.server(root_, "other");
  const auto phones =
      as("v60,v84", {"--chain", leaf.certificate.string(), "--key", other.key.string(), "--trust",
                     root_.certificate.string(), "--name", "localhost"});
  EXPECT_EQ(phones.status, 1);
  for (const auto& row : phones.all) {
    EXPECT_THAT(codes(row.at("verdict")), HasSubstr("wrong-key"));
    EXPECT_EQ(row.at("verdict").at("decision"), "untrusted");
    EXPECT_EQ(row.at("profile").at("connects"), false);
  }
}

// What no client can complete a handshake with, or only one of long ago.
TEST_F(CheckFiles, KeyThatMayNotSignIsFound) {
  auto wish = server_wish();
  const auto judged = [&](const std::string& key, const std::string& usages) {
    wish.key = key;
    wish.extensions = {"keyUsage=critical," + usages};
    const auto leaf = certificates_.issue("usages", wish, root_);
    const auto phones =
        as("v60,v84", {"--chain", leaf.certificate.string(), "--key", leaf.key.string(), "--trust",
                       root_.certificate.string(), "--name", "localhost"});
    const auto here = check_file(leaf.certificate, root_.certificate, {"--key", leaf.key.string()});
    for (const auto& row : phones.all) {
      EXPECT_EQ(codes(row.at("verdict")).find("key-usage") != std::string::npos,
                here.codes == "key-usage")
          << key << usages;
    }
    return here;
  };
  expect(judged("ec", "digitalSignature"), "trusted", "", 0);
  expect(judged("ec", "keyEncipherment"), "untrusted", "key-usage", 1);
  expect(judged("rsa:2048", "keyAgreement"), "untrusted", "key-usage", 1);
  const auto transport = judged("rsa:2048", "keyEncipherment");
  expect(transport, "trusted", "", 0);
  EXPECT_THAT(transport.all["verdict"]["weak"].dump(),
              HasSubstr("RSA key transport up to TLS 1.2"));
}

// RFC 7633: whether the server does so no file tells.
TEST_F(CheckFiles, ServerThatHasToStapleIsToldSo) {
  auto wish = server_wish();
  const auto plain = certificates_.issue("plain", wish, root_);
  EXPECT_EQ(check_file(plain.certificate, root_.certificate).all.at("remarks").size(), 0U);
  wish.extensions = {"tlsfeature=status_request"};
  const auto leaf = certificates_.issue("staples", wish, root_);
  const auto here = check_file(leaf.certificate, root_.certificate);
  expect(here, "trusted", "", 0);
  EXPECT_THAT(here.all.at("remarks").dump(), HasSubstr("must-staple"));
  const auto phones = as("v84", {"--chain", leaf.certificate.string(), "--trust",
                                 root_.certificate.string(), "--name", "localhost"});
  EXPECT_THAT(phones.all.at(0).at("remarks").dump(), HasSubstr("ssl_stapling on"));
}

// Of a shell's `<(command)` as of a pipe.
TEST_F(CheckFiles, StandardInputIsAFileToo) {
  const auto leaf = certificates_.server(root_);
  StartOptions options;
  options.input = leaf.pem();
  const auto piped = sealtone(
      {"check", "--chain", "-", "--name", "localhost", "--trust", root_.certificate.string()},
      options);
  EXPECT_EQ(piped.status, 0) << piped.out << piped.err;
  options.input = "nothing";
  const auto nothing = sealtone({"cert", "show", "-"}, options);
  EXPECT_EQ(nothing.status, 2);
  EXPECT_THAT(nothing.err, HasSubstr("standard input: "));
}

// Nobody writes to it: that is said, and nothing hangs.
TEST_F(CheckFiles, PipeWithoutAWriterIsGivenUp) {
  const auto pipe = folder_.path() / "pipe";
  run_ok({"mkfifo", pipe.string()});
  const auto said = sealtone({"cert", "show", pipe.string(), "--json"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("it is a pipe"));
  EXPECT_EQ(nlohmann::json::parse(said.out).at("could_not").at("code"), "timeout");
}

// RFC 5280 has nothing against it; the CA/Browser Forum has.
TEST_F(CheckFiles, StrictRulesAreAskedForOrThePhonesOwn) {
  auto wish = server_wish();
  wish.common_name = "other.example.com";  // not among its names
  const auto leaf = certificates_.issue("leaf", wish, root_);
  const auto usual = check_file(leaf.certificate, root_.certificate);
  expect(usual, "trusted", "", 0);
  EXPECT_EQ(usual.all.at("rules"), "default");
  const auto strict = check_file(leaf.certificate, root_.certificate, {"--rules", "strict"});
  EXPECT_EQ(strict.status, 1);
  EXPECT_EQ(strict.all.at("rules"), "strict");
  const auto state = (folder_.path() / "phone").string();
  for (const auto& command : {Arguments{"trust", "add", root_.certificate.string()},
                              Arguments{"set", "sealtone.security.rules", "strict"}}) {
    auto whole = command;
    whole.insert(whole.end(), {"--state", state});
    ASSERT_EQ(sealtone(whole).status, 0);
  }
  const Arguments about{"check",   "--chain",   leaf.certificate.string(),
                        "--name",  "localhost", "--json",
                        "--state", state};
  const auto phones_own = sealtone(about);
  EXPECT_EQ(phones_own.status, 1) << phones_own.out;
  EXPECT_EQ(nlohmann::json::parse(phones_own.out).at("rules"), "strict");
  auto asked = about;
  asked.insert(asked.end(), {"--rules", "default"});
  EXPECT_EQ(sealtone(asked).status, 0);
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

TEST_F(CheckFiles, AddressAmongTheDnsNamesIsNotNamedAsTheWayToReachTheServer) {
  auto wish = server_wish();
  wish.names = {"DNS:127.0.0.1"};
  const auto leaf = certificates_.issue("leaf", wish, root_);
  const auto words = sealtone({"check", "--chain", leaf.certificate.string(), "--name", "127.0.0.1",
                               "--trust", root_.certificate.string()});
  EXPECT_EQ(words.status, 1);
  EXPECT_THAT(unwrapped(words.out),
              HasSubstr("its certificate has \"127.0.0.1\" as a DNS name only, and an address "
                        "counts as an iPAddress name"));
  EXPECT_THAT(unwrapped(words.out), HasSubstr("Put a certificate on the server that has "
                                              "\"127.0.0.1\" as an iPAddress name."));
  EXPECT_THAT(unwrapped(words.out), Not(HasSubstr("Reach the server by")));
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
