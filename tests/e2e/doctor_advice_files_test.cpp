// SPDX-License-Identifier: Apache-2.0
//
// e2e_doctor_advice: which files there are and what stands in them beside what is needed (see
// doctor_advice_test.cpp).
#include "e2e/doctor_advice.h"

namespace sealtone::test {
namespace {

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

}  // namespace
}  // namespace sealtone::test
