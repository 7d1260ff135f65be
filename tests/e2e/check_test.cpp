// SPDX-License-Identifier: Apache-2.0
//
// sealtone check against real servers: every finding served live, the exit status, and the advice
// followed to the letter.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

TEST_F(Check, TrustedServerEndsWithZero) {
  const OpensslServer server(certificates_.server(root_));
  expect(check(server.port(), root_.certificate), "trusted", "", 0);
}

TEST_F(Check, ServersOwnCertificateAsTheTrustedOneEndsThePath) {
  const auto identity = certificates_.server(root_);
  const OpensslServer server(identity);
  expect(check(server.port(), identity.certificate), "trusted", "", 0);
}

TEST_F(Check, UnknownIssuerIsCuredByTheFileThatTheAdviceWrites) {
  const auto identity = certificates_.server(root_);
  const OpensslServer server(identity, {"-CAfile", root_.certificate.string(), "-build_chain"});
  const auto saved = folder_.path() / "missing.pem";
  const auto refused =
      check(server.port(), other_root_.certificate, {"--save-missing", saved.string()});
  expect(refused, "untrusted", "issuer-unknown", 1);
  EXPECT_EQ(refused.all["verdict"]["findings"][0]["fix"]["kind"], "add-trusted");
  expect(check(server.port(), saved), "trusted", "", 0);
}

TEST_F(Check, FileThatCannotBeWrittenHidesNoVerdictAndLosesNothing) {
  const OpensslServer server(certificates_.server(root_),
                             {"-CAfile", root_.certificate.string(), "-build_chain"});
  const auto saving = [&](const std::filesystem::path& file, const char* how) {
    return sealtone({"check", "127.0.0.1:" + std::to_string(server.port()), "--trust",
                     other_root_.certificate.string(), "--save-missing", file.string(), how});
  };
  const auto nowhere = folder_.path() / "none" / "ca.pem";
  for (const auto& [file, why] : std::map<std::filesystem::path, std::string>{
           {nowhere, "it cannot be written"},
           {folder_.write("notes.txt", "mine"), "was left as it is"},
           {folder_.path(), "was left as it is"}}) {
    const auto words = saving(file, "--ascii");
    EXPECT_EQ(words.status, 2) << file;
    EXPECT_NE(words.err.find(why), std::string::npos) << words.err;
    EXPECT_NE(words.out.find("127.0.0.1:" + std::to_string(server.port()) + " was refused"),
              std::string::npos)
        << words.out;
    EXPECT_EQ(words.out.find("written"), std::string::npos) << words.out;
    const auto json = nlohmann::json::parse(saving(file, "--json").out);
    EXPECT_EQ(json.at("verdict").at("decision"), "untrusted");
    EXPECT_FALSE(json.contains("saved"));
  }
  EXPECT_EQ(read_text(folder_.path() / "notes.txt"), "mine");

  const auto file = folder_.path() / "ca.pem";
  EXPECT_EQ(saving(file, "--ascii").status, 1);
  EXPECT_EQ(saving(file, "--ascii").status, 1) << "the same once more is written already";
}

