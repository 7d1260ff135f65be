// SPDX-License-Identifier: Apache-2.0
//
// Who typed an account in, and which may register.
#include "phone/own_accounts.h"

#include <gtest/gtest.h>

namespace sealtone::phone {
namespace {

settings::Settings account_1(const char* user, const char* server) {
  settings::Settings settings;
  settings.set("account.1.enable", "1");
  settings.set("account.1.user_name", user);
  settings.set("account.1.sip_server.1.address", server);
  return settings;
}

using Changes = std::map<std::string, std::optional<std::string>>;

TEST(OwnAccounts, OneThatWasTypedInMayRegister) {
  const auto sip = sip_settings(account_1("201", "sip.example.com"));
  for (const char* key : {"account.1.user_name", "account.1.sip_server.1.address"}) {
    const auto own = typed_in({}, Changes{{key, "x"}}, sip);
    EXPECT_TRUE(may_register(sip.accounts.at(0), own, false)) << key;
  }
}

// Else whoever switches a fetched account off would allow it.
TEST(OwnAccounts, WhoTypesNeitherUserNorServerInAllowsNothing) {
  const auto sip = sip_settings(account_1("201", "sip.example.com"));
  for (const char* key :
       {"account.1.label", "account.1.password", "account.1.enable", "account.1.sip_server.1.port",
        "account.1.sip_server.2.address", "account.1.outbound_proxy.1.address"}) {
    EXPECT_TRUE(typed_in({}, Changes{{key, "1"}}, sip).empty()) << key;
    const OwnAccounts own{{1, "201@sip.example.com"}};
    EXPECT_EQ(typed_in(own, Changes{{key, "1"}}, sip), own) << key;
  }
}

TEST(OwnAccounts, OneOfAFetchedFileMayNotUntilThatIsAllowed) {
  const auto sip = sip_settings(account_1("201", "sip.example.com"));
  EXPECT_FALSE(may_register(sip.accounts.at(0), {}, false));
  EXPECT_TRUE(may_register(sip.accounts.at(0), {}, true));
}

TEST(OwnAccounts, AFetchedFileThatPutsAnotherUserOrServerThereMakesItAnother) {
  const auto typed = sip_settings(account_1("201", "sip.example.com"));
  const auto own = typed_in({}, Changes{{"account.1.user_name", "201"}}, typed);
  for (const auto& settings :
       {account_1("202", "sip.example.com"), account_1("201", "sip.example.net")}) {
    EXPECT_FALSE(may_register(sip_settings(settings).accounts.at(0), own, false));
  }
}

TEST(OwnAccounts, OtherKeysMakeNoAccountTheOwners) {
  const auto sip = sip_settings(account_1("201", "sip.example.com"));
  const auto own = typed_in({}, Changes{{"sip.trust_ctrl", "1"}, {"account.2.label", "x"}}, sip);
  EXPECT_TRUE(own.empty());
}

TEST(OwnAccounts, AnOldNameOfAKeyNamesTheAccountToo) {
  const auto sip = sip_settings(account_1("201", "sip.example.com"));
  const auto own = typed_in({}, Changes{{"account.1.sip_server_host", "sip.example.com"}}, sip);
  EXPECT_TRUE(may_register(sip.accounts.at(0), own, false));
}

TEST(OwnAccounts, ComeBackFromTheStoreAsTheyWere) {
  const OwnAccounts own{{1, "201@sip.example.com"}, {16, "a b@"}};
  EXPECT_EQ(own_accounts_from(to_text(own)), own);
}

TEST(OwnAccounts, WhatCannotBeReadIsNone) {
  EXPECT_TRUE(own_accounts_from("").empty());
  EXPECT_TRUE(own_accounts_from("x\n1\n\n9999999999999 a\n").empty());
}

TEST(OwnAccounts, AUserWithALineEndIsOneLineAndNobodyElse) {
  const auto sip = sip_settings(account_1("201\n2 202@sip.example.com", "sip.example.com"));
  const auto own = typed_in({}, Changes{{"account.1.user_name", "x"}}, sip);
  EXPECT_EQ(own_accounts_from(to_text(own)), own);
  EXPECT_EQ(own.size(), 1U);
}

}  // namespace
}  // namespace sealtone::phone
