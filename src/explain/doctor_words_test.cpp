// SPDX-License-Identifier: Apache-2.0
#include "explain/doctor_words.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "trust/doctor_fixture.h"

namespace sealtone::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using trust::DoctorCode;
using trust::FindingCode;
using trust::Remark;
using trust::Upload;
using trust::Use;
using trust::testing::family;
using trust::testing::key_of;
using trust::testing::kThen;
using x509::test::made;

DoctorScene seen_in(const trust::Diagnosis& diagnosis) {
  return {.diagnosis = diagnosis, .now = kThen};
}

// Each remark's two sentences, parted by a line.
std::string told(const Upload& upload, trust::DoctorOptions options = {.now = kThen}) {
  const auto diagnosis = trust::examine(upload, options);
  std::string text;
  for (const auto& remark : diagnosis.remarks) {
    text += std::string(trust::word(remark.code)) + ": " + says(remark, seen_in(diagnosis)) + " " +
            next_step(remark, seen_in(diagnosis)) + "\n";
  }
  return text;
}

TEST(DoctorWords, NameAMissingIntermediateByNameIdentifierAndAddress) {
  const auto& it = family();
  const auto leaf =
      made({.subject = "/CN=phone.example",
            .extensions = "authorityKeyIdentifier=keyid:always\n"
                          "authorityInfoAccess=caIssuers;URI:http://ca.example/m.cer\n",
            .issuer = &it.middle});
  const auto text = told({{leaf}, {key_of("/CN=phone.example")}, {}});
  EXPECT_THAT(text,
              StartsWith("chain-incomplete: No certificate of \"Middle\" (its key identifier: "));
  EXPECT_THAT(text, HasSubstr("the issuer of \"phone.example\", is among the files, and none is at "
                              "hand here."));
  EXPECT_THAT(text, HasSubstr("ask Middle for it (the address in the certificate, unchecked: "
                              "http://ca.example/m.cer) and put it behind \"phone.example\"."));
  const std::vector<x509::Certificate> held{it.middle, it.root};
  EXPECT_THAT(told({{leaf}, {key_of("/CN=phone.example")}, {}}, {.at_hand = held, .now = kThen}),
              HasSubstr("but it is at hand here (SHA-256 " + it.middle.fingerprint() + ")"));
}

TEST(DoctorWords, SayOfAPinWhatItIsWorth) {
  const auto& it = family();
  const auto text = told({{it.leaf}, {}, {}}, {.use = Use::trusted, .now = kThen});
  EXPECT_EQ(
      text,
      "pin: \"Leaf\" is a server's own certificate: it vouches for that one certificate alone; "
      "when it is renewed it has to be uploaded again. To trust the server beyond that, upload "
      "the certificate of \"Middle\" instead.\n");
}

TEST(DoctorWords, NameBothTheKeyAndTheCertificateThatDoNotFit) {
  const auto& it = family();
  EXPECT_THAT(told({{it.leaf, it.middle}, {key_of("/CN=Nobody")}, {}}),
              StartsWith("key-mismatch: The private key (EC P-256) belongs to none of the "
                         "certificates, and not to \"Leaf\" (EC P-256). Give the private key that "
                         "\"Leaf\" was issued for, or the certificate that was issued for this "
                         "key.\n"));
}

TEST(DoctorWords, SayInWhichOrderTheyStand) {
  const auto& it = family();
  EXPECT_THAT(told({{it.root, it.middle, it.leaf}, {it.key}, {}}),
              HasSubstr("The certificates stand in the order \"Root\", \"Middle\" and \"Leaf\"; a "
                        "server sends its own first, and each issuer behind what it issued."));
}

TEST(DoctorWords, SayAFindingAsTheyWouldOfAServer) {
  const auto late =
      made({.subject = "/CN=Late",
            .extensions = x509::test::ca(),
            .validity = {kThen - std::chrono::days(9), kThen - std::chrono::days(1)}});
  EXPECT_THAT(told({{late}, {}, {}}),
              StartsWith("expired: The certificate of \"Late\" expired on 2026-05-31 00:00:00 UTC "
                         "(it is 2026-06-01 00:00:00 UTC now). What it issued is refused until a "
                         "newer one is here"));
}