TEST_F(Check, MissingIntermediateIsSaidBesideTheUnknownIssuer) {
  Wish ca;
  ca.common_name = "Issuing CA";
  ca.ca = true;
  const auto intermediate = certificates_.issue("intermediate", ca, root_);
  const auto leaf = certificates_.issue("leaf", server_wish(), intermediate);
  const OpensslServer incomplete(leaf);
  const auto answer = check(incomplete.port(), root_.certificate);
  // Nothing tells that one from a root: both ways are named.
  expect(answer, "untrusted", "issuer-unknown chain-incomplete", 1);
  const auto fix_begins = [](const Answer& told, std::size_t at, const std::string& words) {
    const auto& say = told.all.at("verdict").at("findings").at(at).at("fix").at("say");
    EXPECT_TRUE(say.get<std::string>().starts_with(words)) << say;
  };
  fix_begins(answer, 0, "If \"Issuing CA\" is a root, as is likely where the server's certificate");
  fix_begins(answer, 1,
             "Or, if \"Issuing CA\" is an intermediate authority, on the server, put the");
  // What the server lacks is the first step; to trust its issuer is what is left to the others.
  auto wish = server_wish();
  wish.extensions = {"authorityInfoAccess=caIssuers;URI:http://127.0.0.1:9/ca.cer"};
  const OpensslServer with_address(certificates_.issue("with-address", wish, intermediate));
  const auto tells = check(with_address.port(), root_.certificate);
  expect(tells, "untrusted", "chain-incomplete issuer-unknown", 1);
  const auto& findings = tells.all.at("verdict").at("findings");
  const auto& first = findings.at(0).at("fix");
  EXPECT_EQ(first.at("kind"), "send-intermediate");
  EXPECT_TRUE(first.at("say").get<std::string>().starts_with(
      "On the server, put the certificate of \"Issuing CA\""))
      << first.at("say");
  const auto& second = findings.at(1).at("fix");
  EXPECT_EQ(second.at("kind"), "add-trusted");
  EXPECT_TRUE(second.at("say").get<std::string>().starts_with("Or, where the server cannot be"))
      << second.at("say");
  const OpensslServer complete(leaf, {"-cert_chain", intermediate.certificate.string()});
  expect(check(complete.port(), root_.certificate), "trusted", "", 0);
}

TEST_F(Check, SelfSignedServerIsCuredByTrustingThatVeryCertificate) {
  const auto identity = certificates_.self_signed("alone", server_wish());
  const OpensslServer server(identity);
  const auto saved = folder_.path() / "missing.pem";
  expect(check(server.port(), root_.certificate, {"--save-missing", saved.string()}), "untrusted",
         "self-signed-leaf", 1);
  expect(check(server.port(), saved), "trusted", "", 0);
}

TEST_F(Check, DatesCountToTheSecondAndWithAt) {
  auto wish = server_wish();
  wish.not_before = "20240101000000Z";
  wish.not_after = "20241231235959Z";
  const OpensslServer server(issued(wish));
  expect(check(server.port(), root_.certificate, {"--at", "2023-12-31T23:59:59Z"}), "untrusted",
         "not-yet-valid", 1);
  expect(check(server.port(), root_.certificate, {"--at", "2024-01-01T00:00:00Z"}), "trusted", "",
         0);
  expect(check(server.port(), root_.certificate, {"--at", "2024-12-31T23:59:59Z"}), "trusted", "",
         0);
  expect(check(server.port(), root_.certificate, {"--at", "2025-01-01T00:00:00Z"}), "untrusted",
         "expired", 1);
}

TEST_F(Check, NameIsTheOneAskedFor) {
  const OpensslServer server(certificates_.server(root_));
  expect(check(server.port(), root_.certificate, {"--name", "localhost"}), "trusted", "", 0);
  const auto refused = check(server.port(), root_.certificate, {"--name", "prov.example.com"});
  expect(refused, "untrusted", "name-mismatch", 1);
  const auto says = refused.all["verdict"]["findings"][0]["says"].get<std::string>();
  EXPECT_NE(says.find("prov.example.com"), std::string::npos) << says;
  EXPECT_NE(says.find("localhost"), std::string::npos) << says;
}

TEST_F(Check, ChangedSignatureIsFound) {
  auto identity = certificates_.server(root_);
  auto der = read_text(identity.der);
  der.back() = static_cast<char>(der.back() ^ 1);
  write_text(identity.der, der);
  run_ok({"openssl", "x509", "-inform", "der", "-in", identity.der.string(), "-out",
          identity.certificate.string()});
  const OpensslServer server(identity);
  expect(check(server.port(), root_.certificate), "untrusted", "bad-signature", 1);
}

TEST_F(Check, WeakSignatureAndWeakKeyAreFoundTogether) {
  auto wish = server_wish();
  wish.digest = "sha1";
  wish.key = "rsa:1024";
  const OpensslServer server(issued(wish), {"-cipher", "DEFAULT:@SECLEVEL=0"});
  const auto answer = check(server.port(), root_.certificate);
  EXPECT_EQ(answer.decision, "untrusted");
  EXPECT_NE(answer.codes.find("weak-signature"), std::string::npos) << answer.codes;
  EXPECT_NE(answer.codes.find("weak-key"), std::string::npos) << answer.codes;
}

