// SPDX-License-Identifier: Apache-2.0
//
// What the keys of accounts mean.
#include "settings/accounts.h"

#include <fmt/format.h>

#include <string>

#include <gtest/gtest.h>

namespace sealtone::settings {
namespace {

Settings keys(std::initializer_list<std::pair<const char*, const char*>> values) {
  Settings settings;
  for (const auto& [key, value] : values) settings.set(key, value);
  return settings;
}

TEST(SipSettings, ANewPhoneHasNoAccounts) {
  const auto sip = sip_settings({});
  EXPECT_TRUE(sip.accounts.empty());
  EXPECT_FALSE(sip.register_fetched);
  EXPECT_FALSE(sip.only_registrar);
  EXPECT_EQ(sip.notify_reboot, 1);
}

TEST(SipSettings, AnAccountHasWhatItsKeysSay) {
  const auto sip = sip_settings(keys({{"account.2.enable", "1"},
                                      {"account.2.user_name", "201"},
                                      {"account.2.display_name", "Front desk"},
                                      {"account.2.sip_server.1.address", "sip.example.com"},
                                      {"account.2.sip_server.1.port", "5061"},
                                      {"account.2.sip_server.1.transport_type", "2"},
                                      {"account.2.sip_server.1.expires", "120"},
                                      {"account.2.sip_server.2.address", "192.0.2.7"},
                                      {"account.2.register_expires_overlap", "30"}}));
  ASSERT_EQ(sip.accounts.size(), 1U);
  const auto& account = sip.accounts.front();
  EXPECT_EQ(account.number, 2);
  EXPECT_TRUE(account.enabled);
  EXPECT_EQ(account.auth_name, "201") << "the user's name stands for the one that is not set";
  EXPECT_EQ(account.expires_overlap, 30);
  ASSERT_EQ(account.servers.size(), 2U);
  EXPECT_EQ(account.servers[0], (SipServer{"sip.example.com", 5061, SipTransport::tls, 120, 3}));
  EXPECT_EQ(account.servers[1], (SipServer{"192.0.2.7", 5060, SipTransport::udp, 3600, 3}));
  EXPECT_TRUE(account.outbound_proxies.empty());
}

TEST(SipSettings, OldNamesOfTheKeysMeanTheSame) {
  const auto sip = sip_settings(keys({{"account.1.enable", "1"},
                                      {"account.1.sip_server_host", "old.example.com"},
                                      {"account.1.sip_server_port", "5061"},
                                      {"account.1.transport", "2"}}));
  ASSERT_EQ(sip.accounts.size(), 1U);
  EXPECT_EQ(sip.accounts[0].servers.at(0),
            (SipServer{"old.example.com", 5061, SipTransport::tls, 3600, 3}));
}

TEST(SipSettings, AProxyCountsOnceItIsSwitchedOn) {
  auto settings = keys({{"account.1.enable", "1"},
                        {"account.1.sip_server.1.address", "example.com"},
                        {"account.1.sip_server.1.transport_type", "2"},
                        {"account.1.outbound_proxy.1.address", "edge.example.com"},
                        {"account.1.outbound_proxy.1.port", "5061"}});
  EXPECT_TRUE(sip_settings(settings).accounts.at(0).outbound_proxies.empty());
  settings.set("account.1.outbound_proxy_enable", "1");
  const auto sip = sip_settings(settings);
  ASSERT_EQ(sip.accounts.at(0).outbound_proxies.size(), 1U);
  EXPECT_EQ(sip.accounts[0].outbound_proxies[0].host, "edge.example.com");
  EXPECT_EQ(sip.accounts[0].outbound_proxies[0].transport, SipTransport::tls);
}

TEST(SipSettings, AccountsAreReadUpToTheSixteenth) {
  Settings settings;
  for (const int number : {1, 16, 17, 999}) {
    settings.set(fmt::format("account.{}.user_name", number), "x");
  }
  const auto sip = sip_settings(settings);
  ASSERT_EQ(sip.accounts.size(), 2U);
  EXPECT_EQ(sip.accounts[1].number, 16);
}

TEST(AccountOf, NamesTheAccountOfAKeyInAnySpelling) {
  EXPECT_EQ(account_of("account.3.user_name"), 3);
  EXPECT_EQ(account_of("account.3.transport"), 3);
  EXPECT_EQ(account_of("sip.trust_ctrl"), std::nullopt);
  EXPECT_EQ(account_of("account.x.user_name"), std::nullopt);
  EXPECT_EQ(account_of(""), std::nullopt);
}

TEST(PastTheLast, IsAKeyOfAnAccountOrServerThatThisPhoneLacks) {
  for (const auto* has : {"account.1.enable", "account.16.enable", "account.16.sip_server.2.port",
                          "account.1.outbound_proxy.2.port", "sip.trust_ctrl", ""}) {
    EXPECT_EQ(past_the_last(has), "") << has;
  }
  for (const auto* lacks : {"account.17.enable", "account.999.sip_server.1.port"}) {
    EXPECT_EQ(past_the_last(lacks), "this phone has the accounts 1 to 16") << lacks;
  }
  EXPECT_EQ(past_the_last("account.16.sip_server.3.port"),
            "an account has sip_server.1 to sip_server.2");
  EXPECT_EQ(past_the_last("account.1.outbound_proxy.10.port"),
            "an account has outbound_proxy.1 to outbound_proxy.2");
}

TEST(SipSettings, AnAddressInBracketsIsTheOneWithin) {
  Settings settings;
  settings.set("account.1.sip_server.1.address", "[2001:db8::1]");
  EXPECT_EQ(sip_settings(settings).accounts.at(0).servers.at(0).host, "2001:db8::1");
}

}  // namespace
}  // namespace sealtone::settings
