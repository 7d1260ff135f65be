// SPDX-License-Identifier: Apache-2.0
#include "explain/name_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/explain.h"
#include "trust/fixtures.h"
#include "x509/made.h"

namespace sealtone::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using trust::testing::Case;
using trust::testing::judge_case;
using trust::testing::kNow;

// RFC 5280 §4.2.1.10: one name beyond the limits refuses them all.
TEST(NameLimits, LeaveOutTheNameThatIsTooManyWhereTheOneAskedForIsWithin) {
  const auto issuer = x509::test::made(
      {.subject = "/CN=Limited",
       .extensions = x509::test::ca() + "nameConstraints=critical,permitted;DNS:example.com\n"});
  const auto step = [&](const std::string& names, const std::string& host) {
    const auto leaf = x509::test::made(
        {.subject = "/CN=leaf", .extensions = "subjectAltName=" + names + "\n", .issuer = &issuer});
    const Case made{.presented = {leaf},
                    .anchors = {issuer},
                    .reference = {trust::ReferenceIdentifier::Kind::dns, host}};
    const Context context{.server = host, .now = kNow};
    return explain(judge_case(made), {}, context).findings.front();
  };
  const auto too_many = step("DNS:prov.example.com,DNS:prov.example.org", "prov.example.com");
  EXPECT_THAT(too_many.says,
              HasSubstr("has the name \"prov.example.org\", which breaks the limits"));
  EXPECT_THAT(too_many.fix.say,
              HasSubstr("issued again without the name \"prov.example.org\", or by"));
  const auto asked_for = step("DNS:prov.example.com,DNS:prov.example.org", "prov.example.org");
  EXPECT_THAT(asked_for.says, HasSubstr("has the name \"prov.example.org\""));
  EXPECT_THAT(asked_for.fix.say, Not(HasSubstr("without the name")));
  EXPECT_THAT(step("DNS:*.example.com,DNS:x.example.org", "prov.example.com").fix.say,
              HasSubstr("without the name \"x.example.org\""));
}

}  // namespace
}  // namespace sealtone::explain
