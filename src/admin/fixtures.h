// SPDX-License-Identifier: Apache-2.0
//
// admin/fixtures: a phone of values and callers of its API, for this room's tests.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "admin/api.h"
#include "crypto/crypto.h"
#include "settings/settings.h"
#include "x509/issue.h"

namespace sealtone::admin::test {

using namespace std::chrono;
using net::Task;
using nlohmann::json;

inline constexpr sys_seconds kNow = sys_days{2026y / 11 / 23};
inline constexpr const char* kOneTime = "one-time-made-for-the-test";
inline constexpr const char* kBusy = "the phone is busy when this comes";
inline constexpr const char* kOwn = "own-made-for-the-test";

inline x509::Issued made(const std::string& name, bool ca, crypto::SystemRandom& random,
                         std::vector<std::string> usage = {}) {
  x509::Request request;
  request.common_name = name;
  request.names = {{x509::SubjectAltName::Kind::dns, "localhost"}};
  request.validity = {kNow - days(1), kNow + days(10)};
  request.ca = ca;
  request.extended_key_usage = std::move(usage);
  return x509::issue_self_signed(request, random).value();
}

// A phone of values: what the API does to it can be looked at.
class FakePhone final : public PhoneControl {
 public:
  explicit FakePhone(crypto::SystemRandom& random)
      : temporary_(made("temporary", false, random)),
        snapshot_(std::make_shared<store::Snapshot>()) {}

  [[nodiscard]] std::shared_ptr<const store::Snapshot> snapshot() const override {
    return snapshot_;
  }
  [[nodiscard]] Status status() const override {
    const bool own = snapshot_->credential.has_value();
    return {"0",
            "001565000001",
            {"https://127.0.0.1:8443/"},
            own ? snapshot_->credential->leaf() : temporary_.certificate,
            !own,
            "",
            {},
            clock_};
  }
  Task<base::Result<std::vector<store::TrustedCertificate>>> add_trusted(
      std::vector<x509::Certificate> certificates, std::string origin) override {
    std::vector<store::TrustedCertificate> added;
    for (auto& certificate : certificates) {
      for (const auto& row : snapshot_->trusted) {
        if (row.certificate == certificate) {
          co_return base::fail(base::ErrorCode::exists, "", "it is in the list already");
        }
      }
      added.push_back({++last_id_, std::move(certificate), kNow, origin});
      snapshot_->trusted.push_back(added.back());
    }
    co_return added;
  }
  Task<base::Result<void>> remove_trusted(std::int64_t id) override {
    const auto gone =
        std::erase_if(snapshot_->trusted, [id](const auto& row) { return row.id == id; });
    if (gone == 0)
      co_return base::fail(base::ErrorCode::not_found, "", "there is none with that number");
    co_return base::Result<void>{};
  }
  Task<base::Result<void>> set_credential(x509::DeviceCredential credential) override {
    if (snapshot_->credential) snapshot_->previous = snapshot_->credential;
    snapshot_->credential = std::move(credential);
    co_return base::Result<void>{};
  }
  Task<base::Result<void>> clear_credential() override {
    snapshot_->previous = std::exchange(snapshot_->credential, std::nullopt);
    co_return base::Result<void>{};
  }
  Task<base::Result<void>> undo_credential() override {
    if (!snapshot_->credential && !snapshot_->previous)
      co_return base::fail(base::ErrorCode::not_found, "", "there is none to go back to");
    std::swap(snapshot_->credential, snapshot_->previous);
    co_return base::Result<void>{};
  }
  Task<base::Result<void>> forget_previous_credential() override {
    if (!snapshot_->previous)
      co_return base::fail(base::ErrorCode::not_found, "", "there is no previous one");
    snapshot_->previous.reset();
    co_return base::Result<void>{};
  }
  Task<base::Result<std::vector<store::RevocationList>>> add_revocation_lists(
      std::vector<x509::Crl> lists, std::string origin) override {
    std::vector<store::RevocationList> added;
    for (auto& crl : lists) {
      const auto octets = crl.der().size();
      added.push_back({++last_id_, std::move(crl), octets, kNow, origin});
      snapshot_->revocation_lists.push_back(added.back());
    }
    co_return added;
  }
  Task<base::Result<void>> remove_revocation_list(std::int64_t id) override {
    std::erase_if(snapshot_->revocation_lists, [id](const auto& row) { return row.id == id; });
    co_return base::Result<void>{};
  }
  Task<std::vector<x509::Certificate>> certificates_at_hand() override {
    std::vector<x509::Certificate> certificates;
    for (const auto& row : snapshot_->trusted) certificates.push_back(row.certificate);
    co_return certificates;
  }
  Task<base::Result<void>> change_settings(
      std::map<std::string, std::optional<std::string>> changes) override {
    for (const auto& [key, value] : changes) {
      const auto known = settings::find_key(key);
      if (!known) co_return base::fail(base::ErrorCode::not_found, key, "no such setting");
      if (value) {
        snapshot_->settings.set(known->canonical, *value);
      } else {
        snapshot_->settings.reset(known->canonical);
      }
    }
    co_return base::Result<void>{};
  }
  Task<base::Result<json>> provision_now() override { co_return json{{"applied", true}}; }
  Task<base::Result<json>> try_provisioning(Trial trial) override {
    tried_.push_back(std::move(trial));
    co_return json{{"applied", false}};
  }
  Task<base::Result<std::vector<store::ConnectionRow>>> connections() override { co_return rows_; }
  Task<base::Result<store::ConnectionRow>> connection(std::int64_t id) override {
    for (const auto& row : rows_) {
      if (row.id == id) co_return row;
    }
    co_return base::fail(base::ErrorCode::not_found, "", "there is none with that number");
  }
  [[nodiscard]] std::vector<store::ConnectionRow> recorded_connections() const override {
    return recorded_;
  }
  [[nodiscard]] bool octets_kept(std::int64_t id) const override { return id == octets_of_; }
  Task<base::Result<SavedOctets>> save_octets(SaveOctets wanted) override {
    if (wanted.connection && wanted.connection != octets_of_) {
      co_return base::fail(base::ErrorCode::not_found, "", "its octets are no longer kept");
    }
    saved_.push_back(wanted);
    co_return SavedOctets{std::string("\x0A\x0D\x0D\x0A\0", 5), "It holds them."};
  }
  [[nodiscard]] Sip sip() const override { return sip_; }
  Task<base::Result<std::vector<store::RejectedRow>>> rejected() override {
    std::vector<store::RejectedRow> rows;
    for (const auto& each : rejected_) rows.push_back(each.row);
    co_return rows;
  }
  Task<base::Result<RejectedServer>> rejected(std::int64_t id) override {
    for (const auto& each : rejected_) {
      if (each.row.id == id) co_return each;
    }
    co_return base::fail(base::ErrorCode::not_found, "", "there is none with that number");
  }
  Task<base::Result<void>> lower_clock_floor(sys_seconds to, std::string who) override {
    if (to >= clock_.floor) co_return base::fail(base::ErrorCode::bad_input, "", "it is lower");
    clock_.floor = to;
    lowered_by_ = std::move(who);
    co_return base::Result<void>{};
  }
  Task<base::Result<LogIn>> log_in(std::string password, std::string new_password) override {
    ++log_ins_;
    co_await net::asio::post(net::asio::use_awaitable);  // as scrypt does, it takes its time
    if (password == kBusy) co_return base::fail(base::ErrorCode::busy, "", "others are logging in");
    if (password == kOneTime) {
      co_return new_password.size() < 10 ? LogIn::choose_password : LogIn::accepted;
    }
    co_return password == kOwn ? LogIn::accepted : LogIn::wrong;
  }
  Task<base::Result<std::string>> reset_password() override { co_return std::string(kOneTime); }
  Task<base::Result<void>> aside(std::function<void()> work) override {
    work();
    co_return base::Result<void>{};
  }

