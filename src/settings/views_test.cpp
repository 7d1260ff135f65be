// SPDX-License-Identifier: Apache-2.0
//
// What groups of keys mean.
#include "settings/views.h"

#include <string>

#include <gtest/gtest.h>

namespace sealtone::settings {
namespace {

Settings with(std::initializer_list<std::pair<const char*, const char*>> values) {
  Settings settings;
  for (const auto& [key, value] : values) settings.set(key, value);
  return settings;
}

TEST(TlsSettings, OutOfTheFactoryEverythingIsClosed) {
  const auto tls = tls_settings({}, "auto_provision");
  EXPECT_TRUE(tls.only_accept_trusted);
  EXPECT_EQ(tls.trust_list, TrustList::custom);
  EXPECT_TRUE(tls.check_name);
  EXPECT_FALSE(tls.allow_common_name);
  EXPECT_EQ(tls.lowest_version, 0x0303);
  EXPECT_EQ(tls.highest_version, 0x0304);
  EXPECT_EQ(tls.cipher_list, "");
}

struct Method {
  const char* value;
  int lowest, highest;
};
constexpr Method kMethods[] = {
    {"0", 0x0301, 0x0301},  // TLS 1.0 only
    {"3", 0x0303, 0x0304},  // negotiates, here TLS 1.2 and 1.3
    {"4", 0x0302, 0x0302},  // TLS 1.1 only
    {"5", 0x0303, 0x0303},  // TLS 1.2 only
    {"6", 0x0304, 0x0304},  // TLS 1.3 only, Sealtone's own value
};

TEST(TlsSettings, EachDefaultSslMethodHoldsEveryRoleToItsVersions) {
  for (const auto& method : kMethods) {
    const auto settings = with({{"static.security.default_ssl_method", method.value}});
    for (const char* const app : {"auto_provision", "web_server", "sip", "check"}) {
      const auto tls = tls_settings(settings, app);
      EXPECT_EQ(tls.lowest_version, method.lowest) << method.value << app;
      EXPECT_EQ(tls.highest_version, method.highest) << method.value << app;
    }
  }
}

TEST(TlsSettings, EachSslMethodOfAnApplicationHoldsThatOneAlone) {
  for (const auto& method : kMethods) {
    const auto settings = with({{"security.web_server.ssl_method", method.value}});
    EXPECT_EQ(tls_settings(settings, "web_server").lowest_version, method.lowest);
    EXPECT_EQ(tls_settings(settings, "web_server").highest_version, method.highest);
    EXPECT_EQ(tls_settings(settings, "auto_provision").lowest_version, 0x0303);
    EXPECT_EQ(tls_settings(settings, "auto_provision").highest_version, 0x0304);
  }
}

TEST(TlsSettings, BothRolesCanBeHeldToTls10WithRsaKeyTransport) {
  const auto settings =
      with({{"default_ssl_method", "0"},  // not a name of any generation: must change nothing
            {"static.security.default_ssl_method", "0"},
            {"security.tls_cipher_list", "kRSA"}});
  for (const char* const app : {"auto_provision", "web_server"}) {
    const auto tls = tls_settings(settings, app);
    EXPECT_EQ(tls.lowest_version, 0x0301);
    EXPECT_EQ(tls.highest_version, 0x0301);
    EXPECT_EQ(tls.cipher_list, "kRSA");
  }
}

TEST(TlsSettings, CaCertChoosesTheList) {
  EXPECT_EQ(tls_settings(with({{"security.ca_cert", "0"}}), "sip").trust_list,
            TrustList::system_roots);
  EXPECT_EQ(tls_settings(with({{"security.ca_cert", "1"}}), "sip").trust_list, TrustList::custom);
  EXPECT_EQ(tls_settings(with({{"security.ca_cert", "2"}}), "sip").trust_list, TrustList::all);
}

TEST(TlsSettings, TheSwitchesOfAllApplications) {
  const auto settings = with({{"static.security.trust_certificates", "0"},
                              {"static.security.cn_validation", "0"},
                              {"sealtone.security.cn_fallback", "1"}});
  const auto tls = tls_settings(settings, "auto_provision");
  EXPECT_FALSE(tls.only_accept_trusted);
  EXPECT_FALSE(tls.check_name);
  EXPECT_TRUE(tls.allow_common_name);
  EXPECT_FALSE(tls.strict);
  EXPECT_TRUE(tls.sip_address_names);
}

TEST(TlsSettings, TheRulesAreThoseOfRfc5280UnlessMoreAreAskedFor) {
  EXPECT_TRUE(tls_settings(with({{"sealtone.security.rules", "strict"}}), "auto_provision").strict);
  EXPECT_FALSE(
      tls_settings(with({{"sealtone.security.rules", "default"}}), "auto_provision").strict);
  EXPECT_FALSE(
      tls_settings(with({{"sealtone.security.sip_address_names", "0"}}), "sip").sip_address_names);
}

TEST(TlsSettings, AnApplicationsOwnKeyWinsOverTheGlobalOneInBothDirections) {
  const auto settings = with({{"static.security.trust_certificates", "0"},
                              {"static.security.ca_cert", "0"},
                              {"static.security.cn_validation", "1"},
                              {"security.tls_cipher_list", "kRSA"},
                              {"security.auto_provision.trust_certificates", "1"},
                              {"static.security.auto_provision.ca_cert", "2"},
                              {"security.auto_provision.cn_validation", "0"},
                              {"security.auto_provision.tls_cipher_list", "ECDHE"}});
  const auto own = tls_settings(settings, "auto_provision");
  EXPECT_TRUE(own.only_accept_trusted);
  EXPECT_EQ(own.trust_list, TrustList::all);
  EXPECT_FALSE(own.check_name);
  EXPECT_EQ(own.cipher_list, "ECDHE");

  const auto global = tls_settings(settings, "web_server");
  EXPECT_FALSE(global.only_accept_trusted);
  EXPECT_EQ(global.trust_list, TrustList::system_roots);
  EXPECT_TRUE(global.check_name);
  EXPECT_EQ(global.cipher_list, "kRSA");
}

TEST(ProvisionSettings, TellsWhereFromAndAsWhom) {
  const auto factory = provision_settings({});
  EXPECT_EQ(factory.url, "");
  EXPECT_EQ(factory.common_file, "y000000000000.cfg");
  EXPECT_TRUE(factory.power_on);
  EXPECT_EQ(factory.user_agent, "Sealtone");

  const auto set = provision_settings(with({{"auto_provision.server.url", "https://p.test/"},
                                            {"auto_provision.server.username", "u"},
                                            {"static.auto_provision.server.password", "p"},
                                            {"sealtone.common_file", "y000000000108.cfg"},
                                            {"sealtone.user_agent", "Phone 1"},
                                            {"static.auto_provision.power_on", "0"}}));
  EXPECT_EQ(set.url, "https://p.test/");
  EXPECT_EQ(set.username, "u");
  EXPECT_EQ(set.password, "p");
  EXPECT_EQ(set.common_file, "y000000000108.cfg");
  EXPECT_EQ(set.user_agent, "Phone 1");
  EXPECT_FALSE(set.power_on);
}

TEST(ProvisionSettings, TheModeOfV70CountsUntilPowerOnIsSet) {
  const std::pair<const char*, bool> modes[] = {{"0", false}, {"1", true}, {"4", false},
                                                {"5", false}, {"6", true}, {"7", true}};
  for (const auto& [mode, power_on] : modes) {
    EXPECT_EQ(provision_settings(with({{"auto_provision.mode", mode}})).power_on, power_on) << mode;
  }
  EXPECT_TRUE(provision_settings(
                  with({{"auto_provision.mode", "0"}, {"static.auto_provision.power_on", "1"}}))
                  .power_on);
}

TEST(ClockSettings, FollowTheirKeysAndAskNobodyFromTheFactory) {
  const auto factory = clock_settings({});
  EXPECT_FALSE(factory.use_floor);
  EXPECT_EQ(factory.wait_limit_s, 600);
  EXPECT_FALSE(factory.prefer_time_server);
  EXPECT_TRUE(factory.time_servers.empty());
  EXPECT_EQ(factory.interval_s, 1'000);
  const auto clock = clock_settings(with({{"sealtone.clock.policy", "use-floor"},
                                          {"sealtone.clock.wait_limit", "0"},
                                          {"sealtone.clock.prefer_time_server", "1"},
                                          {"local_time.ntp_server2", "192.0.2.1"},
                                          {"local_time.interval", "15"}}));
  EXPECT_TRUE(clock.use_floor);
  EXPECT_EQ(clock.wait_limit_s, 0);
  EXPECT_TRUE(clock.prefer_time_server);
  EXPECT_EQ(clock.time_servers, std::vector<std::string>{"192.0.2.1"});
  EXPECT_EQ(clock.interval_s, 15);
}

TEST(WebSettings, FactoryPortNeedsNoRoot) {
  const auto web = web_settings({});
  EXPECT_TRUE(web.https);
  EXPECT_EQ(web.https_port, 8443);
  EXPECT_EQ(web.relog_minutes, 5);
}

TEST(WebSettings, FollowTheirKeys) {
  const auto web = web_settings(with({{"wui.https_enable", "0"},
                                      {"network.port.https", "443"},
                                      {"features.relog_offtime", "60"}}));
  EXPECT_FALSE(web.https);
  EXPECT_EQ(web.https_port, 443);
  EXPECT_EQ(web.relog_minutes, 60);
}

TEST(WebSettings, TheServerTypeOfV70CountsUntilHttpsEnableIsSet) {
  const std::pair<const char*, bool> types[] = {
      {"0", false}, {"1", true}, {"2", false}, {"3", true}};
  for (const auto& [type, https] : types) {
    EXPECT_EQ(web_settings(with({{"network.web_server_type", type}})).https, https) << type;
  }
  EXPECT_TRUE(
      web_settings(with({{"network.web_server_type", "0"}, {"static.wui.https_enable", "1"}}))
          .https);
}

TEST(PnpSettings, AreOffFromTheFactoryWhateverTheVendorsKeySays) {
  Settings settings;
  settings.set("static.auto_provision.pnp_enable", "1");
  EXPECT_FALSE(pnp_settings(settings).enabled);
  EXPECT_EQ(pnp_settings(settings).address, "224.0.1.75:5060");
  settings.set("sealtone.pnp.enable", "1");
  EXPECT_TRUE(pnp_settings(settings).enabled);
}

}  // namespace
}  // namespace sealtone::settings
