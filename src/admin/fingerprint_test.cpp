// SPDX-License-Identifier: Apache-2.0
#include "admin/fingerprint.h"

#include "admin/fixtures.h"
#include "base/text.h"

namespace sealtone::admin::test {
namespace {

class Fingerprint : public testing::Test {
 protected:
  std::string problem(std::string_view typed) {
    const auto checked = check_fingerprint(typed, certificate_);
    return checked ? "" : base::to_string(checked.error());
  }
  // "8f3a 01…" of the first octets.
  std::string in_fours(std::size_t octets) const {
    const auto digits = base::hex(base::ByteView(certificate_.sha256()).first(octets));
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 4) out += digits.substr(i, 4) + " ";
    return out;
  }

  crypto::SystemRandom random_;
  x509::Certificate certificate_ = made("Acme Root R1", true, random_).certificate;
};

TEST_F(Fingerprint, FitsAsAWholeOrByItsFirstSixteenOctetsHoweverItIsGrouped) {
  const auto whole = certificate_.fingerprint();
  EXPECT_EQ(problem(whole), "");
  EXPECT_EQ(problem(base::lower_ascii(whole)), "");
  EXPECT_EQ(problem(base::hex(certificate_.sha256())), "");
  EXPECT_EQ(problem(" " + whole + " "), "");
  EXPECT_EQ(problem(in_fours(32)), "");
  EXPECT_EQ(problem(in_fours(16)), "");
  EXPECT_EQ(problem(whole.substr(0, 16 * 3 - 1)), "");
}

TEST_F(Fingerprint, OfAnyOtherLengthIsNone) {
  for (const std::size_t octets : {0U, 1U, 4U, 15U, 17U, 20U, 31U}) {
    EXPECT_NE(problem(in_fours(octets)).find("this is no SHA-256"), std::string::npos) << octets;
  }
  EXPECT_NE(problem(base::hex(certificate_.sha256()) + "00"), "");
  EXPECT_NE(problem(certificate_.fingerprint().substr(1)), "");  // half an octet is missing
  EXPECT_NE(problem(std::string(100'000, ' ') + certificate_.fingerprint()), "");
}

TEST_F(Fingerprint, HasNoOtherCharacters) {
  EXPECT_NE(problem("SHA-256 " + certificate_.fingerprint()), "");
  EXPECT_NE(problem(certificate_.fingerprint() + "\n"), "");
  EXPECT_NE(problem(std::string(64, 'g')), "");
}

TEST_F(Fingerprint, ThatDoesNotFitIsNotToldTheOneThatWould) {
  auto digest = certificate_.sha256();
  digest[31] ^= 1;
  for (const auto& typed :
       {base::hex(digest), std::string(64, '0'), std::string(32, 'f'), std::string("12")}) {
    const auto says = problem(typed);
    ASSERT_NE(says, "");
    for (const auto& told : {certificate_.fingerprint(), certificate_.fingerprint().substr(0, 8),
                             base::hex(certificate_.sha256()).substr(0, 8)}) {
      EXPECT_EQ(base::lower_ascii(says).find(base::lower_ascii(told)), std::string::npos) << says;
    }
  }
}

}  // namespace
}  // namespace sealtone::admin::test
