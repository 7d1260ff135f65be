// SPDX-License-Identifier: Apache-2.0
//
// The phone's page as testssl.sh grades it.
//
// Its reach is what the other tests do not have: old protocols and ciphers one by one, and the
// known attacks by name.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr std::chrono::minutes kLimit{10};

// What the certificate made for the test lacks; nothing that the phone could do otherwise.
const std::set<std::string> kOfTheCertificate{"cert_revocation", "cert_validityPeriod"};
// What this computer's openssl lacks, with which testssl looks.
const std::set<std::string> kOfTheTool{"engine_problem"};

std::map<std::string, nlohmann::json> graded(const PhoneUnderTest& phone,
                                             const std::filesystem::path& root) {
  TempDir folder;
  const auto report = folder.path() / "report.json";
  const auto finished =
      run({"testssl", "--quiet", "--color", "0", "--warnings", "off", "--add-ca", root.string(),
           "--jsonfile", report.string(), "127.0.0.1:" + std::to_string(phone.port())},
          {}, kLimit);
  std::map<std::string, nlohmann::json> rows;
  for (auto& row : nlohmann::json::parse(read_text(report))) {
    rows[row.at("id").get<std::string>()] = row;
  }
  EXPECT_FALSE(rows.empty()) << finished.out << finished.err;
  return rows;
}

TEST(Testssl, FindsNothingWorthMentioningOnThePhonesPage) {
  Certificates certificates;
  const auto root = certificates.root();
  const auto server = certificates.server(root);
  TempDir folder;
  const PhoneUnderTest phone;
  phone.must(
      {"server-cert", "set", folder.write("own.pem", server.pem() + server.key_pem()).string()});

  const auto rows = graded(phone, root.certificate);
  for (const auto& [id, row] : rows) {
    const auto severity = row.at("severity").get<std::string>();
    const bool mentioned = severity == "MEDIUM" || severity == "HIGH" || severity == "CRITICAL" ||
                           severity == "WARN" || severity == "FATAL";
    EXPECT_TRUE(!mentioned || kOfTheCertificate.contains(id) || kOfTheTool.contains(id))
        << row.dump();
  }
  // It did look: protocols, attacks, and the certificate's chain.
  for (const char* id : {"SSLv2", "SSLv3", "TLS1_3", "heartbleed", "secure_client_renego",
                         "CRIME_TLS", "cert_chain_of_trust"}) {
    ASSERT_TRUE(rows.contains(id)) << id;
    EXPECT_EQ(rows.at(id).at("severity"), "OK") << rows.at(id).dump();
  }
}

}  // namespace
}  // namespace sealtone::test
