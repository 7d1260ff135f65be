// SPDX-License-Identifier: Apache-2.0
//
// sealtone check --as: what phones of other generations make of files and of live servers.
#include "e2e/check_files_fixture.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What no client or not these phones can meet is found in a file as it is of a server.
TEST_F(CheckFiles, KeysAreJudgedByWhatIsOfferedAsLiveOnes) {
  const std::string profiles = "v80,v84";
  for (const char* kind : {"rsa:2048", "ec", "ec:P-384", "ec:secp256k1", "ec:brainpoolP256r1",
                           "ec:P-224", "ed25519", "rsa-pss"}) {
    auto wish = server_wish();
    const bool pss = std::string_view(kind) == "rsa-pss";
    wish.key = kind;
    if (pss) {
      const auto key = folder_.path() / "pss.key";
      run_ok({"openssl", "genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048",
              "-out", key.string()});
      wish.key = "of:" + key.string();
    }
    const auto leaf = certificates_.issue(pss ? "kind-pss" : "kind", wish, root_);
    const OpensslServer server(leaf, {"-cipher", "ALL:@SECLEVEL=0"});
    const auto live = check(server.port(), root_.certificate, {"--name", "localhost"});
    const auto planned = check_file(leaf.certificate, root_.certificate);
    EXPECT_EQ(planned.status, live.status) << kind << " " << planned.codes << " " << live.codes;
    if (live.status != 0) {
      EXPECT_THAT(planned.codes, HasSubstr("key-type-not-supported")) << kind;
      EXPECT_EQ(live.codes, "cipher-gap") << kind;
      EXPECT_THAT(live.all["verdict"]["findings"][0]["hint"].dump(), HasSubstr("on a curve"))
          << kind;
    }
    const auto live_as = as(profiles, {"127.0.0.1:" + std::to_string(server.port()), "--name",
                                       "localhost", "--trust", root_.certificate.string()});
    const auto planned_as = as_file(profiles, leaf.certificate, root_.certificate);
    for (std::size_t i = 0; i < live_as.all.size(); ++i) {
      EXPECT_EQ(planned_as.all[i]["profile"]["connects"], live_as.all[i]["profile"]["connects"])
          << kind << " " << planned_as.verdicts[i] << " " << live_as.verdicts[i];
    }
  }
}

TEST_F(CheckFiles, PhonesThatKnowNoRevocationListsConnectAndItIsSaid) {
  const auto leaf = certificates_.issue("leaf", server_wish(), root_);
  const auto list = folder_.path() / "list.pem";
  const auto settings = folder_.write(
      "ca.cnf", "[ca]\ndefault_ca=it\n[it]\ndatabase=" + (folder_.path() / "index").string() +
                    "\ndefault_md=sha256\ndefault_crl_days=30\n");
  folder_.write("index", "");
  const Arguments ca{"openssl",  "ca",
                     "-config",  settings.string(),
                     "-keyfile", root_.key.string(),
                     "-cert",    root_.certificate.string()};
  auto revoke = ca;
  revoke.insert(revoke.end(), {"-revoke", leaf.certificate.string()});
  run_ok(revoke);
  auto make = ca;
  make.insert(make.end(), {"-gencrl", "-out", list.string()});
  run_ok(make);
  const auto ours = check_file(leaf.certificate, root_.certificate, {"--crl", list.string()});
  expect(ours, "untrusted", "revoked", 1);
  const auto phones =
      as("v84", {"--chain", leaf.certificate.string(), "--trust", root_.certificate.string(),
                 "--name", "localhost", "--crl", list.string()});
  EXPECT_EQ(phones.verdicts, Lines{"v84: trusted"});
  EXPECT_EQ(phones.status, 0);
  EXPECT_THAT(phones.all[0]["remarks"].dump(), HasSubstr("was revoked by"));
  EXPECT_THAT(phones.all[0]["remarks"].dump(), HasSubstr("these phones know no revocation lists"));
}

