// SPDX-License-Identifier: Apache-2.0
//
// x509/issue: certificates of our own making, judged by the same rules as everybody's.
#include "x509/issue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/path.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using NameKind = SubjectAltName::Kind;
using testing::ElementsAre;

class CountingRandom final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& octet : out) octet = next_++;
  }

 private:
  std::uint8_t next_ = 0x81;
};

Request server_request() {
  return {.common_name = "phone.example.com",
          .organization = "Acme",
          .names = {{NameKind::dns, "phone.example.com"},
                    {NameKind::ip, "192.0.2.1"},
                    {NameKind::ip, "::1"}},
          .validity = {sys_days{2026y / 1 / 1}, sys_days{2051y / 1 / 1}},
          .ca = false,
          .extended_key_usage = {"serverAuth"},
          .aia_issuers = "http://ca.example.com/ca.cer"};
}

Request ca_request() {
  return {.common_name = "Lab Root",
          .organization = "",
          .names = {},
          .validity = {sys_days{2026y / 1 / 1}, sys_days{2030y / 1 / 1}},
          .ca = true,
          .extended_key_usage = {},
          .aia_issuers = ""};
}

TEST(IssueSelfSigned, StatesWhatWasAskedFor) {
  CountingRandom random;
  const auto issued = issue_self_signed(server_request(), random).value();
  const auto& made = issued.certificate;
  EXPECT_TRUE(made.self_signed());
  EXPECT_TRUE(made.matches(issued.key));
  EXPECT_EQ(made.subject().text, "O=Acme, CN=phone.example.com");
  EXPECT_EQ(made.names(), server_request().names);
  EXPECT_EQ(made.validity().not_before, sys_days{2026y / 1 / 1});
  EXPECT_EQ(made.validity().not_after, sys_days{2051y / 1 / 1});
  EXPECT_EQ(made.version(), 3);
  EXPECT_FALSE(made.is_ca());
  EXPECT_TRUE(made.has_basic_constraints());
  EXPECT_THAT(made.key_usage().value(), ElementsAre("digitalSignature"));
  EXPECT_THAT(made.extended_key_usage().value(), ElementsAre("serverAuth"));
  EXPECT_THAT(made.aia_issuers(), ElementsAre("http://ca.example.com/ca.cer"));
  EXPECT_EQ(made.public_key().description(), "EC P-256");
  EXPECT_EQ(made.signature_algorithm(), "ecdsa-with-SHA256");
  EXPECT_EQ(made.subject_key_id().size(), 20U);
}

TEST(IssueSelfSigned, TakesAPositiveSerialNumberOfSixteenOctets) {
  CountingRandom random;
  const auto issued = issue_self_signed(server_request(), random).value();
  EXPECT_EQ(issued.certificate.serial_hex(), "4182838485868788898A8B8C8D8E8F90");
}

TEST(Issue, MakesAPathThatHolds) {
  CountingRandom random;
  const auto root = issue_self_signed(ca_request(), random).value();
  auto middle_request = ca_request();
  middle_request.common_name = "Lab Issuing CA";
  const auto middle = issue(middle_request, root, random).value();
  const auto leaf = issue(server_request(), middle, random).value();
  EXPECT_THAT(middle.certificate.key_usage().value(), ElementsAre("keyCertSign", "cRLSign"));
  EXPECT_EQ(leaf.certificate.authority_key_id(), middle.certificate.subject_key_id());

  const std::vector presented{leaf.certificate, middle.certificate};
  const auto checked =
      check_path(presented, AnchorSet({root.certificate}), sys_days{2026y / 6 / 1}, PathOptions{});
  EXPECT_TRUE(checked.reaches_anchor);
  EXPECT_TRUE(checked.faults.empty());
}

TEST(Issue, LeavesOutACommonNameThatX520DoesNotAllow) {
  CountingRandom random;
  auto request = server_request();
  request.organization = "";
  request.common_name = std::string(64, 'a');
  EXPECT_EQ(issue_self_signed(request, random)->certificate.subject().common_name,
            std::string(64, 'a'));
  request.common_name += 'a';
  const auto made = issue_self_signed(request, random).value().certificate;
  EXPECT_EQ(made.subject().text, "");
  EXPECT_EQ(made.names(), request.names);
}

TEST(Issue, RefusesNamesThatCannotStandInACertificate) {
  CountingRandom random;
  for (const SubjectAltName& name : {SubjectAltName{NameKind::dns, ""},
                                     {NameKind::dns, "a b"},
                                     {NameKind::dns, "ä.example"},
                                     {NameKind::ip, "300.1.1.1"},
                                     {NameKind::ip, ""},
                                     {NameKind::email, "a@b"},
                                     {NameKind::other, "x"}}) {
    auto request = server_request();
    request.names = {name};
    const auto result = issue_self_signed(request, random);
    ASSERT_FALSE(result) << name.value;
    EXPECT_EQ(result.error().code, base::ErrorCode::bad_input);
  }
}

TEST(Issue, CannotBeTalkedIntoAnotherExtension) {
  CountingRandom random;
  auto request = server_request();
  request.extended_key_usage = {"serverAuth,clientAuth"};
  EXPECT_FALSE(issue_self_signed(request, random));
  request = server_request();
  request.names = {{NameKind::dns, "a,IP:192.0.2.9"}};
  EXPECT_EQ(issue_self_signed(request, random)->certificate.names(), request.names);
}

}  // namespace
}  // namespace sealtone::x509
