// SPDX-License-Identifier: Apache-2.0
//
// settings/accounts: the SIP accounts that the vendor's keys describe.
//
// Source: the rows account.X.… and sip.… of keys.tsv.  Accounts 1 to 16, servers 1 and 2 of each;
// higher numbers are skipped in a file, refused elsewhere.  Units: seconds.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "settings/settings.h"

namespace sealtone::settings {

inline constexpr int kMaxAccounts = 16;
inline constexpr int kMaxSipServers = 2;

enum class SipTransport { udp, tcp, tls, naptr };  // transport_type 0, 1, 2, 3

struct SipServer {
  std::string host;
  std::uint16_t port = 0;  // 0: by SRV, else the transport's own
  SipTransport transport = SipTransport::udp;
  int expires = 3600;
  int retry_counts = 3;
  bool operator==(const SipServer&) const = default;
};

struct SipAccount {
  int number = 0;
  bool enabled = false;
  std::string label, display_name, user_name;
  std::string auth_name;                    // user_name where the key is not set
  std::string password;                     // secret
  std::vector<SipServer> servers;           // those with an address
  std::vector<SipServer> outbound_proxies;  // empty: none, or not switched on
  int expires_overlap = -1;
  int fail_retry_interval = 30, failed_retry_min = 0, failed_retry_max = 60;
  bool operator==(const SipAccount&) const = default;
};

struct SipSettings {
  std::vector<SipAccount> accounts;  // those of which anything is set, in order
  bool only_registrar = false;       // sip.trust_ctrl
  int notify_reboot = 1;             // sip.notify_reboot_enable: 0 as the event says, 1, 2 ignore
  int surge_prevention = 0;          // sip.reg_surge_prevention
  bool register_fetched = false;     // sealtone.register: accounts of a fetched file, too
  std::string user_agent;            // sealtone.user_agent
  std::chrono::seconds handshake_limit{10};  // sealtone.handshake_timeout_s
};
[[nodiscard]] SipSettings sip_settings(const Settings& settings);

// The number in "account.3.user_name", in any spelling; nothing if that is no account's key.
[[nodiscard]] std::optional<int> account_of(std::string_view spelled);

// "this phone has the accounts 1 to 16" for a key of one that it lacks, and the same of an
// account's servers and proxies; empty for every other key.
[[nodiscard]] std::string past_the_last(std::string_view canonical);

}  // namespace sealtone::settings
