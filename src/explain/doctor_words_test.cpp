// SPDX-License-Identifier: Apache-2.0
#include "explain/doctor_words.h"

#include <array>
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

// All that a remark can be of.
std::vector<trust::RemarkCode> codes_told() {
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
                          FindingCode::revocation_unknown,
                          FindingCode::path_budget,
                          FindingCode::path_refused,
                          FindingCode::better_path_exists,
                          FindingCode::own_certificate_lacks_client_use,
                          FindingCode::pin_changed,
                          FindingCode::clock_unset}) {
    codes.emplace_back(code);
  }
  return codes;
}

// Whatever the code and the use: a sentence, and no bare number or code in it.
TEST(DoctorWords, AreASentenceForEachCode) {
  const auto& it = family();
  const auto codes = codes_told();
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

// The third cell of the row that the document has for a code; empty if it has none.
std::string documented_kinds(const std::string& code) {
  std::ifstream file(std::string(SEALTONE_SOURCE) + "/docs/json.md");
  bool there = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) there = line.find("sealtone doctor") != std::string::npos;
    const auto first = line.find(" | ");
    const auto second = line.find(" | ", first + 1);
    if (!there || second == std::string::npos) continue;
    if (line.substr(0, first).find("`" + code + "`") != std::string::npos) {
      return line.substr(second);
    }
  }
  return {};
}

TEST(DoctorWords, HaveARowInTheDocumentForEachCodeOfTheirOwn) {
  for (const auto code : trust::all_doctor_codes()) {
    EXPECT_NE(documented_kinds(trust::word(code)), "") << trust::word(code);
  }
}

// Whatever it is said of, and whether or not what is missing is at hand.
TEST(DoctorWords, GiveTheFixesThatTheDocumentNames) {
  const auto& it = family();
  for (const auto use : {Use::server, Use::trusted}) {
    using Keys = std::vector<crypto::PrivateKey>;
    for (const auto& keys : {Keys{}, Keys{it.key}}) {
      const auto diagnosis =
          trust::examine({{it.leaf, it.middle, it.root}, keys, {}}, {.use = use, .now = kThen});
      for (const auto& code : codes_told()) {
        for (std::size_t at = 0; at < 3; ++at) {
          const auto about = std::array{it.leaf, it.middle, it.root}.at(at);
          Remark remark{.code = code, .certificate = at, .about = about};
          if (at == 1) remark.missing = it.root;
          const auto step = step_for(remark, seen_in(diagnosis));
          EXPECT_THAT(documented_kinds(trust::word(code)),
                      HasSubstr("`" + std::string(word(step.kind)) + "`"))
              << trust::word(code) << ": " << step.say;
        }
      }
    }
  }
}

TEST(DoctorWords, CallAFixWhatWasTriedAndTheRestAHint) {
  const auto& it = family();
  const auto whole = trust::examine({{it.leaf, it.middle}, {it.key}, {}}, {.now = kThen});
  const auto hint = remarks_json(seen_in(whole)).at(0);
  EXPECT_EQ(hint.at("code"), "issuer-unknown");
  EXPECT_TRUE(hint.at("fix").is_null());
  EXPECT_EQ(hint.at("hint"), hint.at("next"));
  const std::vector<x509::Certificate> held{it.middle, it.root};
  const auto short_of_one =
      trust::examine({{it.leaf}, {it.key}, {}}, {.at_hand = held, .now = kThen});
  const auto fixed = remarks_json(seen_in(short_of_one)).at(0);
  EXPECT_EQ(fixed.at("fix").at("kind"), "mend-file");
  EXPECT_EQ(fixed.at("fix").at("say"), fixed.at("next"));
  EXPECT_EQ(fixed.at("fix").at("sha256"), it.middle.fingerprint());
  EXPECT_EQ(fixed.at("fix").at("pem"), it.middle.pem());
  EXPECT_EQ(fixed.at("hint"), "");
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
