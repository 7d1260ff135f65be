// SPDX-License-Identifier: Apache-2.0
//
// The doctor through the program: what it finds in other people's files, and that what it mends is
// served by nginx and taken by a phone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> found(const nlohmann::json& remarks) {
  std::vector<std::string> out;
  for (const auto& remark : remarks) {
    if (remark.at("weight") != "note") out.push_back(remark.at("code"));
  }
  return out;
}

class Doctor : public testing::Test {
 protected:
  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  // The files one behind the other, as one.
  std::string joined(const std::string& name, const std::vector<std::filesystem::path>& files) {
    std::string text;
    for (const auto& file : files) text += read_text(file);
    return folder_.write(name, text).string();
  }
  std::vector<std::string> remarks(Arguments files) {
    files.insert(files.begin(), "doctor");
    return found(sealtone_json(files).at("remarks"));
  }
  static int mode_of(const std::string& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) == 0 ? static_cast<int>(facts.st_mode & 0777) : -1;
  }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity middle_ = certificates_.issue("middle", {.common_name = "Middle CA", .ca = true}, root_);
  Identity leaf_ = certificates_.issue(
      "leaf", {.common_name = "localhost", .names = {"DNS:localhost", "IP:127.0.0.1"}}, middle_);
  TempDir folder_;
};

TEST_F(Doctor, FindsNothingInASoundUploadWhateverItsForm) {
  const auto trust = root_.certificate.string();
  const Arguments parts{"doctor",
                        leaf_.certificate.string(),
                        middle_.certificate.string(),
                        leaf_.key.string(),
                        "--trust",
                        trust};
  const auto said = sealtone(parts);
  EXPECT_EQ(said.status, 0) << said.out << said.err;
  EXPECT_THAT(unwrapped(said.out), HasSubstr("Nothing is wrong with it."));
  EXPECT_EQ(
      sealtone({"doctor", joined("one.pem", {leaf_.certificate, middle_.certificate, leaf_.key})})
          .status,
      0);
  run_ok({"openssl", "pkcs12", "-export", "-in", leaf_.certificate.string(), "-inkey",
          leaf_.key.string(), "-certfile", middle_.certificate.string(), "-passout", "pass:secret",
          "-out", at("one.p12")});
  EXPECT_EQ(sealtone({"doctor", at("one.p12"), "--passphrase-file",
                      folder_.write("secret", "secret").string()})
                .status,
            0);
  EXPECT_EQ(sealtone({"doctor", at("one.p12")}).status, 2);
  EXPECT_EQ(
      sealtone({"doctor", leaf_.der.string(), middle_.der.string(), leaf_.key.string()}).status, 0);
}

TEST_F(Doctor, MendsAnUploadThatNginxServesAndAPhoneTakes) {
  const auto stray = certificates_.root("stray");
  const auto other_key = certificates_.client(root_);
  const auto mess = joined("mess.pem", {root_.certificate, stray.certificate, middle_.certificate,
                                        leaf_.certificate, middle_.certificate, leaf_.key});
  const auto broken =
      folder_.write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" +
                                      read_text(other_key.key));
  EXPECT_THAT(remarks({mess, broken.string()}),
              UnorderedElementsAre("unreadable", "key-unused", "duplicate", "order",
                                   "root-in-chain", "unrelated"));
  const auto mended = at("mended.pem");
  const auto said = sealtone({"doctor", mess, broken.string(), "--fix", mended});
  EXPECT_EQ(said.status, 0) << said.out << said.err;
  EXPECT_THAT(unwrapped(said.out), HasSubstr("The certificates were put in order."));
  EXPECT_THAT(unwrapped(said.out), HasSubstr("The root \"Sealtone test root\" was left out."))
      << said.out;
  EXPECT_EQ(mode_of(mended), 0600);
  EXPECT_EQ(sealtone({"doctor", mended}).status, 0);

  // nginx wants it as it is written: one file for both.
  Nginx::Options options;
  options.server = "ssl_certificate " + mended + "; ssl_certificate_key " + mended +
                   "; location / { return 200 served; }";
  const Nginx nginx(options);
  const auto fetched = run({"curl", "-sS", "--cacert", root_.certificate.string(),
                            "https://localhost:" + std::to_string(nginx.port()) + "/"});
  EXPECT_EQ(fetched.out, "served") << fetched.err;

  PhoneUnderTest phone;
  phone.must({"trust", "add", root_.certificate.string()});
  const auto set = phone.command({"server-cert", "set", mended});
  EXPECT_EQ(set.status, 0) << set.err;
  EXPECT_EQ(run({"curl", "-sS", "-o", "/dev/null", "--cacert", root_.certificate.string(),
                 "https://localhost:" + std::to_string(phone.port()) + "/"})
                .status,
            0);
  EXPECT_EQ(sealtone({"check", "127.0.0.1:" + std::to_string(phone.port()), "--trust",
                      root_.certificate.string()})
                .status,
            0);
}