  std::vector<store::ConnectionRow> rows_;
  int log_ins_ = 0;
  std::vector<Trial> tried_;
  std::vector<store::ConnectionRow> recorded_;
  std::int64_t octets_of_ = 0;  // the connection whose octets there are
  std::vector<SaveOctets> saved_;
  std::vector<RejectedServer> rejected_;
  Sip sip_;
  ClockStatus clock_;
  std::string lowered_by_;

 private:
  x509::Issued temporary_;
  std::shared_ptr<store::Snapshot> snapshot_;
  std::int64_t last_id_ = 0;
};

class ApiTest : public testing::Test {
 protected:
  http::Response ask(http::Request request, Caller caller) {
    std::optional<http::Response> response;
    net::asio::co_spawn(loop_, api_.handle(std::move(request), std::move(caller)),
                        [&](std::exception_ptr thrown, http::Response done) {
                          if (thrown) std::rethrow_exception(thrown);
                          response = std::move(done);
                        });
    loop_.restart();
    loop_.run();
    return response.value();
  }
  http::Response local(std::string method, std::string target, std::string body = {},
                       http::Fields fields = {}) {
    return ask({std::move(method), std::move(target), std::move(fields), std::move(body)},
               {true, ""});
  }
  http::Response remote(std::string method, std::string target, std::string body = {},
                        http::Fields fields = {}) {
    fields.emplace_back("Host", "127.0.0.1:8443");
    return ask({std::move(method), std::move(target), std::move(fields), std::move(body)},
               {false, "192.0.2.9"});
  }
  // The cookie and CSRF token of an admin's session.
  http::Fields logged_in() {
    const auto response = remote("POST", "/api/session", json{{"password", kOwn}}.dump());
    const std::string cookie(response.field("Set-Cookie"));
    return {{"Cookie", cookie.substr(0, cookie.find(';'))},
            {"X-CSRF-Token", json::parse(response.body).at("csrf")}};
  }
  static json body(const http::Response& response) { return json::parse(response.body); }

  net::asio::io_context loop_;
  crypto::SystemRandom random_;
  base::FakeClock clock_{kNow};
  FakePhone phone_{random_};
  Api api_{phone_, random_, clock_, ApiOptions{}};
};

}  // namespace sealtone::admin::test
