// SPDX-License-Identifier: Apache-2.0
//
// Values over factory values, and files applied over both.
#include <array>

#include <gtest/gtest.h>

#include "settings/settings.h"

namespace sealtone::settings {
namespace {

ConfigFile file(std::string_view text) {
  auto parsed = parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(ConfigFile{});
}

TEST(Settings, AKeyThatIsAbsentHasItsFactoryValue) {
  const Settings settings;
  EXPECT_EQ(settings.get("static.security.trust_certificates"), "1");
  EXPECT_EQ(settings.get("account.7.sip_server.2.port"), "5060");
  EXPECT_EQ(settings.number("account.7.sip_server.2.port"), 5060);
  EXPECT_TRUE(settings.flag("static.security.cn_validation"));
  EXPECT_FALSE(settings.flag("sealtone.register"));
  EXPECT_FALSE(settings.is_set("static.security.trust_certificates"));
  EXPECT_EQ(settings.get("made.up"), "");
  EXPECT_EQ(settings.number("static.auto_provision.server.url"), 0);
}

TEST(Settings, AnySpellingReachesTheSameValue) {
  Settings settings;
  settings.set("security.trust_certificates", "0");
  EXPECT_EQ(settings.get("static.security.trust_certificates"), "0");
  EXPECT_TRUE(settings.is_set("satic.security.trust_certificates"));
  ASSERT_EQ(settings.stored().size(), 1U);
  EXPECT_EQ(settings.stored().begin()->first, "static.security.trust_certificates");
  settings.reset("static.static.security.trust_certificates");
  EXPECT_TRUE(settings.stored().empty());
}

TEST(Settings, TheFactoryValueSetByHandStillCountsAsSet) {
  Settings settings;
  settings.set("static.security.ca_cert", "1");
  EXPECT_TRUE(settings.is_set("static.security.ca_cert"));
}

TEST(Apply, LaterFilesAndLaterLinesWin) {
  const std::array files{
      file("#!version:1.0.0.1\nsecurity.ca_cert = 0\naccount.1.label = common\n"),
      file("#!version:1.0.0.1\naccount.1.label = a\naccount.1.label = b\n")};
  const auto settings = settings::apply({}, files);
  EXPECT_EQ(settings.get("account.1.label"), "b");
  EXPECT_EQ(settings.get("static.security.ca_cert"), "0");
}

TEST(Apply, AnEmptyValueLeavesWhatIsSetAndNullRestoresTheFactoryValue) {
  Settings before;
  before.set("account.1.sip_server.1.port", "5061");
  before.set("account.1.label", "kept");
  before.set("static.security.trust_certificates", "0");
  const std::array files{
      file("account.1.label =\naccount.1.sip_server_port = %NULL%\n"
           "security.trust_certificates=%NULL%\n")};
  const auto after = settings::apply(before, files);
  EXPECT_EQ(after.get("account.1.label"), "kept");
  EXPECT_EQ(after.get("account.1.sip_server.1.port"), "5060");
  EXPECT_FALSE(after.is_set("account.1.sip_server.1.port"));
  EXPECT_EQ(after.get("static.security.trust_certificates"), "1");
}

TEST(Apply, AValueAfterNullCounts) {
  const std::array files{file("account.1.label = a\naccount.1.label = %NULL%\n"),
                         file("account.2.label = %NULL%\naccount.2.label = b\n")};
  const auto settings = settings::apply({}, files);
  EXPECT_FALSE(settings.is_set("account.1.label"));
  EXPECT_EQ(settings.get("account.2.label"), "b");
}

TEST(Apply, TheSameFileTwiceChangesNothingMore) {
  const std::array files{file("security.ca_cert = 2\naccount.1.password = p\n")};
  const auto once = settings::apply({}, files);
  EXPECT_EQ(settings::apply(once, files), once);
}

}  // namespace
}  // namespace sealtone::settings