TEST_F(Check, CertificateForClientsOnlyIsNoServer) {
  auto wish = server_wish();
  wish.extended_key_usage = "clientAuth";
  const OpensslServer server(issued(wish));
  expect(check(server.port(), root_.certificate), "untrusted", "eku-missing", 1);
}

TEST_F(Check, IssuerThatIsNoAuthorityIsFound) {
  Wish wish;
  wish.common_name = "No Authority";
  const auto impostor = certificates_.issue("impostor", wish, root_);
  const auto leaf = certificates_.issue("leaf", server_wish(), impostor);
  const OpensslServer server(leaf, {"-cert_chain", impostor.certificate.string()});
  const auto answer = check(server.port(), root_.certificate);
  EXPECT_EQ(answer.decision, "untrusted");
  EXPECT_NE(answer.codes.find("not-a-ca"), std::string::npos) << answer.codes;
}

TEST_F(Check, NoFindingHidesAnother) {
  auto wish = server_wish();
  wish.names = {"DNS:elsewhere.example"};
  wish.common_name = "elsewhere.example";
  wish.extended_key_usage = "clientAuth";
  wish.not_after = "20210101000000Z";
  const OpensslServer server(issued(wish));
  const auto answer = check(server.port(), other_root_.certificate);
  for (const char* code : {"issuer-unknown", "expired", "name-mismatch", "eku-missing"}) {
    EXPECT_NE(answer.codes.find(code), std::string::npos) << code << " not in " << answer.codes;
  }
}

TEST_F(Check, VersionGapIsCuredByAWiderRange) {
  const OpensslServer server(certificates_.server(root_), {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
  expect(check(server.port(), root_.certificate), "not-established", "version-gap", 1);
  expect(check(server.port(), root_.certificate, {"--tls", "1.0..1.2"}), "trusted", "", 0);
}

TEST_F(Check, CipherGapIsTold) {
  const OpensslServer server(certificates_.server(root_),
                             {"-tls1_2", "-cipher", "ECDHE-ECDSA-CAMELLIA256-SHA384"});
  expect(check(server.port(), root_.certificate), "not-established", "cipher-gap", 1);
}

TEST_F(Check, ServerThatWantsACertificateIsTrustedAndTheRestIsSaid) {
  const auto own = certificates_.client(root_);
  const auto bundle = folder_.write("own.pem", own.pem() + own.key_pem());
  const auto foreign = certificates_.client(other_root_, "foreign");
  const auto foreign_bundle = folder_.write("foreign.pem", foreign.pem() + foreign.key_pem());
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    const OpensslServer server(
        certificates_.server(root_),
        {"-Verify", "2", "-verify_return_error", "-CAfile", root_.certificate.string(), version});
    expect(check(server.port(), root_.certificate), "trusted", "client-certificate-wanted-none-set",
           1);
    expect(check(server.port(), root_.certificate, {"--client", foreign_bundle.string()}),
           "trusted", "client-certificate-refused own-certificate-not-listed", 1);
    expect(check(server.port(), root_.certificate, {"--client", bundle.string()}), "trusted", "",
           0);
  }
}

TEST_F(Check, NginxSaysItWith400AndTheFindingIsTheSame) {
  const auto foreign = certificates_.client(other_root_, "foreign");
  const auto foreign_bundle = folder_.write("foreign.pem", foreign.pem() + foreign.key_pem());
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root_)) +
                   "ssl_verify_client on; ssl_client_certificate " + root_.certificate.string() +
                   "; location / { return 200 ok; }";
  const Nginx nginx(options);
  const auto url = "https://127.0.0.1:" + std::to_string(nginx.port()) + "/";
  expect(check(url, root_.certificate), "trusted", "client-certificate-wanted-none-set", 1);
  expect(check(url, root_.certificate, {"--client", foreign_bundle.string()}), "trusted",
         "client-certificate-refused own-certificate-not-listed", 1);
}

