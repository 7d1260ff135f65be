// SPDX-License-Identifier: Apache-2.0
//
// e2e_doctor_advice: certificates for the list of trusted ones (see doctor_advice_test.cpp).
#include "e2e/doctor_advice.h"

namespace sealtone::test {
namespace {

class DoctorAdviceOfLists : public DoctorAdvice {
 protected:
  // One certificate that such a wish makes, alone.
  void give_one(const Wish& wish, const Identity& issuer) {
    given_.clear();
    wish_ = wish;
    issuer_ = issuer;
    own_ = issue(wish, issuer);
    give_list({own_});
  }
};

TEST_F(DoctorAdviceOfLists, TakesTheIssuerInThePlaceOfAPin) {
  give_list({issue(server_wish(), middle_)});
  knows("Middle CA", middle_);
  expect_cure("pin");
}

TEST_F(DoctorAdviceOfLists, SaysNothingOfAPinThatNobodyElseIssued) {
  give_list({self_signed(server_wish())});
  expect_no_fix("pin", false);
}

TEST_F(DoctorAdviceOfLists, LeavesOutAKeyAndWhatIsThereTwiceAndWhatCannotBeRead) {
  give_list({root_, middle_});
  keys_ = {root_.key_pem()};
  expect_cure("key-in-list");
  given_.push_back(root_.pem());
  expect_cure("duplicate");
  broken_ = {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"};
  expect_cure("unreadable");
}

TEST_F(DoctorAdviceOfLists, TakesTheCertificateInThePlaceOfItsKey) {
  give_list({});
  keys_ = {root_.key_pem()};
  expect_cure("certificate-missing");
}

TEST_F(DoctorAdviceOfLists, TakesTheSuccessorOfWhatExpiresOrHasExpired) {
  const auto soon = run_ok({"date", "-u", "-d", "+10 days", "+%Y%m%d000000Z"})
                        .substr(0, std::string(kLongAgo).size());
  knows("Old CA", issue(authority("Old CA"), root_));
  auto old = authority("Old CA");
  for (const auto& [code, end] :
       std::map<std::string, std::string>{{"expired", kLongAgo}, {"expires-soon", soon}}) {
    old.not_after = end;
    give_one(old, root_);
    expect_cure(code);
  }
  auto early = authority("Old CA");
  early.not_before = "20900101000000Z";
  give_one(early, root_);
  second_way_ = true;
  expect_cure("not-yet-valid");
}

TEST_F(DoctorAdviceOfLists, TakesTheSuccessorOfAPin) {
  const auto soon = run_ok({"date", "-u", "-d", "+10 days", "+%Y%m%d000000Z"})
                        .substr(0, std::string(kLongAgo).size());
  auto wish = server_wish();
  knows("phone.example", issue(wish, root_));
  wish.not_after = kLongAgo;
  give_one(wish, root_);
  expect_cure("expired");
  wish.not_after = soon;
  give_one(wish, root_);
  expect_cure("expires-soon");
}

TEST_F(DoctorAdviceOfLists, AsksForAnAuthorityThatServersAreNotRefusedFor) {
  knows("Poor CA", issue(authority("Poor CA"), root_));
  auto short_key = authority("Poor CA");
  short_key.key = "rsa:1024";
  Wish no_bit;
  no_bit.common_name = "Poor CA";
  no_bit.extensions = {"keyUsage=critical,keyCertSign"};
  const std::vector<std::pair<std::string, Wish>> faults{
      {"weak-key", short_key},
      {"not-a-ca", no_bit},
      {"key-usage", authority("Poor CA", {"keyUsage=critical,cRLSign"})},
      {"unknown-critical-extension",
       authority("Poor CA", {"1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:x"})},
  };
  for (const auto& [code, wish] : faults) {
    give_one(wish, root_);
    expect_cure(code);
  }
}

}  // namespace
}  // namespace sealtone::test
