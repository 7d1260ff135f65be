// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: what people upload, and what they upload by mistake.
#include "x509/parse.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using test::certificate;
using test::file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string text_of(const std::string& name) { return std::string(base::text(file(name))); }

base::Result<Contents> parse_text(std::string_view text) { return parse(base::view(text), "up"); }

TEST(Parse, ReadsACertificateInEveryDress) {
  for (const auto* name :
       {"files/leaf.pem", "files/crlf.cer", "files/bom.pem", "files/utf16le.pem",
        "files/utf16be.pem", "files/text-around.pem", "files/trusted.pem",
        "files/x509-certificate.pem", "files/bare-base64.txt", "path/leaf.cer"}) {
    const auto contents = parse(file(name), name);
    ASSERT_TRUE(contents) << name << ": " << contents.error().detail;
    EXPECT_THAT(contents->certificates, ElementsAre(certificate("leaf"))) << name;
    EXPECT_THAT(contents->keys, IsEmpty()) << name;
  }
  EXPECT_TRUE(parse(file("files/leaf.pem"), "x")->pem);
  EXPECT_FALSE(parse(file("path/leaf.cer"), "x")->pem);
}

TEST(Parse, KeepsTheOrderOfABundle) {
  const auto bundle = parse(file("files/bundle-any-order.pem"), "x").value();
  EXPECT_THAT(bundle.certificates,
              ElementsAre(certificate("int"), certificate("root"), certificate("leaf")));
  EXPECT_THAT(bundle.keys, SizeIs(1));
  EXPECT_THAT(parse(file("files/three.der"), "x")->certificates,
              ElementsAre(certificate("leaf"), certificate("int"), certificate("root")));
}

TEST(Parse, ReadsPrivateKeysOfEveryForm) {
  const std::map<std::string, std::string> keys = {
      {"files/leaf.key", "EC P-256"},
      {"files/rsa.key", "RSA 1024"},
      {"files/ec-parameters.key", "EC P-256"},
      {"keys/rsa2048.pkcs8.pem", "RSA 2048"},
      {"keys/rsa2048.pkcs8.der", "RSA 2048"},
      {"keys/rsa2048.traditional.der", "RSA 2048"},
      {"keys/p256.traditional.der", "EC P-256"},
      {"keys/ed25519.pkcs8.der", "Ed25519"},
  };
  for (const auto& [name, description] : keys) {
    const auto contents = parse(file(name), name);
    ASSERT_TRUE(contents) << name << ": " << contents.error().detail;
    ASSERT_THAT(contents->keys, SizeIs(1)) << name;
    EXPECT_EQ(contents->keys.front().description(), description) << name;
    EXPECT_THAT(contents->certificates, IsEmpty()) << name;
  }
}

TEST(Parse, SaysWhatItLeftOut) {
  EXPECT_THAT(parse(file("files/leaf.pem"), "x")->notes, IsEmpty());
  EXPECT_THAT(parse(file("files/trusted.pem"), "x")->notes,
              ElementsAre(HasSubstr("trust settings in it do not count")));
  const auto with_dh = parse_text(text_of("files/leaf.pem") + text_of("files/dh.pem"));
  ASSERT_TRUE(with_dh);
  EXPECT_THAT(with_dh->notes, ElementsAre(HasSubstr("PEM block 2 (X9.42 DH PARAMETERS")));
}

TEST(Parse, NamesAFileOfAnotherKindForWhatItIs) {
  const std::map<std::string, std::string> kinds = {
      {"files/request.csr",
       "a certificate request (CSR), not a certificate: upload the certificate "
       "that the CA issued for it"},
      {"files/request.der", "a certificate request (CSR)"},
      {"files/list.crl", "a revocation list (CRL)"},
      {"files/crl.der", "a revocation list (CRL)"},
      {"files/public.pem", "a bare public key"},
      {"keys/p256.public.der", "a bare public key"},
      {"files/dh.pem", "key parameters"},
      {"files/openssh.key", "a key for SSH"},
      {"files/openssh.pub", "a key for SSH"},
      {"files/text.gz", "a packed archive"},
  };
  for (const auto& [name, words] : kinds) {
    const auto contents = parse(file(name), name);
    ASSERT_FALSE(contents) << name;
    EXPECT_EQ(contents.error().code, ErrorCode::wrong_kind) << name;
    EXPECT_EQ(contents.error().where, name);
    EXPECT_THAT(contents.error().detail, HasSubstr(words)) << name;
  }
}

