// SPDX-License-Identifier: Apache-2.0
//
// admin/routes: what the API does for a caller who may ask; one function a route.
//
// docs/api.md describes each.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "admin/control.h"
#include "base/clock.h"
#include "crypto/secret.h"
#include "http/http.h"

namespace sealtone::admin {

// What a route works with; alive until the route's coroutine has ended.
struct Call {
  PhoneControl& phone;
  const http::Request& request;
  const base::Clock& clock;
  bool local;
  std::string tail;  // what stands for * in the route's path
};

// The phone's clock, by which dates are judged and told.
struct Dates {
  trust::ClockFloor clock;
  std::chrono::sys_seconds now;
  // By which that certificate's are told (trust::dates_at).
  [[nodiscard]] std::chrono::sys_seconds of(const x509::Certificate& certificate) const;
  // By which those of anything else are: the floor, while the clock is unset.
  [[nodiscard]] std::chrono::sys_seconds at() const;
};
[[nodiscard]] Dates dates_of(const Call& call);

using Route = net::Task<http::Response> (*)(Call);

net::Task<http::Response> show_status(Call call);
net::Task<http::Response> list_trusted(Call call);
net::Task<http::Response> add_trusted(Call call);
net::Task<http::Response> remove_trusted(Call call);
net::Task<http::Response> show_server_certificate(Call call);
net::Task<http::Response> set_server_certificate(Call call);
net::Task<http::Response> clear_server_certificate(Call call);
net::Task<http::Response> undo_server_certificate(Call call);
net::Task<http::Response> forget_previous_certificate(Call call);
net::Task<http::Response> list_revocation_lists(Call call);
net::Task<http::Response> add_revocation_lists(Call call);
net::Task<http::Response> remove_revocation_list(Call call);
net::Task<http::Response> list_rejected(Call call);
net::Task<http::Response> show_rejected(Call call);
net::Task<http::Response> trust_rejected(Call call);
net::Task<http::Response> show_clock(Call call);
net::Task<http::Response> lower_clock_floor(Call call);
net::Task<http::Response> show_sip(Call call);
net::Task<http::Response> list_settings(Call call);
net::Task<http::Response> show_setting(Call call);
net::Task<http::Response> change_settings(Call call);
net::Task<http::Response> provision_now(Call call);
net::Task<http::Response> try_provisioning(Call call);
net::Task<http::Response> list_connections(Call call);
net::Task<http::Response> show_connection(Call call);
net::Task<http::Response> save_octets(Call call);           // GET: without keys
net::Task<http::Response> save_octets_as_asked(Call call);  // POST: with keys where asked for
net::Task<http::Response> reset_password(Call call);

// What the phone's clock says and cannot honestly say.
[[nodiscard]] nlohmann::json clock_json(const ClockStatus& clock);
// The answer as make gives it, made on the worker: of much that is listed, or of a large file.
[[nodiscard]] net::Task<http::Response> answer_aside(PhoneControl& phone,
                                                     std::function<http::Response()> make);
// A number of the path: digits, at most 18 of them.
[[nodiscard]] base::Result<std::int64_t> id_of(const std::string& text);
// X-File-Name, percent-decoded and made visible; "the file" if it is absent.
[[nodiscard]] std::string file_name(const http::Request& request);
// X-Passphrase, percent-decoded; nothing if it is absent or empty.
[[nodiscard]] std::optional<crypto::Secret> passphrase_of(const http::Request& request);
// only_accept_trusted, list and check_name, as the provisioning client goes by; overrides names the
// settings for provisioning alone that stand before the phone's own switches.
[[nodiscard]] nlohmann::json switches_json(const store::Snapshot& snapshot);

}  // namespace sealtone::admin
