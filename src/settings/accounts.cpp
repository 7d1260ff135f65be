// SPDX-License-Identifier: Apache-2.0
#include "settings/accounts.h"

#include <fmt/format.h>

#include <charconv>

namespace sealtone::settings {
namespace {

class AccountKeys {
 public:
  AccountKeys(const Settings& settings, int number) : settings_(settings), number_(number) {}
  [[nodiscard]] std::string text(std::string_view item) const { return settings_.get(key(item)); }
  [[nodiscard]] int number(std::string_view item) const { return settings_.number(key(item)); }
  [[nodiscard]] bool flag(std::string_view item) const { return settings_.flag(key(item)); }

 private:
  [[nodiscard]] std::string key(std::string_view item) const {
    return fmt::format("account.{}.{}", number_, item);
  }
  const Settings& settings_;
  int number_;
};

SipTransport transport_of(int type) {
  switch (type) {
    case 1: return SipTransport::tcp;
    case 2: return SipTransport::tls;
    case 3: return SipTransport::naptr;
    default: return SipTransport::udp;
  }
}

// "[2001:db8::1]", as it stands before a port, is the address within.
std::string without_brackets(std::string host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host;
}

std::vector<SipServer> servers_of(const AccountKeys& keys) {
  std::vector<SipServer> servers;
  for (int y = 1; y <= kMaxSipServers; ++y) {
    const auto item = [y](std::string_view name) {
      return fmt::format("sip_server.{}.{}", y, name);
    };
    auto host = without_brackets(keys.text(item("address")));
    if (host.empty()) continue;
    servers.push_back({.host = std::move(host),
                       .port = static_cast<std::uint16_t>(keys.number(item("port"))),
                       .transport = transport_of(keys.number(item("transport_type"))),
                       .expires = keys.number(item("expires")),
                       .retry_counts = keys.number(item("retry_counts"))});
  }
  return servers;
}

// The transport of a proxy is that of the server it stands before.
std::vector<SipServer> proxies_of(const AccountKeys& keys, const std::vector<SipServer>& servers) {
  std::vector<SipServer> proxies;
  if (!keys.flag("outbound_proxy_enable") || servers.empty()) return proxies;
  for (int y = 1; y <= kMaxSipServers; ++y) {
    auto host = without_brackets(keys.text(fmt::format("outbound_proxy.{}.address", y)));
    if (host.empty()) continue;
    auto proxy = servers.front();
    proxy.host = std::move(host);
    proxy.port = static_cast<std::uint16_t>(keys.number(fmt::format("outbound_proxy.{}.port", y)));
    proxies.push_back(std::move(proxy));
  }
  return proxies;
}

SipAccount account_from(const Settings& settings, int number) {
  const AccountKeys keys(settings, number);
  SipAccount account;
  account.number = number;
  account.enabled = keys.flag("enable");
  account.label = keys.text("label");
  account.display_name = keys.text("display_name");
  account.user_name = keys.text("user_name");
  account.auth_name = keys.text("auth_name");
  if (account.auth_name.empty()) account.auth_name = account.user_name;
  account.password = keys.text("password");
  account.servers = servers_of(keys);
  account.outbound_proxies = proxies_of(keys, account.servers);
  account.expires_overlap = keys.number("register_expires_overlap");
  account.fail_retry_interval = keys.number("reg_fail_retry_interval");
  account.failed_retry_min = keys.number("reg_failed_retry_min_time");
  account.failed_retry_max = keys.number("reg_failed_retry_max_time");
  return account;
}

constexpr std::string_view kAccount = "account.";

std::optional<int> number_behind(std::string_view prefix, std::string_view canonical) {
  if (!canonical.starts_with(prefix)) return std::nullopt;
  canonical.remove_prefix(prefix.size());
  int number = 0;
  const auto read = std::from_chars(canonical.data(), canonical.data() + canonical.size(), number);
  if (read.ec != std::errc() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

std::optional<int> account_of(std::string_view spelled) {
  const auto known = find_key(spelled);
  return known ? number_behind(kAccount, known->canonical) : std::nullopt;
}

std::string past_the_last(std::string_view canonical) {
  const auto account = number_behind(kAccount, canonical);
  if (!account) return {};
  if (*account > kMaxAccounts) {
    return fmt::format("this phone has the accounts 1 to {}", kMaxAccounts);
  }
  const auto item = canonical.substr(canonical.find('.', kAccount.size()) + 1);
  for (const std::string_view name : {"sip_server", "outbound_proxy"}) {
    if (!item.starts_with(name)) continue;
    const auto which = number_behind(".", item.substr(name.size()));
    if (which && *which > kMaxSipServers) {
      return fmt::format("an account has {}.1 to {}.{}", name, name, kMaxSipServers);
    }
  }
  return {};
}

SipSettings sip_settings(const Settings& settings) {
  SipSettings sip;
  for (int number = 1; number <= kMaxAccounts; ++number) {
    auto account = account_from(settings, number);
    if (!account.enabled && account.user_name.empty() && account.servers.empty()) continue;
    sip.accounts.push_back(std::move(account));
  }
  sip.only_registrar = settings.flag("sip.trust_ctrl");
  sip.notify_reboot = settings.number("sip.notify_reboot_enable");
  sip.surge_prevention = settings.number("sip.reg_surge_prevention");
  sip.register_fetched = settings.flag("sealtone.register");
  sip.user_agent = settings.get("sealtone.user_agent");
  sip.handshake_limit = std::chrono::seconds(settings.number("sealtone.handshake_timeout_s"));
  return sip;
}

}  // namespace sealtone::settings
