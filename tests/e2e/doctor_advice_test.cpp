// SPDX-License-Identifier: Apache-2.0
//
// e2e_doctor_advice: for every remark of the doctor that has a fix files made by OpenSSL's tool
// produce it, the `fix` of the JSON is carried out to the letter (doctor_advice_hands.cpp), and the
// same command then no longer has that remark; where it was the only one, it ends with 0.  What is
// not carried out here may not be worded as a fix: docs/json.md gives its kind as none.
#include <fstream>
#include <regex>

#include "e2e/doctor_advice.h"

namespace sealtone::test {
namespace {

constexpr auto kLongAgo = "20210101000000Z";
constexpr auto kNotYet = "20900101000000Z";
constexpr auto kBroken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

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
  std::ifstream page(std::string(std::getenv("SEALTONE_SOURCE")) + "/docs/json.md");
  static const std::regex row(R"(^\| (`[^|]*) \| [^|]* \| ([^|]*) \|$)");
  std::set<std::string> out;
  bool there = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) there = line.find("sealtone doctor") != std::string::npos;
    std::smatch found;
    if (!there || !std::regex_match(line, found, row)) continue;
    for (const auto& code : quoted_by_ticks(found[1])) {
      for (const auto& kind : quoted_by_ticks(found[2])) {
        if (kind != "none") out.insert(code + " " + kind);
      }
    }
  }
  return out;
}

class EveryDoctorsFix : public testing::Environment {
 public:
  void TearDown() override {
    const auto& unit = *testing::UnitTest::GetInstance();
    if (unit.test_to_run_count() != unit.total_test_count() || !unit.Passed()) return;
    const auto documented = documented_fixes();
    EXPECT_GT(documented.size(), 30U);
    for (const auto& fix : documented) {
      EXPECT_TRUE(cured_by().contains(fix))
          << fix << ": nobody carried it out; add a scene, or make its kind none";
    }
    for (const auto& fix : cured_by()) {
      EXPECT_TRUE(documented.contains(fix)) << fix << " is not in docs/json.md";
    }
  }
};
const auto* const kEveryDoctorsFix = testing::AddGlobalTestEnvironment(new EveryDoctorsFix);

// The key.

TEST_F(DoctorAdvice, PutsAMissingKeyBehindTheCertificate) {
  give(server_wish(), root_);
  keys_.clear();
  expect_cure("key-missing");
}

TEST_F(DoctorAdvice, PutsAMissingCertificateBeforeTheKey) {
  give(server_wish(), root_);
  given_.clear();
  expect_cure("certificate-missing");
}

TEST_F(DoctorAdvice, GivesTheKeyThatFits) {
  give(server_wish(), root_);
  knows("phone.example", own_);
  keys_ = {certificates_.client(root_).key_pem()};
  expect_cure("key-mismatch");
}

TEST_F(DoctorAdvice, GivesTheCertificateThatFits) {
  give(server_wish(), root_);
  const auto other = issue(server_wish(), root_);
  knows("whose key it is", other);
  keys_ = {other.key_pem()};
  second_way_ = true;
  expect_cure("key-mismatch");
}

// The private number of a P-256 key changed, and the public point left as it is.
TEST_F(DoctorAdvice, TakesADamagedKeyAgainOrANewOne) {
  for (const bool second : {false, true}) {
    give(server_wish(), root_);
    const auto file = folder_.path() / "key.der";
    run_ok({"openssl", "ec", "-in", own_.key.string(), "-outform", "DER", "-out", file.string()});
    auto der = read_text(file);
    constexpr std::size_t last_of_the_number = 7 + 31;
    der[last_of_the_number] = static_cast<char>(der[last_of_the_number] ^ 1);
    write_text(file, der);
    keys_ = {"-----BEGIN EC PRIVATE KEY-----\n" +
             run_ok({"openssl", "base64", "-in", file.string()}) +
             "-----END EC PRIVATE KEY-----\n"};
    second_way_ = second;
    expect_cure("key-damaged");
  }
}

TEST_F(DoctorAdvice, LeavesOutAKeyThatFitsNothing) {
  for (const bool first : {false, true}) {
    give(server_wish(), root_);
    keys_.insert(first ? keys_.begin() : keys_.end(), certificates_.client(root_).key_pem());
    expect_cure("key-unused");
  }
}

// What is there besides.

TEST_F(DoctorAdvice, TakesOutAPieceThatCannotBeRead) {
  give(server_wish(), middle_, {middle_});
  broken_ = {kBroken};
  expect_cure("unreadable");
}

TEST_F(DoctorAdvice, GetsAgainAFileThatCannotBeRead) {
  give(server_wish(), middle_);
  given_out_ = {own_.pem(), middle_.pem()};
  broken_ = {kBroken};
  second_way_ = true;
  expect_cure("unreadable");
}

TEST_F(DoctorAdvice, LeavesOutAnotherServersCertificate) {
  give(server_wish(), middle_);
  auto other = server_wish();
  other.common_name = "other.example";
  given_ = {issue(other, middle_).pem(), own_.pem(), middle_.pem()};
  expect_cure("several-leaves");
}

TEST_F(DoctorAdvice, IsAHintWhereNobodyCanTellWhichServersItShallBe) {
  give(server_wish(), root_);
  given_.push_back(issue(server_wish(), root_).pem());
  keys_.clear();
  expect_no_fix("several-leaves");
}

TEST_F(DoctorAdvice, LeavesOutWhatIsThereTwiceARootAndAStranger) {
  give(server_wish(), middle_, {middle_, middle_});
  expect_cure("duplicate");
  give(server_wish(), middle_, {middle_, root_});
  expect_cure("root-in-chain");
  give(server_wish(), middle_, {certificates_.root("stray"), middle_});
  expect_cure("unrelated");
}

TEST_F(DoctorAdvice, PutsThemInOrder) {
  give(server_wish(), middle_, {middle_});
  std::swap(given_.at(0), given_.at(1));
  expect_cure("order");
}

TEST_F(DoctorAdvice, LeavesOutAnExpiredCrossCertificate) {
  auto cross = authority("Sealtone test root");
  cross.key = "of:" + root_.key.string();
  cross.not_after = kLongAgo;
  give(server_wish(), root_, {issue(cross, certificates_.root("old"))});
  expect_cure("better-path-exists");
}

// Authorities of the issuer's name and of its issuer, whose keys take long to verify with.
TEST_F(DoctorAdvice, LeavesOnlyWhatLeadsToTheIssuerWhereItTakesTooLong) {
  auto slow = authority("Busy CA");
  slow.key = "ec:P-384";
  std::vector<Identity> chain;
  constexpr int kSlow = 12;
  for (int i = 0; i < kSlow; ++i) chain.push_back(issue(slow, root_));
  chain.push_back(issue(slow, root_));
  auto wish = server_wish();
  wish.extensions = {"authorityKeyIdentifier=none"};  // which would tell the issuer from the others
  give(wish, chain.back(), chain);
  expect_cure("path-budget");
}

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
