// SPDX-License-Identifier: Apache-2.0
//
// app/as_phone: the profiles as contexts and policies.  What they make of chains is in
// tests/e2e/check_files_test.cpp, with certificates that the openssl tool makes.
#include "app/as_phone.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "app/paths.h"
#include "tls/offer.h"
#include "x509/crl.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

x509::Certificate test_root() {
  CertificateFiles files("");
  return files.read(std::string(SEALTONE_TEST_DATA) + "/tls/root.pem")
      .value()
      .contents.certificates.front();
}

JudgedBy uploaded(std::size_t times = 1) {
  return {.anchors = {times, test_root()},
          .at_hand = {},
          .list_name = "certificates in root.pem",
          .warning = {},
          .clock = {}};
}

std::vector<Phone> phones(const std::string& names, const std::string& file = "",
                          std::size_t certificates = 1) {
  auto all = phones_of(names, uploaded(certificates), file, std::nullopt);
  if (!all) throw std::runtime_error(base::to_string(all.error()));
  return *std::move(all);
}

TEST(AsPhone, EachProfileMakesAClientHello) {
  const auto all = phones("v60,v70,v80,v84,v86");
  ASSERT_THAT(all, SizeIs(5));
  for (const auto& phone : all) EXPECT_NE(phone.context, nullptr);
  const auto keys = [](const Phone& phone) {
    return tls::keys_that_go_with(tls::client_hello(*phone.context).value());
  };
  EXPECT_EQ(keys(all[0]), "RSA");
  EXPECT_EQ(keys(all[2]), "RSA");
  EXPECT_EQ(keys(all[3]), "RSA, EC P-256, EC P-384, EC P-521");
}

TEST(AsPhone, NoBuiltInListIsEverMadeUp) {
  for (const auto& phone : phones("v60,v70,v80,v84,v86")) {
    EXPECT_THAT(phone.anchors->anchors(), SizeIs(1)) << phone.what.name;
    const auto words = built_in_words(phone);
    EXPECT_EQ(words, phone.what.name == "v60" ? "" : "not known: treated as empty");
  }
}

TEST(AsPhone, ItsSwitchesTakeThePlaceOfOurs) {
  const auto all = phones("v60,V84");
  tls::PeerCheck check;
  check.sni = "prov.example.com";
  const auto of_2010 = check_of(all[0], check);
  EXPECT_FALSE(of_2010.policy.only_accept_trusted);
  EXPECT_FALSE(of_2010.policy.check_name);
  EXPECT_EQ(of_2010.sni, "");
  EXPECT_TRUE(of_2010.policy.path.allow_sha1);
  EXPECT_EQ(of_2010.policy.path.min_rsa_bits, 512);
  const auto later = check_of(all[1], check);
  EXPECT_TRUE(later.policy.only_accept_trusted);
  EXPECT_TRUE(later.policy.allow_common_name);
  EXPECT_EQ(later.sni, "prov.example.com");
  EXPECT_EQ(later.policy.path.min_rsa_bits, 1'024);
  EXPECT_EQ(later.anchors->anchors().size(), 1U);
}

TEST(AsPhone, KnowsNoRevocationListsAndAsksForNoAnswerOfOcsp) {
  tls::PeerCheck check;
  check.policy.path.ocsp_responses =
      std::make_shared<const std::vector<base::Bytes>>(1, base::Bytes{1});
  check.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>();
  check.policy.path.revocation_required = true;
  const auto as_phone = check_of(phones("v84").front(), check);
  EXPECT_EQ(as_phone.policy.path.crls, nullptr);
  EXPECT_EQ(as_phone.policy.path.ocsp_responses, nullptr);
  EXPECT_FALSE(as_phone.policy.path.revocation_required);
}

TEST(AsPhone, NamesSettingsAsItsGenerationDoes) {
  using Names = explain::DeskPhones::Names;
  const auto all = phones("v60,v70,v80,v84,v86");
  const std::vector wanted{Names::other, Names::plain, Names::plain, Names::with_static,
                           Names::with_static};
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(desk_phones(all[i]).names, wanted[i]) << all[i].what.name;
  }
}

