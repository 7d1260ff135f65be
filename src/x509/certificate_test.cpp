// SPDX-License-Identifier: Apache-2.0
//
// x509/certificate: the facts of certificates that the openssl tool made.
#include "x509/certificate.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using test::certificate;
using test::file;
using testing::ElementsAre;

TEST(Certificate, StatesItsNamesAndDates) {
  const auto leaf = certificate("leaf");
  EXPECT_EQ(leaf.subject().text, "CN=prov.example.com, O=Acme, C=DE");
  EXPECT_EQ(leaf.subject().common_name, "prov.example.com");
  EXPECT_EQ(leaf.subject().organization, "Acme");
  EXPECT_EQ(leaf.subject().short_name(), "prov.example.com");
  EXPECT_EQ(leaf.issuer(), certificate("int").subject());
  EXPECT_EQ(leaf.validity().not_before, sys_days{2026y / 1 / 1});
  EXPECT_EQ(leaf.validity().not_after, sys_days{2027y / 1 / 1});
  EXPECT_EQ(leaf.serial_hex().size(), 4U);
  EXPECT_EQ(leaf.version(), 3);
}

TEST(Certificate, StatesItsSubjectAltNames) {
  using Kind = SubjectAltName::Kind;
  EXPECT_THAT(
      certificate("leaf").names(),
      ElementsAre(SubjectAltName{Kind::dns, "prov.example.com"},
                  SubjectAltName{Kind::dns, "*.example.com"}, SubjectAltName{Kind::ip, "192.0.2.7"},
                  SubjectAltName{Kind::ip, "2001:db8::7"},
                  SubjectAltName{Kind::email, "admin@example.com"},
                  SubjectAltName{Kind::uri, "sip:example.com"}));
  EXPECT_TRUE(certificate("root").names().empty());
}

TEST(Certificate, StatesItsKeyAndSignature) {
  const auto leaf = certificate("leaf");
  EXPECT_EQ(leaf.public_key().description(), "EC P-256");
  EXPECT_EQ(leaf.public_key().bits, 256);
  EXPECT_EQ(leaf.public_key().security_bits, 128);
  EXPECT_EQ(leaf.signature_algorithm(), "ecdsa-with-SHA256");
  EXPECT_EQ(leaf.signature_hash(), "SHA-256");
  EXPECT_EQ(certificate("leaf_rsa").public_key().description(), "RSA 2048");
  EXPECT_EQ(certificate("leaf_sha1").signature_hash(), "SHA-1");
  EXPECT_EQ(certificate("leaf_md5").signature_hash(), "MD5");
}

TEST(Certificate, StatesWhatItMayBeUsedFor) {
  const auto leaf = certificate("leaf");
  EXPECT_THAT(leaf.key_usage().value(), ElementsAre("digitalSignature"));
  EXPECT_THAT(leaf.extended_key_usage().value(), ElementsAre("serverAuth"));
  EXPECT_TRUE(leaf.allows_server_use());
  EXPECT_FALSE(leaf.allows_client_use());
  EXPECT_FALSE(certificate("leaf_client").allows_server_use());
  EXPECT_TRUE(certificate("leaf_client").allows_client_use());
  EXPECT_THAT(certificate("leaf_both").extended_key_usage().value(),
              ElementsAre("serverAuth", "clientAuth", "1.2.3.4.5.6"));
  EXPECT_THAT(certificate("leaf_any").extended_key_usage().value(),
              ElementsAre("anyExtendedKeyUsage"));
  EXPECT_TRUE(certificate("leaf_any").allows_client_use());
  EXPECT_FALSE(certificate("root").extended_key_usage());
  EXPECT_TRUE(certificate("root").allows_client_use());
  EXPECT_FALSE(certificate("int_no_bc").key_usage());
}

TEST(Certificate, StatesWhetherItIsACa) {
  EXPECT_TRUE(certificate("int").is_ca());
  EXPECT_EQ(certificate("int").path_length(), 0);
  EXPECT_EQ(certificate("root").path_length(), std::nullopt);
  EXPECT_FALSE(certificate("leaf").is_ca());
  EXPECT_TRUE(certificate("leaf").has_basic_constraints());
  EXPECT_FALSE(certificate("int_no_bc").has_basic_constraints());
  EXPECT_EQ(certificate("root_v1").version(), 1);
}

