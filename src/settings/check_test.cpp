// SPDX-License-Identifier: Apache-2.0
//
// Which values may stand for which keys, and what is said of those that may not.
#include <gtest/gtest.h>

#include "settings/settings.h"

namespace sealtone::settings {
namespace {

// Empty if the value may stand.
std::string problem(std::string_view key, std::string_view value) {
  const auto known = find_key(key);
  if (!known) return "unknown key";
  const auto checked = check_value(*known, value);
  if (checked) return {};
  EXPECT_EQ(checked.error().code, base::ErrorCode::bad_input);
  EXPECT_EQ(checked.error().where, known->canonical);
  return checked.error().detail;
}

struct Row {
  std::string_view key, good;
};
struct BadRow {
  std::string_view key, bad, said;
};

TEST(CheckValue, TakesWhatIsInsideAndAtTheBounds) {
  static constexpr Row rows[] = {
      {"static.security.trust_certificates", "0"},
      {"static.security.trust_certificates", "1"},
      {"static.security.ca_cert", "0"},
      {"static.security.ca_cert", "2"},
      {"static.security.default_ssl_method", "0"},
      {"static.security.default_ssl_method", "3"},
      {"static.security.default_ssl_method", "6"},
      {"account.1.sip_server.1.port", "0"},
      {"account.1.sip_server.1.port", "5061"},
      {"account.1.sip_server.1.port", "65535"},
      {"static.network.port.https", "1"},
      {"static.network.port.https", "65535"},
      {"features.relog_offtime", "1"},
      {"features.relog_offtime", "1000"},
      {"account.1.sip_server.1.expires", "30"},
      {"account.1.sip_server.1.expires", "2147483647"},
      {"account.1.register_expires_overlap", "-1"},
      {"account.1.register_expires_overlap", "1"},
      {"auto_provision.dhcp_option.list_user_options", "128"},
      {"auto_provision.dhcp_option.list_user_options", "128, 160,254"},
      {"static.auto_provision.server.url", "http://192.0.2.1/"},
      {"static.auto_provision.server.url", "https://u:p@prov.example.test:8667/a/?b=c"},
      {"static.openvpn.url", "tftp://192.0.2.1/vpn.tar"},
      {"sealtone.common_file", "y000000000108.cfg"},
      {"sealtone.mac", "00:15:65:00:00:01"},
      {"sealtone.mac", "001565000001"},
      {"account.1.sip_server.1.address", "pbx.example.com."},
      {"account.1.sip_server.1.address", "b\u00FCro.example"},
      {"account.1.sip_server.1.address", "[::1]"},
      {"account.1.sip_server.1.address", "2001:db8::1"},
      {"account.1.sip_server.1.address", ""},
      {"sealtone.pnp.address", "192.0.2.1"},
      {"sealtone.pnp.address", "[ff02::1]:5060"},
      {"sealtone.clock.policy", "wait"},
      {"sealtone.clock.policy", "use-floor"},
      {"sealtone.security.rules", "default"},
      {"sealtone.security.rules", "strict"},
      {"sealtone.security.sip_address_names", "0"},
      {"sealtone.clock.wait_limit", "0"},
      {"sealtone.clock.wait_limit", "86400"},
      {"local_time.interval", "15"},
      {"account.1.label", "Empfang \xC3\xBC # = \t x"},
      {"security.tls_cipher_list", "AES:!ADH:!LOW:!EXPORT:!NULL"},
  };
  for (const auto& row : rows) EXPECT_EQ(problem(row.key, row.good), "") << row.key << row.good;
}

TEST(CheckValue, RefusesOnePastTheBoundsAndSaysWhatMayStand) {
  static constexpr BadRow rows[] = {
      {"sealtone.clock.policy", "waits", "its value is not one of wait, use-floor"},
      {"sealtone.clock.policy", "wait|use-floor", "its value is not one of wait, use-floor"},
      {"sealtone.security.rules", "Strict", "its value is not one of default, strict"},
      {"sealtone.security.sip_address_names", "2", "2 is not one of 0, 1"},
      {"sealtone.clock.wait_limit", "86401", "86401 is not a number from 0 to 86400"},
      {"local_time.interval", "14", "14 is not a number from 15 to 86400"},
      {"static.security.trust_certificates", "7", "7 is not one of 0, 1"},
      {"static.security.trust_certificates", "2", "2 is not one of 0, 1"},
      {"static.security.trust_certificates", "-1", "-1 is not one of 0, 1"},
      {"static.security.trust_certificates", "on", "its value is not one of 0, 1"},
      {"static.security.trust_certificates", "01", "01 is not one of 0, 1"},
      {"static.security.trust_certificates", "+1", "its value is not one of 0, 1"},
      {"static.security.trust_certificates", "1 0", "its value is not one of 0, 1"},
      {"static.security.trust_certificates", "", "its value is not one of 0, 1"},
      {"static.security.ca_cert", "3", "3 is not one of 0, 1, 2"},
      {"static.security.default_ssl_method", "1", "1 is not one of 0, 3, 4, 5, 6"},
      {"static.security.default_ssl_method", "2", "2 is not one of 0, 3, 4, 5, 6"},
      {"static.security.default_ssl_method", "7", "7 is not one of 0, 3, 4, 5, 6"},
      {"account.1.sip_server.1.port", "70000", "70000 is not a number from 0 to 65535"},
      {"account.1.sip_server.1.port", "65536", "65536 is not a number from 0 to 65535"},
      {"account.1.sip_server.1.port", "-1", "-1 is not a number from 0 to 65535"},
      {"account.1.sip_server.1.port", "5061x", "its value is not a number from 0 to 65535"},
      {"static.network.port.https", "0", "0 is not a number from 1 to 65535"},
      {"features.relog_offtime", "1001", "1001 is not a number from 1 to 1000"},
      {"account.1.sip_server.1.expires", "29", "29 is not a number from 30 to 2147483647"},
      {"account.1.sip_server.1.expires", "2147483648",
       "2147483648 is not a number from 30 to 2147483647"},
      {"account.1.sip_server.1.expires", "99999999999999999999999",
       "its value is not a number from 30 to 2147483647"},
      {"account.1.register_expires_overlap", "0", "0 is not a number -1 or from 1 to 2147483647"},
      {"auto_provision.dhcp_option.list_user_options", "128,127",
       "127 is not a number from 128 to 254 (several are parted by commas)"},
      {"auto_provision.dhcp_option.list_user_options", "128,",
       "its value is not a number from 128 to 254 (several are parted by commas)"},
      {"sealtone.mac", "00:15:65:00:00",
       "its value is not a MAC address such as 00:15:65:00:00:01"},
      {"sealtone.common_file", "../passwd",
       "its value is not a file name of letters, digits, dots, hyphens and underscores"},
      {"sealtone.pnp.address", "pnp.example.com:5060",
       "its value is not an IP address with or without a port, such as 224.0.1.75:5060"},
      {"sealtone.pnp.address", "224.0.1.75:65536",
       "its value is not an IP address with or without a port, such as 224.0.1.75:5060"},
      {"account.1.sip_server.1.address", "bad host!",
       "its value is not a host name or an IP address; the port has a key of its own"},
      {"account.1.sip_server.2.address", "127.0.0.1:5061",
       "its value is not a host name or an IP address; the port has a key of its own"},
      {"account.1.outbound_proxy.1.address", "sips:pbx.example.com",
       "its value is not a host name or an IP address; the port has a key of its own"},
      {"sealtone.pnp.address", "224.0.1",
       "its value is not an IP address with or without a port, such as 224.0.1.75:5060"},
  };
  for (const auto& row : rows) EXPECT_EQ(problem(row.key, row.bad), row.said) << row.key;
}

TEST(CheckValue, RefusesAddressesThatItWillNotFetchFrom) {
  for (const std::string_view url :
       {"tftp://192.0.2.1/", "ftp://192.0.2.1/", "192.0.2.1/prov", "https://", "https://a b/",
        "file:///etc/passwd", "sip:pbx.example.test", "https://host:0/"}) {
    EXPECT_EQ(problem("static.trusted_certificates.url", url),
              "its value is not an http:// or https:// address; Sealtone fetches by these two only")
        << url;
  }
}

TEST(CheckValue, RefusesControlCharactersInEveryKindOfKey) {
  for (const std::string_view key : {"account.1.password", "static.security.ca_cert",
                                     "static.openvpn.url", "security.tls_cipher_list"}) {
    for (const std::string_view value : {std::string_view("a\x1B[2J"), std::string_view("a\rb"),
                                         std::string_view("a\0b", 3), std::string_view("\x7F")}) {
      EXPECT_EQ(problem(key, value), "its value holds a control character") << key;
    }
  }
}

TEST(CheckValue, NeverRepeatsWhatMayBeASecret) {
  for (const auto& key : all_keys()) {
    std::string name(key.name);
    for (auto& c : name) {
      if (c == 'X' || c == 'Y') c = '1';
    }
    for (const std::string_view value : {"hunter2\x01", "hunter2", "https://u:hunter2@/"}) {
      EXPECT_EQ(problem(name, value).find("hunter2"), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace sealtone::settings