TEST(DoctorWords, MakeHostileNamesVisible) {
  const auto hostile =
      made({.subject = "/CN=a\u202e\x1b[2Jb<script>", .extensions = "basicConstraints=CA:FALSE\n"});
  for (const auto use : {Use::server, Use::trusted}) {
    const auto text =
        told({{hostile, hostile}, {}, {"bad\x1b[2J.pem: it is empty"}}, {.use = use, .now = kThen});
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, Not(HasSubstr("\u202e")));
    EXPECT_THAT(text, HasSubstr("\\u{202E}"));
  }
}

// Whatever the code and the use: a sentence, and no bare number or code in it.
TEST(DoctorWords, AreASentenceForEachCode) {
  const auto& it = family();
  std::vector<trust::RemarkCode> codes;
  for (const auto code : trust::all_doctor_codes()) codes.emplace_back(code);
  for (const auto code : {FindingCode::chain_incomplete,
                          FindingCode::issuer_unknown,
                          FindingCode::self_signed_leaf,
                          FindingCode::expired,
                          FindingCode::not_yet_valid,
                          FindingCode::name_mismatch,
                          FindingCode::bad_signature,
                          FindingCode::weak_signature,
                          FindingCode::weak_key,
                          FindingCode::key_type_not_supported,
                          FindingCode::eku_missing,
                          FindingCode::key_usage,
                          FindingCode::not_a_ca,
                          FindingCode::path_length,
                          FindingCode::name_constraint,
                          FindingCode::policy,
                          FindingCode::unknown_critical_extension,
                          FindingCode::path_budget,
                          FindingCode::path_refused,
                          FindingCode::better_path_exists,
                          FindingCode::own_certificate_lacks_client_use}) {
    codes.emplace_back(code);
  }
  for (const auto use : {Use::server, Use::trusted}) {
    const auto diagnosis =
        trust::examine({{it.leaf, it.middle}, {it.key}, {}}, {.use = use, .now = kThen});
    for (const auto& code : codes) {
      for (std::size_t at = 0; at < 2; ++at) {
        Remark remark{.code = code, .certificate = at, .about = at == 0 ? it.leaf : it.middle};
        remark.evidence.wanted = "one thing";
        remark.evidence.found = {"another"};
        remark.evidence.detail = "File: detail";
        const auto sentence = says(remark, seen_in(diagnosis));
        const auto next = next_step(remark, seen_in(diagnosis));
        EXPECT_TRUE(sentence.ends_with('.')) << trust::word(code);
        EXPECT_FALSE(sentence.ends_with("..")) << sentence;
        EXPECT_TRUE(next.empty() || next.ends_with('.')) << next;
        EXPECT_EQ((sentence + next).find("rror"), std::string::npos) << sentence << next;
        EXPECT_FALSE(mended(remark).empty());
      }
    }
  }
}

TEST(DoctorWords, HaveARowInTheDocumentForEachCodeOfTheirOwn) {
  std::ifstream file(std::string(SEALTONE_SOURCE) + "/docs/json.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const auto code : trust::all_doctor_codes()) {
    EXPECT_THAT(page, HasSubstr("`" + std::string(trust::word(code)) + "`"));
  }
}

TEST(DoctorWords, AreDocumentedAsJson) {
  const auto& it = family();
  const auto diagnosis = trust::examine({{it.leaf}, {it.key}, {}}, {.now = kThen});
  const auto rows = remarks_json(seen_in(diagnosis));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at("code"), "chain-incomplete");
  EXPECT_EQ(rows[0].at("weight"), "warns");
  EXPECT_EQ(rows[0].at("certificate"), 0);
  EXPECT_FALSE(rows[0].at("says").get<std::string>().empty());
  EXPECT_FALSE(rows[0].at("next").get<std::string>().empty());
}

}  // namespace
}  // namespace sealtone::explain