// Five phones wait beside each other, not one behind the other.
TEST_F(CheckFiles, ServerThatSaysNothingIsWaitedForOnce) {
  const ScriptedServer silent([](int descriptor) {
    while (!receive(descriptor).empty()) {
    }
  });
  const auto before = std::chrono::steady_clock::now();
  const auto answer = as("v60,v70,v80,v84,v86", {"127.0.0.1:" + std::to_string(silent.port()),
                                                 "--trust", root_.certificate.string()});
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(25));
  EXPECT_EQ(answer.status, 1);
  ASSERT_EQ(answer.verdicts.size(), 5U);
  for (const auto& line : answer.verdicts) EXPECT_THAT(line, HasSubstr("handshake-timeout"));
}

// What a phone cannot take up it does not trust.
TEST_F(CheckFiles, ListThatPhonesCannotTakeKeepsThemFromConnecting) {
  const auto leaf = certificates_.issue("leaf", server_wish(), root_);
  std::vector<Identity> many{root_};
  for (int i = 1; i <= 10; ++i) {
    many.push_back(certificates_.self_signed("more" + std::to_string(i),
                                             authority("More " + std::to_string(i))));
  }
  const auto over = as_file("v84", leaf.certificate, certificates_.bundle("eleven.pem", many));
  EXPECT_EQ(over.verdicts, Lines{"v84: trusted"});
  EXPECT_EQ(over.all[0]["profile"]["connects"], false);
  EXPECT_EQ(over.all[0]["profile"]["takes_trusted"], false);
  EXPECT_EQ(over.status, 1);
  many.pop_back();
  const auto at = as_file("v84", leaf.certificate, certificates_.bundle("ten.pem", many));
  EXPECT_EQ(at.all[0]["profile"]["connects"], true);
  EXPECT_EQ(at.status, 0);
  // Who accepts everybody needs no list.
  const auto odd = folder_.path() / "root.p7b";
  run_ok({"openssl", "crl2pkcs7", "-nocrl", "-certfile", root_.certificate.string(), "-out",
          odd.string()});
  const auto rsa = [&] {
    auto wish = server_wish();
    wish.key = "rsa:2048";
    return certificates_.issue("rsa", wish, root_);
  }();
  const auto form = as_file("v60,v84", rsa.certificate, odd);
  EXPECT_EQ(form.all[0]["profile"]["connects"], true);
  EXPECT_EQ(form.all[1]["profile"]["connects"], false);
  EXPECT_EQ(form.status, 1);
}

// Of two intermediates of one name and key they take the one that was sent first.
TEST_F(CheckFiles, PhonesFollowTheFirstIssuerThatWasSent) {
  auto wish = authority("Issuing CA");
  const auto good = certificates_.issue("good-ca", wish, root_);
  wish.key = "of:" + good.key.string();
  wish.not_after = "20240101000000Z";
  const auto old = certificates_.issue("old-ca", wish, root_);
  const auto leaf = certificates_.issue("leaf", server_wish(), good);
  const auto before = certificates_.bundle("before.pem", {leaf, old, good});
  const auto behind = certificates_.bundle("behind.pem", {leaf, good, old});
  EXPECT_EQ(as_file("v84", before, root_.certificate).verdicts,
            Lines{"v84: untrusted better-path-exists"});
  EXPECT_EQ(as_file("v84", behind, root_.certificate).verdicts, Lines{"v84: trusted"});
}

TEST_F(CheckFiles, FixesForPhonesAreThoseTheyCanCarryOut) {
  const auto leaf = [&] {
    auto wish = server_wish();
    wish.key = "rsa:2048";
    return certificates_.issue("rsa", wish, root_);
  }();
  const OpensslServer server(leaf, {"-tls1_2"});
  const auto gap = as("v60,v70", {"127.0.0.1:" + std::to_string(server.port())});
  for (const auto& row : gap.all) {
    const auto& fix = row["verdict"]["findings"][0]["fix"];
    EXPECT_EQ(row["verdict"]["findings"][0]["code"], "version-gap");
    EXPECT_THAT(fix["say"].get<std::string>(), HasSubstr("Enable TLS 1.0 on the server"));
    EXPECT_TRUE(fix["desk_phones"].empty()) << fix.dump();
  }
  const auto unknown = as_file("v60,v70,v84", leaf.certificate, other_root_.certificate);
  // The first step is the server's, and needs no lines for phones.
  const auto lines = [&](int i) {
    for (const auto& finding : unknown.all[i]["verdict"]["findings"]) {
      if (finding["code"] == "issuer-unknown") return finding["fix"]["desk_phones"].dump();
    }
    return std::string("it is not told");
  };
  EXPECT_EQ(lines(0), "[]");
  EXPECT_THAT(lines(1), HasSubstr("\"trusted_certificates.url ="));
  EXPECT_THAT(lines(2), HasSubstr("\"static.trusted_certificates.url ="));
}