TEST(AsPhone, SaysWhatCannotBeUploaded) {
  const auto file = std::string(SEALTONE_TEST_DATA) + "/tls/root.pem";
  EXPECT_THAT(phones("v84", file, 10).front().remarks, IsEmpty());
  EXPECT_THAT(phones("v84", file, 11).front().remarks,
              ElementsAre(HasSubstr("holds 11 certificates, and these phones take at most 10")));
  EXPECT_TRUE(phones("v84", file, 10).front().takes_upload);
  EXPECT_FALSE(phones("v84", file, 11).front().takes_upload);
  EXPECT_FALSE(phones("v60", "root.der").front().takes_upload);
  EXPECT_THAT(phones("v60", "root.der").front().remarks,
              ElementsAre(HasSubstr("end in .pem, .cer; root.der has to be put")));
}

TEST(AsPhone, AssumptionsThatBearOnTheVerdictAreNamed) {
  const auto phone = phones("v84").front();
  const auto keys = [](const std::vector<profile::Said>& rows) {
    std::vector<std::string> names;
    for (const auto& row : rows) names.push_back(row.key);
    return names;
  };
  EXPECT_THAT(keys(assumed(phone, true)), Contains("server_name"));
  EXPECT_THAT(keys(assumed(phone, false)), Not(Contains("server_name")));
  for (const char* key : {"ciphers", "groups", "signature_schemes", "cipher_suites"}) {
    EXPECT_THAT(keys(assumed(phone, false)), Contains(key)) << "a file's key has to go with it";
  }
  EXPECT_THAT(keys(assumed(phone, false)), Not(Contains("session_tickets")));
  EXPECT_THAT(keys(assumed(phone, true)), Not(Contains("name_check"))) << "it has a source";
}

TEST(AsPhone, RefusesProfilesThatAreNone) {
  for (const char* names : {"", "v99", "v84,", "v84 v86"}) {
    const auto refused = phones_of(names, uploaded(), "", std::nullopt);
    ASSERT_FALSE(refused) << names;
    EXPECT_EQ(refused.error().code, ErrorCode::bad_input) << names;
    EXPECT_THAT(refused.error().detail, HasSubstr("v60, v70, v80, v84, v86"));
  }
  EXPECT_EQ(phones_of("v84,", uploaded(), "", std::nullopt).error().where, "--as");
  std::string many = "v84";
  for (int i = 0; i < 20; ++i) many += ",v84";
  EXPECT_EQ(phones_of(many, uploaded(), "", std::nullopt).error().code, ErrorCode::too_large);
}

// A profile of one's own, and what it says that nobody can offer.
TEST(AsPhone, ReadsAFileOfProfilesAndNamesItsMistake) {
  const auto folder = make_temporary_folder().value();
  const auto file = (folder / "mine.toml").string();
  const auto write = [&](const std::string& from, const std::string& to) {
    std::ifstream stream(std::string(SEALTONE_SOURCE) + "/profiles/v84.toml");
    std::string text(std::istreambuf_iterator<char>(stream), {});
    text.replace(text.find(from), from.size(), to);
    std::ofstream(file) << text;
  };
  write("\"v84\"", "\"mine\"");
  EXPECT_EQ(phones(file).front().what.name, "mine");
  write("value = \"P-256:P-384:P-521\"", "value = \"P-256:NONE\"");
  const auto groups = phones_of(file, uploaded(), "", std::nullopt);
  ASSERT_FALSE(groups);
  EXPECT_THAT(groups.error().detail, HasSubstr("groups P-256:NONE"));
  write("list_limit = { value = 10", "list_limit = { value = \"ten\"");
  const auto limit = phones_of(file, uploaded(), "", std::nullopt);
  ASSERT_FALSE(limit);
  EXPECT_THAT(limit.error().where, HasSubstr("mine.toml:"));
  EXPECT_EQ(phones_of((folder / "none.toml").string(), uploaded(), "", std::nullopt).error().code,
            ErrorCode::not_found);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace sealtone::app
