// SPDX-License-Identifier: Apache-2.0
//
// What keys.tsv says, and how its rows are found.
#include <algorithm>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "settings/settings.h"

namespace sealtone::settings {
namespace {

std::string canonical(std::string_view spelled) {
  const auto known = find_key(spelled);
  return known ? known->canonical : "unknown";
}

std::string with_numbers(std::string_view name) {
  std::string filled(name);
  std::ranges::replace(filled, 'X', '3');
  std::ranges::replace(filled, 'Y', '2');
  return filled;
}

// The data file's rows, cell by cell, as they are on disk.
std::vector<std::vector<std::string>> rows_on_disk() {
  std::ifstream in(SEALTONE_SOURCE "/src/settings/keys.tsv");
  EXPECT_TRUE(in);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    auto& row = rows.emplace_back();
    for (const auto cell : base::split(line, '\t')) row.emplace_back(cell);
  }
  return rows;
}

struct Spelling {
  std::string_view spelled, canonical;
};

TEST(FindKey, KnowsTheNamesOfEveryGeneration) {
  static constexpr Spelling rows[] = {
      // Only accept trusted certificates: V70 to V80, V81 to V85.
      {"security.trust_certificates", "static.security.trust_certificates"},
      {"static.security.trust_certificates", "static.security.trust_certificates"},
      {"security.ca_cert", "static.security.ca_cert"},
      {"static.security.ca_cert", "static.security.ca_cert"},
      {"security.cn_validation", "static.security.cn_validation"},
      {"static.security.cn_validation", "static.security.cn_validation"},
      {"security.dev_cert", "static.security.dev_cert"},
      {"static.security.default_ssl_method", "static.security.default_ssl_method"},
      {"security.default_ssl_method", "static.security.default_ssl_method"},
      {"security.tls_cipher_list", "security.tls_cipher_list"},
      {"static.security.tls_cipher_list", "security.tls_cipher_list"},
      // Certificates to fetch and delete.
      {"trusted_certificates.url", "static.trusted_certificates.url"},
      {"static.trusted_certificates.url", "static.trusted_certificates.url"},
      {"trusted_certificates.delete", "static.trusted_certificates.delete"},
      {"server_certificates.url", "static.server_certificates.url"},
      {"static.server_certificates.url", "static.server_certificates.url"},
      {"server_certificates.delete", "static.server_certificates.delete"},
      // V86 numbers them; its lists write the number as a star.
      {"server_certificates.1.url", "static.server_certificates.url"},
      {"server_certificates.*.url", "static.server_certificates.url"},
      // SIP server and transport: V70, V71 to V73, V80 and later.
      {"account.4.transport", "account.4.sip_server.1.transport_type"},
      {"account.4.sip_server.2.transport_type", "account.4.sip_server.2.transport_type"},
      {"account.4.sip_server_host", "account.4.sip_server.1.address"},
      {"account.4.sip_server_port", "account.4.sip_server.1.port"},
      {"account.16.sip_server.2.port", "account.16.sip_server.2.port"},
      {"account.2.sip_trust_ctrl", "sip.trust_ctrl"},
      // The phone's page: V70, then wui., then static.wui.
      {"network.web_server_type", "network.web_server_type"},
      {"wui.https_enable", "static.wui.https_enable"},
      {"static.wui.http_enable", "static.wui.http_enable"},
      {"network.port.https", "static.network.port.https"},
      // Provisioning.
      {"auto_provision.server.url", "static.auto_provision.server.url"},
      {"static.auto_provision.server.password", "static.auto_provision.server.password"},
      {"auto_provision.mode", "auto_provision.mode"},
      {"auto_provision.weekly.mask", "static.auto_provision.weekly.dayofweek"},
      {"auto_provision.aes_key_16.com", "static.auto_provision.aes_key.com"},
      {"static.auto_provision.aes_key_16.mac", "static.auto_provision.aes_key.mac"},
      {"static.auto_provision.aes_key.mac", "static.auto_provision.aes_key.mac"},
      {"autoprovision.50.code", "static.autoprovision.50.code"},
      {"zero_touch.enable", "static.zero_touch.enable"},
      {"syslog.log_level", "static.syslog.level"},
      {"static.syslog.log_level", "static.syslog.level"},
      {"openvpn.url", "static.network.openvpn_file.url"},
      {"static.openvpn.url", "static.network.openvpn_file.url"},
      // V86, for each application, in both spellings.
      {"security.web_server.ssl_method", "security.web_server.ssl_method"},
      {"static.security.web_server.ssl_method", "security.web_server.ssl_method"},
      {"static.security.auto_provision.ca_cert", "security.auto_provision.ca_cert"},
      {"security.802_1x.trust_certificates", "security.802_1x.trust_certificates"},
      // Slips of the vendor's own lists.
      {"satic.security.tr069.trust_certificates", "security.tr069.trust_certificates"},
      {"static.static.security.xml_browser.trust_certificates",
       "security.xml_browser.trust_certificates"},
  };
  for (const auto& row : rows) EXPECT_EQ(canonical(row.spelled), row.canonical) << row.spelled;
}

TEST(FindKey, KnowsNothingElse) {
  for (const std::string_view spelled : {"",
                                         ".",
                                         "static.",
                                         "static.static.static.security.ca_cert",
                                         "security",
                                         "Security.ca_cert",
                                         "security.ca_cert.",
                                         ".security.ca_cert",
                                         "security..ca_cert",
                                         "account.X.password",
                                         "account.#.password",
                                         "account..password",
                                         "account.0.password",
                                         "account.01.password",
                                         "account.1000.password",
                                         "account.-1.password",
                                         "account.1.2.password",
                                         "server_certificates.#.url",
                                         "linekey.1.type",
                                         "security.unheard_of.ca_cert"}) {
    EXPECT_EQ(canonical(spelled), "unknown") << spelled;
  }
  EXPECT_EQ(canonical("account.999.password"), "account.999.password");
  EXPECT_EQ(canonical(std::string(5'000'000, 'a')), "unknown");
  EXPECT_EQ(canonical(std::string(5'000'000, '.')), "unknown");
}

TEST(AllKeys, HoldsEveryRowOfTheDataFile) {
  const auto rows = rows_on_disk();
  for (const auto& cells : rows) {
    ASSERT_EQ(cells.size(), 8U) << cells[0];
    for (const auto& cell : cells) EXPECT_FALSE(base::trim(cell).empty()) << cells[0];
    static const std::set<std::string_view> kinds{"text",   "number", "boolean",
                                                  "choice", "url",    "list"};
    EXPECT_TRUE(kinds.contains(cells[2])) << cells[0];
    static const std::set<std::string_view> flags{"-", "secret", "uploads"};
    EXPECT_TRUE(flags.contains(cells[5])) << cells[0];
  }
  EXPECT_GT(rows.size(), 200U);
  EXPECT_EQ(all_keys().size(), rows.size());
}

TEST(AllKeys, EachIsFoundByItsOwnNameAndByNoOther) {
  for (const auto& key : all_keys()) {
    const auto name = with_numbers(key.name);
    const auto known = find_key(name);
    ASSERT_TRUE(known) << name;
    EXPECT_EQ(known->key, &key) << name;
    EXPECT_EQ(known->canonical, name);
  }
}

TEST(AllKeys, EachAliasLeadsToItsOwnRow) {
  for (const auto& cells : rows_on_disk()) {
    if (cells[1] == "-") continue;
    for (const auto alias : base::split(cells[1], ' ')) {
      const auto known = find_key(with_numbers(alias));
      ASSERT_TRUE(known) << alias;
      EXPECT_EQ(known->key->name, cells[0]) << alias;
    }
  }
}

TEST(AllKeys, EachFactoryValueMayStandForItsKey) {
  for (const auto& key : all_keys()) {
    if (key.factory.empty()) continue;
    const auto known = find_key(with_numbers(key.name));
    ASSERT_TRUE(known);
    EXPECT_TRUE(check_value(*known, key.factory)) << key.name;
  }
}

TEST(AllKeys, EachSaysWhereItComesFrom) {
  for (const auto& key : all_keys()) {
    const bool sourced = key.note.find("[S") != std::string_view::npos ||
                         key.note.starts_with("Sealtone's own") ||
                         key.note.find("assumption") != std::string_view::npos;
    EXPECT_TRUE(sourced) << key.name << ": " << key.note;
    EXPECT_EQ(key.name.starts_with("sealtone."), key.note.starts_with("Sealtone's own"))
        << key.name;
  }
}

TEST(AllKeys, FactoryIsClosedAndDepartsFromThePhonesOnlyWhereItSaysSo) {
  const auto factory = [](std::string_view name) {
    return std::string(find_key(name)->key->factory);
  };
  EXPECT_EQ(factory("static.security.trust_certificates"), "1");
  EXPECT_EQ(factory("static.security.ca_cert"), "1");
  EXPECT_EQ(factory("static.security.cn_validation"), "1");
  EXPECT_NE(find_key("security.cn_validation")->key->note.find("departure"), std::string::npos);
  EXPECT_EQ(factory("static.security.default_ssl_method"), "3");
  EXPECT_EQ(factory("sealtone.security.cn_fallback"), "0");
  EXPECT_EQ(factory("sealtone.security.rules"), "default");
  EXPECT_EQ(factory("sealtone.security.sip_address_names"), "1");
  EXPECT_EQ(factory("sealtone.register"), "0");
  EXPECT_EQ(factory("sealtone.provision_locks_out_own_server"), "0");
  EXPECT_EQ(factory("sealtone.handshake_timeout_s"), "10");
  EXPECT_EQ(factory("sealtone.request_timeout_s"), "30");
  EXPECT_EQ(factory("sealtone.idle_timeout_s"), "60");
  EXPECT_EQ(factory("sealtone.connections_per_address"), "256");
  EXPECT_EQ(factory("sealtone.clock.policy"), "wait");
  EXPECT_EQ(factory("sealtone.clock.prefer_time_server"), "0");
  EXPECT_EQ(factory("local_time.ntp_server1"), "");
}

TEST(IsSecret, CoversPasswordsKeysAndWhateverIsUnknown) {
  for (const std::string_view spelled :
       {"account.1.password", "auto_provision.server.password",
        "static.auto_provision.server.password", "static.auto_provision.aes_key_16.com",
        "auto_provision.aes_key.mac", "static.autoprovision.7.password", "autoprovision.7.com_aes",
        "static.autoprovision.7.mac_aes", "security.user_password", "ldap.password", "made.up"}) {
    EXPECT_TRUE(is_secret(spelled)) << spelled;
  }
  EXPECT_FALSE(is_secret("static.auto_provision.server.url"));
  EXPECT_FALSE(is_secret("account.1.user_name"));
}

TEST(IsSecret, HoldsForEveryKeyWhoseNameSaysPassword) {
  for (const auto& key : all_keys()) {
    EXPECT_TRUE(key.secret || !key.name.ends_with("password")) << key.name;
  }
}

}  // namespace
}  // namespace sealtone::settings
