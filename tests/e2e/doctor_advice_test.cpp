// SPDX-License-Identifier: Apache-2.0
//
// e2e_doctor_advice: for every remark of the doctor that has a fix files made by OpenSSL's tool
// produce it, the `fix` of the JSON is carried out to the letter (doctor_advice_hands.cpp), and the
// same command then no longer has that remark; where it was the only one, it ends with 0.  What is
// not carried out here may not be worded as a fix: docs/json.md gives its kind as none.
#include <regex>

#include "e2e/doctor_advice.h"

namespace sealtone::test {
namespace {

constexpr auto kNotYet = "20900101000000Z";

std::string in_ten_days() { return run_ok({"date", "-u", "-d", "+10 days", "+%Y%m%d000000Z"}); }

std::vector<std::string> quoted_by_ticks(const std::string& cell) {
  static const std::regex pattern("`([a-z-]+)`");
  std::vector<std::string> out;
  for (std::sregex_iterator at(cell.begin(), cell.end(), pattern), end; at != end; ++at) {
    out.push_back((*at)[1]);
  }
  return out;
}

// "CODE KIND" of each row of the table that explain's own test holds to the code.
std::set<std::string> documented_fixes() {
  static const std::regex row(R"(^\| (`[^|]*) \| [^|]* \| ([^|]*) \|$)");
  std::set<std::string> out;
  bool there = false;
  for_each_line_of("json.md", [&](const std::string& line) {
    if (line.starts_with("## ")) there = line.find("sealtone doctor") != std::string::npos;
    std::smatch found;
    if (!there || !std::regex_match(line, found, row)) return;
    for (const auto& code : quoted_by_ticks(found[1])) {
      for (const auto& kind : quoted_by_ticks(found[2])) {
        if (kind != "none") out.insert(code + " " + kind);
      }
    }
  });
  return out;
}

class EveryDoctorsFix : public EveryFix {
 public:
  EveryDoctorsFix() : EveryFix(documented_fixes, 30, cured_by()) {}
  void TearDown() override {
    EveryFix::TearDown();
    const auto documented = documented_fixes();
    for (const auto& fix : cured_by()) {
      EXPECT_TRUE(documented.contains(fix)) << fix << " is not in docs/json.md";
    }
  }
};
const auto* const kEveryDoctorsFix = testing::AddGlobalTestEnvironment(new EveryDoctorsFix);

// Issuers that are missing.

TEST_F(DoctorAdvice, PutsAMissingIntermediateThereThatIsAtHand) {
  give(server_wish(), middle_);
  trusted_ += middle_.pem();
  int status = 0;
  const auto fix = ask(status).at("remarks").at(0).at("fix");
  EXPECT_EQ(fix.at("pem"), middle_.pem());
  EXPECT_NE(fix.at("sha256"), "");
  expect_cure("chain-incomplete");
}

TEST_F(DoctorAdvice, AsksForAMissingIntermediate) {
  give(server_wish(), middle_);
  knows("Middle CA", middle_);
  expect_cure("chain-incomplete");
}

TEST_F(DoctorAdvice, FetchesAMissingIntermediateFromTheAddressInTheCertificate) {
  Nginx::Options options;
  options.tls = false;
  const Nginx authority(options);
  write_text(authority.folder() / "ca.cer", read_text(middle_.der));
  auto wish = server_wish();
  wish.extensions = {"authorityInfoAccess=caIssuers;URI:http://127.0.0.1:" +
                     std::to_string(authority.port()) + "/ca.cer"};
  give(wish, middle_);
  expect_cure("chain-incomplete");
}

TEST_F(DoctorAdvice, NamesTheRootThatThoseWhoConnectTrust) {
  const auto other = certificates_.root("other-root");
  knows("Sealtone test other-root", other);
  give(server_wish(), other);
  expect_cure("chain-incomplete");
}

TEST_F(DoctorAdvice, IsAHintWhereTheChainMayWellBeWhole) {
  const auto other = certificates_.root("other-root");
  const auto issuing = issue(authority("Issuing CA"), other);
  give(server_wish(), issuing, {issuing});
  expect_no_fix("issuer-unknown");
}

TEST_F(DoctorAdvice, HasOneTrustedThatIsSignedByItselfOrOneIssued) {
  for (const bool second : {false, true}) {
    give_self_signed(server_wish());
    second_way_ = second;
    expect_cure("self-signed-leaf");
  }
}

TEST_F(DoctorAdvice, HasTheNewOneTrustedInThePlaceOfTheOld) {
  trusted_ += self_signed(server_wish()).pem();
  give_self_signed(server_wish());
  further_ = {"--name", "phone.example"};
  expect_cure("pin-changed");
}

// Dates.

TEST_F(DoctorAdvice, RenewsWhatExpired) {
  auto wish = server_wish();
  wish.not_after = kLongAgo;
  give(wish, root_);
  expect_cure("expired");
  auto old = authority("Issuing CA");
  old.not_after = kLongAgo;
  const auto expired = issue(old, root_);
  knows("Issuing CA", current("Issuing CA", expired, root_));
  give(server_wish(), expired, {expired});
  expect_cure("expired");
}

TEST_F(DoctorAdvice, HasTheCurrentRootTrustedInThePlaceOfOneThatExpired) {
  auto old = authority("Old Root");
  old.not_after = kLongAgo;
  const auto expired = self_signed(old);
  auto now = authority("Old Root");
  now.key = "of:" + expired.key.string();
  knows("Old Root", self_signed(now));
  trusted_ += expired.pem();
  give(server_wish(), expired);
  expect_cure("expired");
}

TEST_F(DoctorAdvice, RenewsWhatExpiresSoon) {
  const auto soon = in_ten_days().substr(0, std::string(kLongAgo).size());
  auto wish = server_wish();
  wish.not_after = soon;
  give(wish, root_);
  expect_cure("expires-soon");
  auto old = authority("Issuing CA");
  old.not_after = soon;
  const auto ending = issue(old, root_);
  knows("Issuing CA", current("Issuing CA", ending, root_));
  give(server_wish(), ending, {ending});
  expect_cure("expires-soon");
}

TEST_F(DoctorAdvice, WaitsOrTakesOneThatIsValidNow) {
  for (const bool second : {true, false}) {
    auto wish = server_wish();
    wish.not_before = kNotYet;
    give(wish, root_);
    second_way_ = second;
    expect_cure("not-yet-valid");
  }
}

TEST_F(DoctorAdvice, TakesAnIntermediateThatIsValidNow) {
  auto early = authority("Issuing CA");
  early.not_before = kNotYet;
  const auto issuing = issue(early, root_);
  knows("Issuing CA", current("Issuing CA", issuing, root_));
  give(server_wish(), issuing, {issuing});
  second_way_ = true;
  expect_cure("not-yet-valid");
}

TEST_F(DoctorAdvice, SetsAClockThatWasNeverSetOrSaysByWhichTimeToJudge) {
  for (const bool second : {false, true}) {
    give(server_wish(), middle_, {middle_});
    before_ = {"faketime", "2009-01-01 00:00:00"};
    second_way_ = second;
    expect_cure("clock-unset");
  }
}

// Names and rules.

TEST_F(DoctorAdvice, HasItIssuedForTheNameOrUsesOneThatItHas) {
  for (const bool second : {false, true}) {
    give(server_wish(), root_);
    further_ = {"--name", "other.example"};
    second_way_ = second;
    expect_cure("name-mismatch");
  }
}

TEST_F(DoctorAdvice, GetsAgainWhatIsDamaged) {
  give(server_wish(), middle_, {middle_});
  given_out_ = given_;
  auto der = read_text(own_.der);
  der.back() = static_cast<char>(der.back() ^ 1);
  const auto file = folder_.write("damaged.cer", der);
  given_.front() = run_ok({"openssl", "x509", "-inform", "der", "-in", file.string()});
  expect_cure("bad-signature");
}

TEST_F(DoctorAdvice, GetsBothAgainWhereANamesakeStandsInTheIssuersPlace) {
  auto wish = server_wish();
  wish.extensions = {"authorityKeyIdentifier=none"};  // by which the namesake would be told apart
  give(wish, middle_, {middle_});
  given_out_ = given_;
  given_.at(1) = issue(authority("Middle CA"), root_).pem();
  expect_cure("bad-signature");
}

TEST_F(DoctorAdvice, HasItIssuedAgain) {
  const std::map<std::string, Wish> faults{
      {"weak-signature", {.digest = "sha1"}},
      {"weak-key", {.key = "rsa:1024"}},
      {"key-type-not-supported", {.key = "ec:secp256k1"}},
      {"key-usage", {.extensions = {"keyUsage=critical,cRLSign"}}},
      {"revocation-unknown", {.extensions = {"tlsfeature=status_request"}}},
      {"unknown-critical-extension",
       {.extensions = {"1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:made for the test"}}},
      {"leaf-is-ca", {.ca = true}},
  };
  for (const auto& [code, fault] : faults) {
    auto wish = server_wish();
    wish.digest = fault.digest;
    wish.key = fault.key;
    wish.ca = fault.ca;
    wish.extensions = fault.extensions;
    give(wish, root_);
    expect_cure(code);
  }
}

TEST_F(DoctorAdvice, HasItIssuedForAKeyThatMaySign) {
  for (const char* key : {"ec", "rsa:2048"}) {
    for (const char* usages : {"keyEncipherment", "keyAgreement"}) {
      auto wish = server_wish();
      wish.key = key;
      wish.extensions = {std::string("keyUsage=critical,") + usages};
      give(wish, root_);
      expect_cure("key-usage");
    }
  }
}

TEST_F(DoctorAdvice, HasItIssuedWithNames) {
  auto wish = server_wish();
  wish.names.clear();
  give(wish, root_);
  expect_cure("name-mismatch");
}

TEST_F(DoctorAdvice, HasItIssuedForServersAndForClientsOrForAnything) {
  for (const bool second : {false, true}) {
    second_way_ = second;
    auto wish = server_wish();
    wish.extended_key_usage = "clientAuth";
    give(wish, root_);
    expect_cure("eku-missing");
    wish.extended_key_usage = "serverAuth";
    give(wish, root_);
    expect_cure("own-certificate-lacks-client-use");
  }
}

TEST_F(DoctorAdvice, AsksTheAuthorityForABetterOneAndHasTheServersIssuedUnderIt) {
  const auto with = [](const std::string& line) { return authority("Issuing CA", {line}); };
  auto sha1 = authority("Issuing CA"), short_key = sha1, clients = sha1, explicit_curve = sha1;
  sha1.digest = "sha1";
  short_key.key = "rsa:1024";
  clients.extended_key_usage = "clientAuth";
  explicit_curve.key = "ec-explicit";
  Wish none;
  none.common_name = "Issuing CA";
  const std::vector<std::pair<std::string, Wish>> faults{
      {"weak-signature", sha1},
      {"weak-key", short_key},
      {"eku-missing", clients},
      {"path-refused", explicit_curve},
      {"not-a-ca", none},
      {"key-usage", with("keyUsage=critical,cRLSign")},
      {"unknown-critical-extension", with("1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:x")},
  };
  knows("Issuing CA", issue(authority("Issuing CA"), root_));
  for (const auto& [code, wish] : faults) {
    const auto issuing = issue(wish, root_);
    give(server_wish(), issuing, {issuing});
    expect_cure(code);
  }
}

TEST_F(DoctorAdvice, GoesToAnotherAuthorityWhereOneMayNotDoThis) {
  const std::map<std::string, std::string> limits{
      {"name-constraint", "nameConstraints=critical,permitted;DNS:example.com"},
      {"policy", "policyConstraints=critical,requireExplicitPolicy:0"},
  };
  for (const auto& [code, extension] : limits) {
    const auto issuing = issue(authority("Issuing CA", {extension}), root_);
    give(server_wish(), issuing, {issuing});
    expect_cure(code);
  }
  const auto upper =
      issue(authority("Upper CA", {"basicConstraints=critical,CA:TRUE,pathlen:0"}), root_);
  const auto lower = issue(authority("Lower CA"), upper);
  give(server_wish(), lower, {lower, upper});
  expect_cure("path-length");
}

// All of it at once: who does what stands first, and then what stands first then, comes to the end.
TEST_F(DoctorAdvice, ComesToAnEndWhereItIsDoneOneAfterTheOther) {
  for (const bool broken : {true, false}) {
    auto wish = server_wish();
    wish.extended_key_usage = "serverAuth";
    wish.not_after = kLongAgo;
    give(wish, middle_);
    given_ = {root_.pem(), certificates_.root("stray").pem(), middle_.pem(), own_.pem(),
              middle_.pem()};
    keys_.insert(keys_.begin(), certificates_.client(root_).key_pem());
    broken_.clear();
    if (broken) broken_ = {kBroken};
    int status = 1;
    constexpr int kMostSteps = 12;
    for (int step = 0; step < kMostSteps; ++step) {
      const auto answer = ask(status);
      if (status == 0) break;
      ASSERT_NO_THROW(perform(answer.at("remarks").at(0))) << answer.at("remarks").dump(2);
    }
    EXPECT_EQ(status, 0);
  }
}

}  // namespace
}  // namespace sealtone::test
