// SPDX-License-Identifier: Apache-2.0
//
// settings/views: see views.h.
#include "settings/views.h"

#include <fmt/format.h>

namespace sealtone::settings {
namespace {

using base::kTls10;
using base::kTls11;
using base::kTls12;
using base::kTls13;

// The application's own key if it is set, else the global one.
class Scope {
 public:
  Scope(const Settings& settings, std::string_view app) : settings_(settings), app_(app) {}

  [[nodiscard]] std::string get(std::string_view item, std::string_view global) const {
    const auto own = fmt::format("security.{}.{}", app_, item);
    return settings_.get(settings_.is_set(own) ? std::string_view(own) : global);
  }

 private:
  const Settings& settings_;
  std::string_view app_;
};

TrustList trust_list(std::string_view ca_cert) {
  if (ca_cert == "0") return TrustList::system_roots;
  if (ca_cert == "2") return TrustList::all;
  return TrustList::custom;
}

struct Versions {
  std::uint16_t lowest, highest;
};
Versions versions(std::string_view ssl_method) {
  if (ssl_method == "0") return {kTls10, kTls10};
  if (ssl_method == "4") return {kTls11, kTls11};
  if (ssl_method == "5") return {kTls12, kTls12};
  if (ssl_method == "6") return {kTls13, kTls13};
  return {kTls12, kTls13};
}

// static.auto_provision.power_on took the place of V70's auto_provision.mode.
bool fetch_at_power_on(const Settings& settings) {
  if (settings.is_set("static.auto_provision.power_on") ||
      !settings.is_set("auto_provision.mode")) {
    return settings.flag("static.auto_provision.power_on");
  }
  const auto mode = settings.get("auto_provision.mode");
  return mode == "1" || mode == "6" || mode == "7";
}

// static.wui.https_enable took the place of V70's network.web_server_type.
bool serve_https(const Settings& settings) {
  if (settings.is_set("static.wui.https_enable") || !settings.is_set("network.web_server_type")) {
    return settings.flag("static.wui.https_enable");
  }
  const auto type = settings.get("network.web_server_type");
  return type == "1" || type == "3";
}

}  // namespace

TlsSettings tls_settings(const Settings& settings, std::string_view app) {
  const Scope scope(settings, app);
  const auto method = scope.get("ssl_method", "static.security.default_ssl_method");
  const auto [lowest, highest] = versions(method);
  return {.only_accept_trusted =
              scope.get("trust_certificates", "static.security.trust_certificates") != "0",
          .trust_list = trust_list(scope.get("ca_cert", "static.security.ca_cert")),
          .check_name = scope.get("cn_validation", "static.security.cn_validation") != "0",
          .allow_common_name = settings.flag("sealtone.security.cn_fallback"),
          .revocation_required = settings.flag("sealtone.security.revocation_required"),
          .strict = settings.get("sealtone.security.rules") == "strict",
          .sip_address_names = settings.flag("sealtone.security.sip_address_names"),
          .sip_wildcards = settings.flag("sealtone.security.sip_wildcards"),
          .lowest_version = lowest,
          .highest_version = highest,
          .cipher_list = scope.get("tls_cipher_list", "security.tls_cipher_list")};
}

ProvisionSettings provision_settings(const Settings& settings) {
  return {.url = settings.get("static.auto_provision.server.url"),
          .username = settings.get("static.auto_provision.server.username"),
          .password = settings.get("static.auto_provision.server.password"),
          .common_file = settings.get("sealtone.common_file"),
          .power_on = fetch_at_power_on(settings),
          .user_agent = settings.get("sealtone.user_agent")};
}

PnpSettings pnp_settings(const Settings& settings) {
  return {.enabled = settings.flag("sealtone.pnp.enable"),
          .address = settings.get("sealtone.pnp.address")};
}

WebSettings web_settings(const Settings& settings) {
  return {.https = serve_https(settings),
          .https_port = settings.number("static.network.port.https"),
          .relog_minutes = settings.number("features.relog_offtime")};
}

ClockSettings clock_settings(const Settings& settings) {
  ClockSettings clock{.use_floor = settings.get("sealtone.clock.policy") == "use-floor",
                      .wait_limit_s = settings.number("sealtone.clock.wait_limit"),
                      .prefer_time_server = settings.flag("sealtone.clock.prefer_time_server"),
                      .time_servers = {},
                      .interval_s = settings.number("local_time.interval")};
  for (const auto* key : {"local_time.ntp_server1", "local_time.ntp_server2"}) {
    if (auto server = settings.get(key); !server.empty()) {
      clock.time_servers.push_back(std::move(server));
    }
  }
  return clock;
}

}  // namespace sealtone::settings