TEST(Certificate, StatesItsKeyIdentifiersAndItsIssuersAddress) {
  const auto leaf = certificate("leaf");
  EXPECT_EQ(leaf.authority_key_id(), certificate("int").subject_key_id());
  EXPECT_EQ(leaf.subject_key_id().size(), 20U);
  EXPECT_THAT(leaf.aia_issuers(), ElementsAre("http://ca.example.com/int.cer"));
  EXPECT_TRUE(certificate("root_v1").subject_key_id().empty());
}

TEST(Certificate, KnowsWhetherItIsSelfSigned) {
  EXPECT_TRUE(certificate("root").self_signed());
  EXPECT_TRUE(certificate("self_signed").self_signed());
  EXPECT_FALSE(certificate("int").self_issued());
  auto forged = file("path/self_signed.cer");
  forged.back() ^= 1;
  const auto one = Certificate::from_der(forged).value();
  EXPECT_TRUE(one.self_issued());
  EXPECT_FALSE(one.self_signed());
}

TEST(Certificate, KeepsItsOctetsAndTheirFingerprint) {
  const auto leaf = certificate("leaf");
  EXPECT_EQ(leaf.der(), file("path/leaf.cer"));
  EXPECT_EQ(leaf.sha256(), crypto::sha256(leaf.der()));
  EXPECT_EQ(leaf.fingerprint().size(), 95U);
  EXPECT_EQ(leaf.pem(), std::string(base::text(file("files/leaf.pem"))));
  EXPECT_EQ(leaf.public_key_pem(), std::string(base::text(file("files/public.pem"))));
}

TEST(Certificate, MatchesItsOwnPrivateKeyOnly) {
  const auto leaf = certificate("leaf");
  const auto other = crypto::PrivateKey::from_der(file("keys/p256.pkcs8.der")).value();
  EXPECT_FALSE(leaf.matches(other));
  EXPECT_FALSE(leaf.matches(crypto::PrivateKey()));
  EXPECT_FALSE(leaf.matches(crypto::PrivateKey::from_der(file("keys/rsa2048.pkcs8.der")).value()));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(Certificate, FromNativeSharesTheObject) {
  const auto leaf = certificate("leaf");
  const auto same = Certificate::from_native(leaf.native()).value();
  EXPECT_EQ(same.native(), leaf.native());
  EXPECT_EQ(same, leaf);
  EXPECT_EQ(same.subject(), leaf.subject());
}

TEST(Certificate, FromDerRefusesEveryCutAndAnythingBehind) {
  auto der = file("path/leaf.cer");
  for (std::size_t length = 0; length < der.size(); ++length) {
    EXPECT_FALSE(Certificate::from_der(base::ByteView(der).first(length))) << length;
  }
  der.push_back(0);
  EXPECT_FALSE(Certificate::from_der(der));
}

TEST(Certificate, WithADateThatIsNoneIsRefused) {
  auto der = file("path/leaf.cer");
  auto text = std::string(base::text(der));
  text.replace(text.find("260101000000Z"), 4, "2613");
  const auto result = Certificate::from_der(base::view(text));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::bad_input);
}

TEST(Certificate, OfAVersionThatIsNoneIsRefused) {
  auto der = file("path/leaf.cer");
  ASSERT_EQ(base::hex(base::ByteView(der).subspan(8, 5)), "a003020102");
  der[12] = 3;
  const auto result = Certificate::from_der(der);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().detail, "the certificate's version is none of 1, 2 and 3");
}

TEST(Certificate, AnyChangedOctetGivesAValueOrAReason) {
  const auto der = file("path/leaf.cer");
  for (std::size_t at = 0; at < der.size(); ++at) {
    for (const std::uint8_t bits : {0x01, 0x80, 0xFF}) {
      auto changed = der;
      changed[at] ^= bits;
      const auto result = Certificate::from_der(changed);
      if (!result) {
        EXPECT_FALSE(result.error().detail.empty());
      }
    }
  }
}

