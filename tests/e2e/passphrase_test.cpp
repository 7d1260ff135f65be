// SPDX-License-Identifier: Apache-2.0
//
// Encrypted files through the program: the passphrase from a file, from the environment, from a
// terminal, and nowhere it could be read afterwards.
#include <gtest/gtest.h>

#include <cstdlib>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kRight = "right-made-for-the-test";

class Passphrase : public testing::Test {
 protected:
  // further: "-legacy" for RC2 and 3DES, as old programs encrypt.
  std::filesystem::path pkcs12(const Identity& identity, const Arguments& further = {}) {
    const auto file = folder_.path() / (identity.name + ".p12");
    const auto secret = folder_.write("secret", kRight);
    Arguments command{"openssl",
                      "pkcs12",
                      "-export",
                      "-in",
                      identity.certificate.string(),
                      "-inkey",
                      identity.key.string(),
                      "-passout",
                      "file:" + secret.string(),
                      "-out",
                      file.string()};
    command.insert(command.end(), further.begin(), further.end());
    run_ok(command);
    return file;
  }
  static std::string serial_shown(const PhoneUnderTest& phone) {
    auto serial =
        phone.ask({"server-cert", "show"}).at("certificate").at("serial_number").get<std::string>();
    std::erase(serial, ':');
    return serial;
  }
  static StartOptions in_environment(const std::string& passphrase) {
    StartOptions options;
    options.environment["SEALTONE_PASSPHRASE"] = passphrase;
    return options;
  }
  static void expect_refused(const Finished& finished, const std::string& words) {
    EXPECT_EQ(finished.status, 2) << finished.out;
    EXPECT_NE(finished.err.find(words), std::string::npos) << finished.err;
    EXPECT_EQ((finished.out + finished.err).find("made-for-the-test"), std::string::npos);
  }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity client_ = certificates_.client(root_);
  TempDir folder_;
};

TEST_F(Passphrase, OpensTheClientCertificateThatCheckShows) {
  const OpensslServer server(
      certificates_.server(root_),
      {"-Verify", "1", "-CAfile", root_.certificate.string(), "-verify_return_error"});
  const auto file = pkcs12(client_);
  const Arguments check{"check",    "127.0.0.1:" + std::to_string(server.port()),
                        "--trust",  root_.certificate.string(),
                        "--client", file.string()};
  EXPECT_EQ(sealtone(check, in_environment(kRight)).status, 0);
  expect_refused(sealtone(check, in_environment("wrong-made-for-the-test")),
                 "the passphrase does not open it");
  expect_refused(sealtone(check), "is encrypted: a passphrase is needed; give it with");
}

TEST_F(Passphrase, OpensTheListThatCheckJudgesBy) {
  const OpensslServer server(certificates_.server(root_));
  const auto list = folder_.path() / "list.p12";
  const auto secret = folder_.write("secret", std::string(kRight) + "\r\nnot this line");
  run_ok({"openssl", "pkcs12", "-export", "-nokeys", "-in", root_.certificate.string(), "-passout",
          "file:" + folder_.write("plain", kRight).string(), "-out", list.string()});
  const Arguments check{"check", "127.0.0.1:" + std::to_string(server.port()), "--trust",
                        list.string()};
  auto with_file = check;
  with_file.insert(with_file.end(), {"--passphrase-file", secret.string()});
  EXPECT_EQ(sealtone(with_file).status, 0);
  expect_refused(sealtone(check), "a passphrase is needed");
}

TEST_F(Passphrase, IsAskedForAtATerminalWithoutEcho) {
  const auto command =
      std::string(std::getenv("SEALTONE_BINARY")) + " cert show " + pkcs12(client_).string();
  for (const std::string typed : {kRight, "wrong-made-for-the-test"}) {
    StartOptions options;
    options.keep_input_open = true;
    Process terminal({"script", "-qec", command, "/dev/null"}, options);
    ASSERT_TRUE(terminal.said("Passphrase of ")) << terminal.out();
    terminal.send(typed + "\n");
    EXPECT_EQ(terminal.wait(), typed == kRight ? 0 : 2) << terminal.out();
    EXPECT_EQ(terminal.out().find(typed), std::string::npos) << terminal.out();
    const auto* const words = typed == kRight ? "Issued By" : "the passphrase does not open it";
    EXPECT_NE(terminal.out().find(words), std::string::npos) << terminal.out();
  }
}

TEST_F(Passphrase, OpensTheServerCertificateOfAPhoneThatRuns) {
  PhoneUnderTest phone;
  const auto file = pkcs12(client_);
  expect_refused(phone.command({"server-cert", "set", file.string()}), "a passphrase is needed");
  const auto secret = folder_.write("secret", kRight);
  phone.must({"server-cert", "set", file.string(), "--passphrase-file", secret.string()});
  EXPECT_EQ(serial_shown(phone), client_.serial());
  EXPECT_EQ((phone.process().out() + phone.process().err()).find(kRight), std::string::npos);
}

// A running phone may load no library any more, and these need one.
TEST_F(Passphrase, OpensWhatOldAlgorithmsEncryptedInAPhoneThatRuns) {
  PhoneUnderTest phone;
  const auto secret = folder_.write("secret", kRight);
  phone.must({"server-cert", "set", pkcs12(client_, {"-legacy"}).string(), "--passphrase-file",
              secret.string()});
  EXPECT_EQ(serial_shown(phone), client_.serial());
}

TEST_F(Passphrase, IsNotNeededForABundleOfTrustedCertificates) {
  PhoneUnderTest phone;
  const auto bundle = folder_.path() / "bundle.p7b";
  run_ok({"openssl", "crl2pkcs7", "-nocrl", "-certfile", root_.certificate.string(), "-out",
          bundle.string()});
  phone.must({"trust", "add", bundle.string()});
  EXPECT_EQ(phone.ask({"trust", "list"}).at("certificates").size(), 1U);
}

}  // namespace
}  // namespace sealtone::test
