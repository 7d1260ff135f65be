// SPDX-License-Identifier: Apache-2.0
//
// phone/values: the names under which a phone keeps things in its store, and its own settings'
// keys.
#pragma once

#include <string_view>

namespace sealtone::phone {

inline constexpr std::string_view kPasswordValue = "admin.password";
inline constexpr std::string_view kTemporaryValue = "temporary.certificate";
inline constexpr std::string_view kReportValue = "provisioning.report";

inline constexpr std::string_view kOwnAccountsValue = "accounts.own";

// base::utc; absent until something raised or lowered it.
inline constexpr std::string_view kFloorValue = "clock.floor";

inline constexpr std::string_view kMacKey = "sealtone.mac";
inline constexpr std::string_view kUrlKey = "static.auto_provision.server.url";
inline constexpr std::string_view kUserKey = "static.auto_provision.server.username";
inline constexpr std::string_view kServerPasswordKey = "static.auto_provision.server.password";
inline constexpr std::string_view kPnpKey = "sealtone.pnp.enable";
inline constexpr std::string_view kHandshakeKey = "sealtone.handshake_timeout_s";
inline constexpr std::string_view kRequestKey = "sealtone.request_timeout_s";
inline constexpr std::string_view kIdleKey = "sealtone.idle_timeout_s";
inline constexpr std::string_view kPerAddressKey = "sealtone.connections_per_address";

}  // namespace sealtone::phone