TEST_F(Check, SaysWhatTheServerAnsweredAndJudgesTheCertificateAlone) {
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root_)) +
                   "location / { return 404; } location /here { return 200 here; } "
                   "location /asks { " +
                   std::string(kNginxAsksForAnyUser) + "return 200 in; }";
  const Nginx nginx(options);
  const auto url = "https://127.0.0.1:" + std::to_string(nginx.port());
  const auto answer = [&](const std::string& path, Arguments further = {}) {
    const auto checked = check(url + path, root_.certificate, std::move(further));
    expect(checked, "trusted", "", 0);
    return checked.all.at("http");
  };
  EXPECT_EQ(answer("/here").at("status"), 200);
  EXPECT_EQ(answer("/asks").at("status"), 401);
  const auto password = folder_.write("password", "made-for-the-test\n");
  const Arguments user{"--user", "somebody", "--password-file", password.string()};
  EXPECT_EQ(answer("/asks", user).at("status"), 200);

  const auto words = sealtone({"check", url + "/none", "--trust", root_.certificate.string()});
  EXPECT_EQ(words.status, 0);
  EXPECT_TRUE(words.out.ends_with(
      "\nThe server answered GET /none with 404 Not Found: it has nothing there.\n"))
      << words.out;
  EXPECT_TRUE(check(nginx.port(), root_.certificate).all.at("http").is_null());
  EXPECT_TRUE(check(url + "/here", other_root_.certificate).all.at("http").is_null());
}

TEST_F(Check, PlainTextSilenceAlertAndCloseEachHaveTheirOwnWord) {
  Nginx::Options plain;
  plain.server = "location / { return 200 ok; }";
  plain.tls = false;
  const Nginx nginx(plain);
  expect(check(nginx.port(), root_.certificate), "not-established", "plain-text-on-tls-port", 1);

  const ScriptedServer alerting([](int descriptor) {
    (void)receive(descriptor);
    transmit(descriptor, std::string("\x15\x03\x03\x00\x02\x02\x50", 7));  // fatal internal_error
  });
  expect(check(alerting.port(), root_.certificate), "not-established", "alert-received", 1);

  const ScriptedServer closing([](int descriptor) { (void)receive(descriptor); });
  expect(check(closing.port(), root_.certificate), "not-established", "peer-closed", 1);

  const ScriptedServer silent([](int descriptor) {
    while (!receive(descriptor).empty()) {
    }
  });
  expect(check(silent.port(), root_.certificate), "not-established", "handshake-timeout", 1);
}

// Of files alone, for no server can start with the two.
TEST_F(Check, KeyThatDoesNotBelongToTheCertificateIsAFinding) {
  const auto leaf = issued(server_wish());
  const auto other = certificates_.server(root_, "other");
  const auto judged = [&](const std::filesystem::path& chain, const std::filesystem::path& key) {
    const auto finished =
        sealtone({"check", "--chain", chain.string(), "--key", key.string(), "--name", "localhost",
                  "--trust", root_.certificate.string(), "--json"});
    EXPECT_EQ(finished.status, 1) << finished.err;
    return nlohmann::json::parse(finished.out).at("verdict");
  };
  const auto verdict = judged(leaf.certificate, other.key);
  EXPECT_EQ(codes(verdict), "wrong-key");
  EXPECT_EQ(verdict.at("decision"), "untrusted");
  EXPECT_NE(verdict.at("headline")
                .get<std::string>()
                .find("localhost could make no TLS connection: the private key that was given"),
            std::string::npos)
      << verdict.at("headline");
  // The key of another certificate of the file.
  const auto turned = judged(certificates_.bundle("turned.pem", {root_, leaf}), leaf.key);
  EXPECT_TRUE(codes(turned).starts_with("wrong-key")) << codes(turned);
  EXPECT_NE(turned.at("findings").at(0).at("says").get<std::string>().find("but to that of"),
            std::string::npos);
}