TEST(Parse, NamesOtherContentForWhatItIs) {
  using namespace std::literals;
  const std::pair<std::string_view, const char*> cases[] = {
      {"<!DOCTYPE html>\n<html><body>Please log in</body></html>", "a web page (HTML)"},
      {"  <HTML>", "a web page (HTML)"},
      {"<?xml version=\"1.0\"?><a/>", "an XML file"},
      {"{\"certificate\": \"MII\"}", "a JSON file"},
      {"[\"a\"]", "a JSON file"},
      {"\xd4\xc3\xb2\xa1\x02\0\x04\0"sv, "a packet capture"},
      {"\x0a\x0d\x0d\x0a\x1c\0\0\0"sv, "a packet capture"},
      {"PK\x03\x04zip", "a packed archive"},
      {"%PDF-1.7", "a PDF document"},
      {"\xfe\xed\xfe\xed\0\0\0\2"sv, "a Java key store"},
      {"#!version:1.0.0.1\nstatic.security.trust_certificates = 1\n",
       "a configuration file for phones"},
      {"[ server ]\nkey = value\n", "a configuration file"},
      {"-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n", "a PGP file"},
      {"-----BEGIN NONSENSE-----\nAAAA\n-----END NONSENSE-----\n",
       "a PEM file of the kind \"NONSENSE\""},
      {"Dear admin, here is the certificate.", "a text file without a certificate"},
      {"0123456789", "a text file without a certificate"},
      {"\x01\x02\x03\xff\xfe", "bytes that are neither PEM nor DER"},
  };
  for (const auto& [content, words] : cases) {
    const auto contents = parse_text(content);
    ASSERT_FALSE(contents) << words;
    EXPECT_EQ(contents.error().code, ErrorCode::wrong_kind) << words;
    EXPECT_THAT(contents.error().detail, HasSubstr(words)) << words;
  }
}

TEST(Parse, SaysThatAnEmptyFileIsEmpty) {
  for (const auto* content : {"", " \r\n", "\xEF\xBB\xBF", "\xFF\xFE"}) {
    const auto contents = parse_text(content);
    ASSERT_FALSE(contents);
    EXPECT_EQ(contents.error().code, ErrorCode::bad_input);
    EXPECT_THAT(contents.error().detail, HasSubstr("empty"));
  }
}

TEST(Parse, NamesADamagedBlockByItsNumber) {
  const auto good = text_of("files/leaf.pem");
  const auto broken = [&](std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
  };
  const std::pair<std::string, const char*> cases[] = {
      {good + broken(good, "-----END CERTIFICATE-----\n", ""),
       "PEM block 2 (CERTIFICATE, from line 18) is damaged: its END line is missing"},
      {broken(good, "-----END CERTIFICATE-----\n", "") + good, "PEM block 1"},
      {good + broken(good, "END CERTIFICATE", "END PRIVATE KEY"),
       "its END line is not \"-----END CERTIFICATE-----\""},
      {good + broken(good, "MII", "M!I"), "a character that base64 does not have"},
      {good + broken(good, "MII", "MI"), "its base64 is cut short"},
      {good + broken(good, "MII", "NII"), "PEM block 2"},
      {"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "nothing stands between"},
      {"-----BEGIN PRIVATE KEY-----\nMIIA\n-----END PRIVATE KEY-----\n",
       "no private key can be read from PEM block 1 (PRIVATE KEY, from line 1)"},
      {broken(good, "-----BEGIN", "----BEGIN"), "its BEGIN line is damaged"},
  };
  for (const auto& [content, words] : cases) {
    const auto contents = parse_text(content);
    ASSERT_FALSE(contents) << words;
    EXPECT_EQ(contents.error().code, ErrorCode::bad_input) << words;
    EXPECT_THAT(contents.error().detail, HasSubstr(words));
  }
}

TEST(Parse, SaysHowMuchOfADerFileIsMissing) {
  auto der = file("path/leaf.cer");
  der.pop_back();
  const auto cut = parse(der, "x");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, ErrorCode::bad_input);
  EXPECT_THAT(cut.error().detail, HasSubstr("1 bytes are missing"));
}

