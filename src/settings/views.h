// SPDX-License-Identifier: Apache-2.0
//
// settings/views: what a group of keys means to the room that acts on it.
//
// Source: the rows of keys.tsv.  Values outside their range never get this far.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/tls_versions.h"
#include "settings/settings.h"

namespace sealtone::settings {

// Security > Trusted Certificates and the TLS versions and ciphers, as the keys say it.
enum class TrustList { system_roots, custom, all };  // ca_cert 0, 1, 2; factory: custom

struct TlsSettings {
  bool only_accept_trusted = true;  // static.security.trust_certificates
  TrustList trust_list = TrustList::custom;
  bool check_name = true;            // static.security.cn_validation
  bool allow_common_name = false;    // sealtone.security.cn_fallback
  bool revocation_required = false;  // sealtone.security.revocation_required
  bool strict = false;               // sealtone.security.rules
  bool sip_address_names = true;     // sealtone.security.sip_address_names
  bool sip_wildcards = false;        // sealtone.security.sip_wildcards
  // static.security.default_ssl_method: 0 TLS 1.0 only, 3 negotiate (Sealtone: 1.2..1.3),
  // 4 TLS 1.1 only, 5 TLS 1.2 only, 6 TLS 1.3 only (Sealtone's own value)
  std::uint16_t lowest_version = base::kTls12;
  std::uint16_t highest_version = base::kTls13;
  std::string cipher_list;  // security.tls_cipher_list; empty: Sealtone's own
  bool operator==(const TlsSettings&) const = default;
};

// app: "auto_provision", "web_server", "sip": the per-application keys of V86 first, then the
// global ones.
[[nodiscard]] TlsSettings tls_settings(const Settings& settings, std::string_view app);

struct ProvisionSettings {
  std::string url;  // static.auto_provision.server.url
  std::string username;
  std::string password;     // secret
  std::string common_file;  // "y000000000000.cfg" from sealtone.common_file
  bool power_on = true;     // static.auto_provision.power_on
  std::string user_agent;   // sealtone.user_agent
};
[[nodiscard]] ProvisionSettings provision_settings(const Settings& settings);

struct PnpSettings {
  bool enabled = false;  // sealtone.pnp.enable; whoever answers is not known, so off
  std::string address;   // sealtone.pnp.address
};
[[nodiscard]] PnpSettings pnp_settings(const Settings& settings);

struct WebSettings {
  bool https = true;      // static.wui.https_enable
  int https_port = 8443;  // static.network.port.https (factory: 8443, not the phones' 443)
  int relog_minutes = 5;  // features.relog_offtime
};
[[nodiscard]] WebSettings web_settings(const Settings& settings);

struct ClockSettings {
  bool use_floor = false;                 // sealtone.clock.policy
  int wait_limit_s = 600;                 // sealtone.clock.wait_limit
  bool prefer_time_server = false;        // sealtone.clock.prefer_time_server
  std::vector<std::string> time_servers;  // local_time.ntp_server1 and 2, as far as they are set
  int interval_s = 1'000;                 // local_time.interval
};
[[nodiscard]] ClockSettings clock_settings(const Settings& settings);

}  // namespace sealtone::settings