TEST_F(Check, NobodyAnsweringEndsWithTwo) {
  const auto finished = sealtone(
      {"check", "127.0.0.1:" + std::to_string(free_port()), "--trust", root_.certificate.string()});
  EXPECT_EQ(finished.status, 2);
  EXPECT_NE(finished.err.find("127.0.0.1"), std::string::npos) << finished.err;
}

TEST_F(Check, WithoutAListItSaysWhoseRootsJudge) {
  const OpensslServer server(certificates_.server(root_));
  const std::string target = "127.0.0.1:" + std::to_string(server.port());
  const std::string line = "judged by this computer's roots; that says nothing about your phones\n";
  const auto words = sealtone({"check", target});
  EXPECT_EQ(words.status, 1);
  EXPECT_EQ(words.out.substr(0, line.size()), line);
  const auto json = sealtone({"check", target, "--json"});
  EXPECT_EQ(json.err, line);
  EXPECT_TRUE(nlohmann::json::accept(json.out));
}

// What stands from "Details:" to the next empty line.
std::string details_in(const std::string& text) {
  const auto from = text.find("\nDetails:\n");
  return from == std::string::npos ? "" : text.substr(from, text.find("\n\n", from) - from);
}

TEST_F(Check, ConnectionOfAPhoneHasTheDetailsThatCheckGives) {
  auto wish = server_wish();
  wish.extended_key_usage = "clientAuth";
  const OpensslServer server(issued(wish));
  const auto at = "127.0.0.1:" + std::to_string(server.port());
  const auto checked = sealtone({"check", at, "--trust", other_root_.certificate.string()});
  const PhoneUnderTest phone({"--mac", "001565000001"}, {other_root_.certificate});
  phone.set("static.auto_provision.server.url", "https://" + at + "/");
  (void)phone.provision();
  const auto kept = phone.command({"connections", "1"});
  EXPECT_NE(unwrapped(details_in(kept.out)).find("issuer-unknown: certificate 1; wanted: "),
            std::string::npos)
      << kept.out;
  EXPECT_NE(unwrapped(details_in(kept.out)).find("eku-missing: certificate 1"), std::string::npos)
      << kept.out;
  EXPECT_EQ(details_in(kept.out), details_in(checked.out));
}

TEST_F(Check, DrawsTheStepsAndMarksTheFailingOne) {
  const OpensslServer server(certificates_.server(root_), {"-tls1_2"});
  const auto refused = sealtone({"check", "127.0.0.1:" + std::to_string(server.port()), "--trust",
                                 other_root_.certificate.string()});
  for (const char* part :
       {"①", "②", "③", "ClientHello", "ServerHello", "Certificate", "✗", "TLS 1.2"}) {
    EXPECT_NE(refused.out.find(part), std::string::npos) << part << "\n" << refused.out;
  }
  EXPECT_EQ(refused.out.find("⑤"), std::string::npos) << refused.out;
}

TEST_F(Check, SaysAllThatIsKnownOfEachStepAndMakesAPictureOfIt) {
  const OpensslServer server(certificates_.server(root_), {"-tls1_2"});
  const auto picture = folder_.path() / "ladder.svg";
  const Arguments asked{"check",    "127.0.0.1:" + std::to_string(server.port()),
                        "--trust",  other_root_.certificate.string(),
                        "--ladder", "--ascii",
                        "--svg",    picture.string()};
  const auto refused = sealtone(asked);
  for (const char* part : {"| versions: TLS 1.3, TLS 1.2\n", "| secure renegotiation: yes\n",
                           "\nCertificates\n  * "}) {
    EXPECT_NE(refused.out.find(part), std::string::npos) << part << "\n" << refused.out;
  }
  EXPECT_EQ(std::ranges::count_if(refused.out, [](unsigned char c) { return c >= 0x80; }), 0);
  const auto svg = read_text(picture);
  EXPECT_NE(svg.find(">it ended here</text>"), std::string::npos) << svg;
  const auto again = sealtone(asked);
  EXPECT_EQ(again.status, 2);
  EXPECT_NE(again.err.find("was left as it is"), std::string::npos) << again.err;
  EXPECT_EQ(read_text(picture), svg);
}

}  // namespace
}  // namespace sealtone::test
