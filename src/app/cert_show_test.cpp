// SPDX-License-Identifier: Apache-2.0
//
// sealtone cert show FILE.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "app/paths.h"
#include "app/said.h"
#include "base/files.h"
#include "base/text.h"

namespace sealtone::app {
namespace {

using test::Said;
using test::sealtone;

TEST(CertShow, NamesAFileThatIsNotThere) {
  const auto said = sealtone({"cert", "show", "/nowhere/at-all.pem"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("/nowhere/at-all.pem"), std::string::npos);
}

std::string format_file(const std::string& name) {
  return std::string(SEALTONE_TEST_DATA) + "/x509/formats/" + name;
}

TEST(CertShow, OpensAFileByItsPassphrase) {
  const auto folder = make_temporary_folder().value();
  const auto right = folder / "right";
  const auto wrong = folder / "wrong";
  ASSERT_TRUE(base::write_file(right, base::view("secret\n"), 0600));
  ASSERT_TRUE(base::write_file(wrong, base::view("wrong-made-for-the-test\n"), 0600));
  const auto file = format_file("openssl-legacy.p12");
  const auto shown = sealtone({"cert", "show", file.c_str(), "--passphrase-file", right.c_str()});
  EXPECT_EQ(shown.code, kDone) << shown.err;
  EXPECT_NE(shown.out.find("CN=phone p256"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("EC P-256), which fits the first certificate"), std::string::npos);

  const auto refused = sealtone({"cert", "show", file.c_str(), "--passphrase-file", wrong.c_str()});
  EXPECT_EQ(refused.code, kCouldNot);
  EXPECT_NE(refused.err.find("the passphrase does not open it"), std::string::npos) << refused.err;
  EXPECT_EQ(refused.err.find("made-for-the-test"), std::string::npos);

  const auto nowhere =
      sealtone({"cert", "show", file.c_str(), "--passphrase-file", (folder / "none").c_str()});
  EXPECT_EQ(nowhere.code, kCouldNot);

  ::setenv("SEALTONE_PASSPHRASE", "secret", 1);
  EXPECT_EQ(sealtone({"cert", "show", file.c_str()}).code, kDone);
  EXPECT_EQ(std::getenv("SEALTONE_PASSPHRASE"), nullptr) << "it is not handed on";
  ::setenv("SEALTONE_PASSPHRASE", "secret", 1);
  EXPECT_EQ(sealtone({"cert", "show", file.c_str(), "--passphrase-file", wrong.c_str()}).code,
            kCouldNot)
      << "the file stands before the environment";
  std::filesystem::remove_all(folder);
}

// A file of that content, shown.
Said cert_show(const std::string& content, std::vector<const char*> further = {}) {
  const auto folder = make_temporary_folder().value();
  const auto file = (folder / "shown.pem").string();
  EXPECT_TRUE(base::write_file(file, base::view(content), 0600));
  std::vector<const char*> arguments{"cert", "show", file.c_str()};
  arguments.insert(arguments.end(), further.begin(), further.end());
  const auto said = sealtone(arguments);
  std::filesystem::remove_all(folder);
  return said;
}

TEST(CertShow, SaysWhichCertificateTheKeyFits) {
  // Each file is a certificate and, behind it, its key.
  const auto text_of = [](const std::string& name) {
    const auto octets = base::read_file(format_file(name), base::kMaxUploadBytes).value();
    return std::string(base::text(octets));
  };
  const auto p256 = text_of("p256.pem"), p384 = text_of("p384.pem");
  const auto key_at = p384.find("-----BEGIN PRIVATE KEY");
  const auto alone = p256.substr(0, p256.find("-----BEGIN PRIVATE KEY"));

  const auto second = cert_show(alone + p384);
  EXPECT_NE(second.out.find("a private key (EC P-384), which fits certificate 2."),
            std::string::npos)
      << second.out;
  EXPECT_NE(cert_show(alone + p384, {"--json"}).out.find("\"fits\": 1"), std::string::npos);

  const auto none = cert_show(alone + p384.substr(key_at));
  EXPECT_EQ(none.code, kDone) << none.err;
  EXPECT_NE(none.out.find("a private key (EC P-384), which fits no certificate in it."),
            std::string::npos)
      << none.out;
  EXPECT_NE(cert_show(alone + p384.substr(key_at), {"--json"}).out.find("\"fits\": null"),
            std::string::npos);
}

TEST(CertShow, NeedsNoPassphraseForACertificateBesideAnEncryptedKey) {
  const auto file = format_file("certificate-and-encrypted.pem");
  const auto said = sealtone({"cert", "show", file.c_str()});
  EXPECT_EQ(said.code, kDone) << said.err;
  EXPECT_NE(said.out.find("CN=phone p256"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("is encrypted, and was not opened"), std::string::npos) << said.out;
}

TEST(CertShow, SaysWhatItLeftOut) {
  const auto file = format_file("with-crl.p7b");
  EXPECT_NE(
      sealtone({"cert", "show", file.c_str()}).out.find("revocation list (CRL) in it was left"),
      std::string::npos);
  EXPECT_NE(sealtone({"cert", "show", "--json", file.c_str()}).out.find("\"notes\": [\n"),
            std::string::npos);
}

}  // namespace
}  // namespace sealtone::app