TEST_F(Doctor, WritesNeverOverAFileAndRefusesWhatItCannotMend) {
  const auto there = folder_.write("there.pem", "mine").string();
  EXPECT_EQ(
      sealtone({"doctor", leaf_.certificate.string(), leaf_.key.string(), "--fix", there}).status,
      2);
  EXPECT_EQ(read_text(there), "mine");
  const auto other = certificates_.server(root_, "other");
  const auto mismatch =
      sealtone({"doctor", leaf_.certificate.string(), middle_.certificate.string(),
                other.key.string(), "--fix", at("a.pem")});
  EXPECT_EQ(mismatch.status, 1);
  EXPECT_THAT(unwrapped(mismatch.out),
              HasSubstr("a.pem was not written: the private key fits none"));
  EXPECT_FALSE(std::filesystem::exists(at("a.pem")));
  const auto two = sealtone(
      {"doctor", leaf_.certificate.string(), other.certificate.string(), "--fix", at("b.pem")});
  EXPECT_EQ(two.status, 1);
  EXPECT_THAT(unwrapped(two.out),
              HasSubstr("b.pem was not written: there are several servers' certificates"));
}

TEST_F(Doctor, AddsTheMissingIntermediateThatIsAtHand) {
  const auto held = joined("held.pem", {middle_.certificate, root_.certificate});
  const auto alone = sealtone_json({"doctor", leaf_.certificate.string(), leaf_.key.string()});
  EXPECT_THAT(found(alone.at("remarks")), ElementsAre("chain-incomplete"));
  const auto said = sealtone({"doctor", leaf_.certificate.string(), leaf_.key.string(), "--trust",
                              held, "--fix", at("whole.pem")});
  EXPECT_EQ(said.status, 0) << said.out;
  EXPECT_THAT(unwrapped(said.out), HasSubstr("was added behind \"localhost\"."));
  EXPECT_EQ(sealtone({"doctor", at("whole.pem")}).status, 0);
}

TEST_F(Doctor, FindsEachPlantedFault) {
  const auto planted = [&](Wish wish, const std::string& name, Arguments further = {}) {
    wish.names = {"DNS:localhost"};
    wish.common_name = "localhost";
    const auto one = certificates_.issue(name, wish, middle_);
    Arguments files{one.certificate.string(), middle_.certificate.string(), one.key.string(),
                    "--trust", root_.certificate.string()};
    files.insert(files.end(), further.begin(), further.end());
    return remarks(files);
  };
  EXPECT_THAT(planted({.not_after = "20250101000000Z"}, "expired"), ElementsAre("expired"));
  EXPECT_THAT(planted({.not_before = "20900101000000Z"}, "future"), ElementsAre("not-yet-valid"));
  EXPECT_THAT(planted({.key = "rsa:1024"}, "weak"), ElementsAre("weak-key"));
  EXPECT_THAT(planted({.digest = "sha1"}, "sha1"), ElementsAre("weak-signature"));
  EXPECT_THAT(planted({.extended_key_usage = "serverAuth"}, "server-only"),
              ElementsAre("own-certificate-lacks-client-use"));
  EXPECT_THAT(planted({.extended_key_usage = "clientAuth"}, "client-only"),
              ElementsAre("eku-missing"));
  EXPECT_THAT(planted({}, "named", {"--name", "other.example"}), ElementsAre("name-mismatch"));
  EXPECT_THAT(planted({}, "later", {"--at", "2099-12-30"}), Contains("expires-soon"));

  const auto not_ca = certificates_.issue("not-ca", {.common_name = "Not a CA"}, root_);
  const auto below = certificates_.issue("below", {.common_name = "localhost"}, not_ca);
  EXPECT_THAT(remarks({below.certificate.string(), not_ca.certificate.string(), below.key.string(),
                       "--trust", root_.certificate.string()}),
              Contains("not-a-ca"));
  EXPECT_THAT(remarks({leaf_.certificate.string(), "--for", "trusted"}), ElementsAre("pin"));
  EXPECT_THAT(remarks({root_.certificate.string(), middle_.certificate.string()}), IsEmpty());
}

