// SPDX-License-Identifier: Apache-2.0
//
// explain/for_phones: what phones cannot carry out is no step for them.
#include "explain/for_phones.h"

#include <gmock/gmock.h>

namespace sealtone::explain {
namespace {

using Names = DeskPhones::Names;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using trust::Finding;
using trust::FindingCode;

Fix to_trust() {
  return {.kind = FixKind::add_trusted,
          .say = "Upload it.",
          .desk_phones = {"static.trusted_certificates.url = https://YOUR-SERVER/ca.pem",
                          "static.security.ca_cert = 2"},
          .desk_phones_note = "YOUR-SERVER stands for a server."};
}

TEST(ForPhones, NamesSettingsAsTheirFilesDo) {
  const Finding finding{.code = FindingCode::issuer_unknown};
  const auto newest = for_phones(to_trust(), finding, {Names::with_static});
  EXPECT_EQ(newest.desk_phones, to_trust().desk_phones);
  EXPECT_EQ(newest.desk_phones_note, to_trust().desk_phones_note);
  EXPECT_THAT(
      for_phones(to_trust(), finding, {Names::plain}).desk_phones,
      ElementsAre("trusted_certificates.url = https://YOUR-SERVER/ca.pem", "security.ca_cert = 2"));
  const auto oldest = for_phones(to_trust(), finding, {Names::other});
  EXPECT_THAT(oldest.desk_phones, IsEmpty());
  EXPECT_THAT(oldest.desk_phones_note, IsEmpty());
  EXPECT_EQ(oldest.say, "Upload it.");
}

TEST(ForPhones, AsksNoneForAVersionThatItDoesNotSpeak) {
  const auto step = [](const std::string& versions) {
    Finding finding{.code = FindingCode::version_gap};
    finding.evidence.wanted = versions;
    return for_phones({.kind = FixKind::enable_version,
                       .say = "Allow newer versions here.",
                       .desk_phones = {"static.security.default_ssl_method = 3"}},
                      finding, {Names::with_static});
  };
  EXPECT_THAT(step("TLS 1.0").say, HasSubstr("Enable TLS 1.0 on the server"));
  EXPECT_THAT(step("TLS 1.0").say, Not(HasSubstr("here")));
  EXPECT_THAT(step("TLS 1.0").desk_phones, IsEmpty());
  EXPECT_THAT(step("TLS 1.0, TLS 1.1, TLS 1.2").say,
              HasSubstr("speak: TLS 1.0, TLS 1.1, TLS 1.2."));
}

}  // namespace
}  // namespace sealtone::explain