TEST(Parse, NamesWhatStandsBehindACertificate) {
  auto der = file("path/leaf.cer");
  der.insert(der.end(), {'\r', '\n', 0});
  EXPECT_TRUE(parse(der, "x")) << "line ends and padding are harmless";
  der.insert(der.end(), {'x', 'y'});
  EXPECT_THAT(parse(der, "x").error().detail, HasSubstr("stand behind certificate 1"));
  der = file("path/leaf.cer");
  const auto request = file("files/request.der");
  der.insert(der.end(), request.begin(), request.end());
  EXPECT_THAT(parse(der, "x").error().detail,
              HasSubstr("behind certificate 1 stands a certificate request"));
}

TEST(Parse, NamesADamagedCertificateAsSuch) {
  auto der = file("path/leaf.cer");
  der[20] ^= 0xFF;  // within the serial number's neighbours: the structure breaks
  der[24] ^= 0xFF;
  const auto damaged = parse(der, "x");
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::bad_input);
  EXPECT_THAT(damaged.error().detail, HasSubstr("certificate 1 is damaged"));
}

TEST(Parse, RefusesMoreThanItsLimits) {
  const auto root = file("path/root_v1.cer");
  base::Bytes many;
  for (std::size_t i = 0; i < kMaxCertificates; ++i)
    many.insert(many.end(), root.begin(), root.end());
  ASSERT_TRUE(parse(many, "x"));
  EXPECT_THAT(parse(many, "x")->certificates, SizeIs(kMaxCertificates));
  many.insert(many.end(), root.begin(), root.end());
  EXPECT_EQ(parse(many, "x").error().code, ErrorCode::too_large);

  std::string keys;
  for (std::size_t i = 0; i < kMaxKeys; ++i) keys += text_of("files/leaf.key");
  EXPECT_TRUE(parse_text(keys));
  EXPECT_EQ(parse_text(keys + text_of("files/leaf.key")).error().code, ErrorCode::too_large);

  EXPECT_EQ(parse_text(std::string(base::kMaxUploadBytes, ' ')).error().code, ErrorCode::bad_input);
  EXPECT_EQ(parse_text(std::string(base::kMaxUploadBytes + 1, ' ')).error().code,
            ErrorCode::too_large);
}

TEST(Parse, ReadsManyUnfinishedBlocksInOneGo) {
  std::string begins;
  while (begins.size() + 12 < base::kMaxUploadBytes) begins += "-----BEGIN A-----";
  EXPECT_EQ(parse_text(begins).error().code, ErrorCode::too_large);
  std::string dashes(base::kMaxUploadBytes, '-');
  EXPECT_FALSE(parse_text(dashes));
}

TEST(Parse, OfAnyPrefixGivesAValueOrAReason) {
  for (const auto* name : {"files/bundle-any-order.pem", "files/utf16le.pem", "files/identity.p12",
                           "files/trusted.pem", "files/proc-type.key"}) {
    const auto whole = file(name);
    for (std::size_t length = 0; length < whole.size(); length += 7) {
      const auto result = parse(base::ByteView(whole).first(length), name);
      if (!result) {
        EXPECT_FALSE(result.error().detail.empty()) << name << " " << length;
      }
    }
  }
}

// tests/data/x509/odd: well-formed, odd and broken files from other projects' suites.
TEST(Parse, OfOddFilesGivesAValueOrAReason) {
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(SEALTONE_TEST_DATA) / "x509/odd")) {
    const auto content = base::read_file(entry.path(), base::kMaxUploadBytes).value();
    const auto result = parse(content, entry.path().filename().string());
    ++read;
    if (!result) {
      EXPECT_FALSE(result.error().detail.empty()) << entry.path();
      EXPECT_NE(result.error().code, ErrorCode::internal) << entry.path();
      continue;
    }
    EXPECT_FALSE(result->certificates.empty() && result->keys.empty()) << entry.path();
    for (const auto& one : result->certificates) {
      EXPECT_EQ(Certificate::from_der(one.der()).value(), one) << entry.path();
    }
  }
  EXPECT_GT(read, 40U);
}

}  // namespace
}  // namespace sealtone::x509