// Let's Encrypt, as it stood from 2021 on: a root of its own, the same root certified by an older
// one whose own certificate has run out, and an intermediate.
class LetsEncrypt : public CheckFiles {
 protected:
  static Wish old_root() {
    auto wish = authority("Test DST Root CA X3");
    wish.not_after = "20210930140115Z";
    return wish;
  }
  Wish cross_wish(const std::string& not_after) const {
    auto wish = authority("Test ISRG Root X1");
    wish.key = "of:" + x1_.key.string();
    wish.not_after = not_after;
    return wish;
  }
  static Wish leaf_wish() {
    auto wish = server_wish();
    wish.key = "rsa:2048";
    return wish;
  }
  Identity x1_ = certificates_.self_signed("x1", authority("Test ISRG Root X1"));
  Identity dst_ = certificates_.self_signed("dst", old_root());
  Identity cross_ = certificates_.issue("cross", cross_wish("20240930181403Z"), dst_);
  // Whose dates hold, though those of its issuer do not.
  Identity lasting_ = certificates_.issue("lasting", cross_wish("20991231235959Z"), dst_);
  Identity r3_ = certificates_.issue("r3", authority("Test R3"), x1_);
  Identity leaf_ = certificates_.issue("leaf", leaf_wish(), r3_);

  std::filesystem::path with_cross_ = certificates_.bundle("cross.pem", {leaf_, r3_, cross_});
  std::filesystem::path with_lasting_ = certificates_.bundle("lasts.pem", {leaf_, r3_, lasting_});
  std::filesystem::path with_root_ = certificates_.bundle("root-too.pem", {leaf_, r3_, x1_});
  std::filesystem::path with_neither_ = certificates_.bundle("neither.pem", {leaf_, r3_});
};

TEST_F(LetsEncrypt, WhoLooksForAnotherPathTrustsAllThree) {
  expect(check_file(with_cross_, x1_.certificate), "trusted", "better-path-exists", 1);
  expect(check_file(with_lasting_, x1_.certificate), "trusted", "", 0);
  expect(check_file(with_root_, x1_.certificate), "trusted", "", 0);
  expect(check_file(with_neither_, x1_.certificate), "trusted", "", 0);
}

// As it was reported of desk phones: the root in the list does not help while the cross-certificate
// is sent.
TEST_F(LetsEncrypt, PhonesWithTheRootRefuseTheCrossCertificateAlone) {
  for (const auto& file : {with_cross_, with_lasting_}) {
    const auto crossed = as_file("v70,v84", file, x1_.certificate);
    EXPECT_EQ(crossed.verdicts,
              (Lines{"v70: untrusted better-path-exists", "v84: untrusted better-path-exists"}));
    EXPECT_EQ(crossed.status, 1);
    const auto fix = crossed.all[0]["verdict"]["findings"][0]["fix"]["say"].get<std::string>();
    EXPECT_THAT(fix, HasSubstr("out of the server's certificate file"));
    EXPECT_THAT(crossed.all[0]["profile"]["assumed"].dump(), HasSubstr("as they were sent"));
  }
  for (const auto& file : {with_root_, with_neither_}) {
    const auto good = as_file("v70,v80,v84,v86", file, x1_.certificate);
    EXPECT_EQ(good.verdicts,
              (Lines{"v70: trusted", "v80: trusted", "v84: trusted", "v86: trusted"}));
    EXPECT_EQ(good.status, 0);
    for (const auto& row : good.all) {
      EXPECT_EQ(row["profile"]["built_in"], "not known: treated as empty");
      EXPECT_EQ(row["profile"]["connects"], true);
    }
  }
}