// Names as X509_NAME_cmp compares them (RFC 5280 §7.1), which is another's reading of them.
Certificate with_subject(const std::vector<std::pair<int, std::string>>& parts) {
  X509* const native = X509_dup(certificate("leaf").native());
  X509_NAME* const name = X509_NAME_new();
  for (const auto& [type, value] : parts) {
    X509_NAME_add_entry_by_txt(name, "CN", type,
                               reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
  }
  X509_set_subject_name(native, name);
  X509_NAME_free(name);
  auto made = Certificate::from_native(native).value();
  X509_free(native);
  return made;
}

TEST(Certificate, TellsEveryThreadTheSameOfItsOwnSignature) {
  for (const auto& [name, own] : {std::pair("root", true), {"leaf", false}}) {
    const auto asked = certificate(name);
    std::vector<std::future<bool>> answers;
    for (int i = 0; i < 8; ++i) {
      answers.push_back(std::async(std::launch::async, [&] { return asked.self_signed(); }));
    }
    for (auto& answer : answers) EXPECT_EQ(answer.get(), own) << name;
  }
}

TEST(DistinguishedName, ComparesAsOpensslDoes) {
  const std::vector<Certificate> all = {
      with_subject({{V_ASN1_UTF8STRING, "Acme Root"}}),
      with_subject({{V_ASN1_PRINTABLESTRING, "acme  ROOT "}}),
      with_subject({{V_ASN1_UTF8STRING, " Acme\tRoot"}}),
      with_subject({{V_ASN1_UTF8STRING, "AcmeRoot"}}),
      with_subject({{V_ASN1_NUMERICSTRING, "12"}}),
      with_subject({{V_ASN1_PRINTABLESTRING, "12"}}),
      with_subject({{V_ASN1_UTF8STRING, "Ä"}}),
      with_subject({{V_ASN1_UTF8STRING, "ä"}}),
      with_subject({{V_ASN1_T61STRING, "\xC4"}}),
      with_subject({{V_ASN1_UTF8STRING, "a"}, {V_ASN1_UTF8STRING, "b"}}),
      with_subject({{V_ASN1_UTF8STRING, "b"}, {V_ASN1_UTF8STRING, "a"}}),
      with_subject({{V_ASN1_UTF8STRING, ""}}),
      with_subject({{V_ASN1_UTF8STRING, " "}}),
      with_subject({}),
  };
  for (const auto& a : all) {
    for (const auto& b : all) {
      const bool same =
          X509_NAME_cmp(X509_get_subject_name(a.native()), X509_get_subject_name(b.native())) == 0;
      EXPECT_EQ(a.subject() == b.subject(), same) << a.subject().text << " / " << b.subject().text;
    }
  }
}

TEST(DistinguishedName, IsWrittenWithEscapes) {
  EXPECT_EQ(with_subject({{V_ASN1_UTF8STRING, "a, O=Forged"}}).subject().text, "CN=a\\, O=Forged");
  EXPECT_EQ(with_subject({{V_ASN1_UTF8STRING, "#a+b "}}).subject().text, "CN=\\#a\\+b\\ ");
  EXPECT_EQ(with_subject({{V_ASN1_UTF8STRING, "x"}, {V_ASN1_UTF8STRING, "y"}}).subject().text,
            "CN=x, CN=y");
  EXPECT_EQ(
      with_subject({{V_ASN1_UTF8STRING, "x"}, {V_ASN1_UTF8STRING, "y"}}).subject().common_name,
      "y");
  EXPECT_EQ(with_subject({{V_ASN1_BMPSTRING, std::string("\0A\0B", 4)}}).subject().text, "CN=AB");
}

TEST(DistinguishedName, WithoutACommonNameIsCalledByTheRest) {
  EXPECT_EQ(
      (DistinguishedName{.text = "O=Acme", .common_name = "", .organization = "Acme", .der = {}})
          .short_name(),
      "Acme");
  EXPECT_EQ((DistinguishedName{.text = "C=DE", .common_name = "", .organization = "", .der = {}})
                .short_name(),
            "C=DE");
}

}  // namespace
}  // namespace sealtone::x509