TEST_F(Doctor, TellsAFileOfAnotherKindAndGoesOn) {
  run_ok({"openssl", "req", "-new", "-key", leaf_.key.string(), "-subj", "/CN=x", "-out",
          at("request.csr")});
  const auto said =
      sealtone({"doctor", at("request.csr"), leaf_.certificate.string(), leaf_.key.string()});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(unwrapped(said.out), HasSubstr("this is a certificate request (CSR)"));
  const auto alone = sealtone({"doctor", at("request.csr")});
  EXPECT_EQ(alone.status, 2);
  EXPECT_THAT(alone.err, HasSubstr("this is a certificate request (CSR)"));
  EXPECT_EQ(sealtone({"doctor", at("absent.pem")}).status, 2);
}

TEST_F(Doctor, IsTheSameAtBothUploadsOfAPhone) {
  PhoneUnderTest phone;
  const auto bundle = folder_.write(
      "bundle.pem", read_text(root_.certificate) +
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" +
                        read_text(middle_.certificate));
  const auto refused = phone.command({"trust", "add", bundle.string()});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("nothing was added. PEM block 2 (CERTIFICATE, from line "));
  EXPECT_THAT(unwrapped(refused.out), HasSubstr("not added"));
  EXPECT_THAT(phone.ask({"trust", "list"}).at("certificates"), IsEmpty());

  const auto pinned = phone.command({"trust", "add", leaf_.certificate.string()});
  EXPECT_EQ(pinned.status, 0);
  EXPECT_THAT(
      unwrapped(pinned.out),
      HasSubstr("it vouches for that one certificate alone; when it is renewed it has to be "
                "uploaded again."));
  phone.set("sealtone.trusted.limit", "2");
  const auto two = joined("two.pem", {root_.certificate, middle_.certificate});
  const auto over = phone.command({"trust", "add", two});
  EXPECT_EQ(over.status, 2);
  EXPECT_THAT(over.err, HasSubstr("holds 1, and 2 more do not fit: its limit is 2"));
  const auto set = phone.command({"server-cert", "set", leaf_.certificate.string()});
  EXPECT_EQ(set.status, 2);
  EXPECT_THAT(set.err, HasSubstr("The private key of \"localhost\" (EC P-256) is not among"));
}

TEST_F(Doctor, EndsSoonWhateverIsInTheFiles) {
  std::string many;
  const auto pem = read_text(root_.certificate);
  while (many.size() + pem.size() < 5'000'000) many += pem;
  std::string tiny;
  for (int at = 0; at < 5'000; ++at) {
    tiny += "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
  }
  std::string thousand;
  for (int at = 0; at < 999; ++at) thousand += pem;
  const auto hostile = certificates_.self_signed(
      "hostile", {.common_name = "a\u202e\x1b[2J" + std::string(50, 'W'), .ca = true});
  for (const auto& file : {folder_.write("many.pem", many), folder_.write("tiny.pem", tiny),
                           folder_.write("thousand.pem", thousand), hostile.certificate}) {
    const auto begin = std::chrono::steady_clock::now();
    const auto said = sealtone({"doctor", file.string()});
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << file;
    EXPECT_THAT(said.out + said.err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(said.out + said.err, Not(HasSubstr("\u202e")));
    EXPECT_LE(said.out.size(), 200'000U) << file;
  }
}

}  // namespace
}  // namespace sealtone::test