TEST_F(LetsEncrypt, PhonesWithoutTheRootTrustNone) {
  for (const auto& file : {with_cross_, with_root_, with_neither_}) {
    const auto answer = as_file("v70,v86", file, other_root_.certificate);
    EXPECT_EQ(answer.status, 1);
    for (const auto& line : answer.verdicts) {
      EXPECT_THAT(line, HasSubstr("untrusted issuer-unknown")) << file;
    }
  }
  // Nothing uploaded, and what is built in is not known: nobody is trusted for that.
  const auto nothing = as("v84", {"--chain", with_neither_.string(), "--name", "localhost"});
  EXPECT_EQ(nothing.verdicts, Lines{"v84: untrusted issuer-unknown"});
  // The old root alone: the path there is has run out.
  const auto old = as_file("v84", with_cross_, dst_.certificate);
  EXPECT_THAT(old.verdicts.front(), HasSubstr("untrusted expired"));
}

TEST_F(LetsEncrypt, PhoneThatLooksFurtherIsAnotherProfile) {
  auto text =
      read_text(std::filesystem::path(std::getenv("SEALTONE_SOURCE")) / "profiles/v84.toml");
  const std::string key = "other_paths = { value = ";
  text.replace(text.find(key + "false") + key.size(), 5, "true");
  const auto profile = folder_.write("mine.toml", text);
  const auto answer = as_file(profile.string(), with_cross_, x1_.certificate);
  EXPECT_EQ(answer.verdicts, Lines{"v84: trusted"});
}

// What a server of today must not show, and old phones take.
TEST_F(CheckFiles, Sha1AndShortKeysAreJudgedAsThePhonesDo) {
  auto wish = server_wish();
  wish.digest = "sha1";
  wish.key = "rsa:1024";
  const auto old = certificates_.issue("old", wish, root_);
  const auto here = check_file(old.certificate, root_.certificate);
  EXPECT_EQ(here.decision, "untrusted");
  EXPECT_EQ(here.codes, "weak-signature weak-key");
  const auto answer = as_file("v70,v86", old.certificate, root_.certificate);
  EXPECT_EQ(answer.verdicts, (Lines{"v70: trusted", "v86: trusted"}));
  EXPECT_THAT(answer.all[0]["profile"]["assumed"].dump(), HasSubstr("signatures with SHA-1 count"));
  wish.key = "rsa:512";
  const auto shorter = certificates_.issue("shorter", wish, root_);
  EXPECT_EQ(as_file("v70,v86", shorter.certificate, root_.certificate).verdicts,
            (Lines{"v70: trusted", "v86: untrusted weak-key"}));
}

TEST_F(LetsEncrypt, SwitchThatIsOffIsToldAndRefusesNothing) {
  const auto answer = as_file("v60", with_neither_, other_root_.certificate);
  EXPECT_EQ(answer.verdicts.front().find("v60: accepted-untrusted"), 0U);
  EXPECT_EQ(answer.status, 0);
  EXPECT_TRUE(answer.all[0]["profile"]["built_in"].is_null());
}

TEST_F(LetsEncrypt, LiveServersAreMetAsTheFilesAreJudged) {
  const auto chain = certificates_.bundle("behind.pem", {r3_, cross_});
  const OpensslServer server(leaf_, {"-cert_chain", chain.string()});
  const auto at = "127.0.0.1:" + std::to_string(server.port());
  const auto answer =
      as("v80,v84", {at, "--name", "localhost", "--trust", x1_.certificate.string()});
  EXPECT_EQ(answer.verdicts,
            (Lines{"v80: untrusted better-path-exists", "v84: untrusted better-path-exists"}));
  EXPECT_FALSE(answer.all[0]["handshake"].is_null());
}

TEST_F(LetsEncrypt, LiveServersAreSentTheHelloOfTheProfile) {
  const auto chain = certificates_.bundle("behind.pem", {r3_});
  const Arguments served{"-cert_chain", chain.string(), "-tlsextdebug", "-cipher",
                         "ALL:@SECLEVEL=0"};
  const auto heard = [&](const char* profile, const char* version) {
    auto how = served;
    if (*version != 0) how.emplace_back(version);
    OpensslServer server(leaf_, how);
    const auto at = "127.0.0.1:" + std::to_string(server.port());
    const auto answer =
        as(profile, {at, "--name", "localhost", "--trust", x1_.certificate.string()});
    EXPECT_EQ(answer.verdicts, Lines{std::string(profile) + ": trusted"});
    server.process().stop();
    return server.process().out() + server.process().err();
  };
  EXPECT_THAT(heard("v84", ""), HasSubstr("\"server name\""));
  const auto v80 = heard("v80", "");
  EXPECT_THAT(v80, Not(HasSubstr("\"server name\"")));
  EXPECT_THAT(v80, Not(HasSubstr("\"supported_groups\"")));
  EXPECT_THAT(v80, HasSubstr("\"session ticket\""));
  EXPECT_THAT(heard("v70", "-tls1"), Not(HasSubstr("\"session ticket\"")));
  // A server of today has no version that the phones of 2012 have.
  const OpensslServer modern(leaf_, {"-cert_chain", chain.string(), "-tls1_3"});
  const auto gap = as(
      "v70", {"127.0.0.1:" + std::to_string(modern.port()), "--trust", x1_.certificate.string()});
  EXPECT_EQ(gap.verdicts, Lines{"v70: not-established version-gap"});
  EXPECT_EQ(gap.status, 1);
}

TEST_F(LetsEncrypt, NameThatIsNotCheckedIsSaidAllTheSame) {
  const auto words = sealtone({"check", "--as", "v84", "--chain", with_neither_.string(), "--trust",
                               x1_.certificate.string(), "--name", "elsewhere.example"});
  EXPECT_EQ(words.status, 0) << words.out << words.err;
  auto text = words.out;
  std::ranges::replace(text, '\n', ' ');
  EXPECT_THAT(text, HasSubstr("not for \"elsewhere.example\"; these phones do not check that."));
  EXPECT_THAT(text, HasSubstr("Built-in certificates: not known: treated as empty"));
  EXPECT_THAT(text, HasSubstr("Assumed: "));
  EXPECT_THAT(text, HasSubstr("Would connect: v84."));
}

// The phones of before 2017 offer no cipher that goes with a key on a curve.
TEST_F(LetsEncrypt, KeyThatOldPhonesHaveNoCipherForIsFound) {
  const auto ec = certificates_.issue("ec", server_wish(), r3_);
  const auto file = certificates_.bundle("ec.pem", {ec, r3_});
  const auto answer = as_file("v60,v80,v84", file, x1_.certificate);
  EXPECT_EQ(answer.verdicts, (Lines{"v60: untrusted key-type-not-supported",
                                    "v80: untrusted key-type-not-supported", "v84: trusted"}));
  EXPECT_EQ(answer.all[1]["verdict"]["findings"][0]["fix"]["say"],
            "Have the server's certificate issued again for a new key, RSA 2048.");
  const OpensslServer server(ec, {"-cert_chain", r3_.certificate.string()});
  const auto live = as(
      "v80", {"127.0.0.1:" + std::to_string(server.port()), "--trust", x1_.certificate.string()});
  EXPECT_EQ(live.verdicts, Lines{"v80: not-established cipher-gap"});
}

TEST_F(LetsEncrypt, ProfilesAreShownWithTheirSources) {
  const auto list = sealtone({"profile", "list"});
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(unwrapped(list.out), HasSubstr("v84: V81 to V85"));
  const auto show = sealtone({"profile", "show", "v84"});
  EXPECT_EQ(show.status, 0);
  EXPECT_THAT(unwrapped(show.out), HasSubstr("which certificates are built in is not known"));
  EXPECT_THAT(show.out, HasSubstr("[assumed"));
  EXPECT_THAT(show.out, HasSubstr("- S13: https://github.com/"));
  const auto json = nlohmann::json::parse(sealtone({"profile", "show", "v60", "--json"}).out);
  EXPECT_EQ(json.at("values").size(), 20U);
  const auto none = sealtone({"profile", "show", "v99"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("v60, v70, v80, v84, v86"));
}

}  // namespace
}  // namespace sealtone::test
