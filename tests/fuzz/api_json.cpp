// SPDX-License-Identifier: Apache-2.0
//
// fuzz/api_json: any octets as a request's body, path and fields, from the page and from
// admin.sock.
//
// Input: one octet chooses the route, one the caller, a line is what stands for * and in the
// fields, the rest is the body.  What must hold besides "no crash": every answer is whole JSON with
// its policy, a refusal says why in text that can be shown, a stranger changes nothing, and no
// secret is in any answer.
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "admin/api.h"
#include "crypto/crypto.h"
#include "settings/settings.h"
#include "x509/issue.h"

namespace {

using namespace sealtone;
using net::Task;
using nlohmann::json;

constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
constexpr std::string_view kSecret = "hidden-made-for-the-test";

void require(bool holds) {
  if (!holds) std::abort();
}

// Compared by its SHA-256: of a comparison with the secret itself libFuzzer learns it, and puts it
// into the next request's file name.
bool holds_secret(std::string_view text) {
  static const auto secret = crypto::sha256(base::view(kSecret));
  for (std::size_t i = 0; i + kSecret.size() <= text.size(); ++i) {
    if (text[i] != kSecret[0] || text[i + 1] != kSecret[1]) continue;
    if (crypto::sha256(base::view(text.substr(i, kSecret.size()))) == secret) return true;
  }
  return false;
}

// Octets that are always the same, so that what was found can be found again.
class CountingRandom final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& octet : out) octet = ++last_;
  }

 private:
  std::uint8_t last_ = 0;
};

x509::Certificate page_certificate() {
  CountingRandom random;
  x509::Request request;
  request.common_name = "temporary";
  request.validity = {kNow, kNow + std::chrono::days(1)};
  return x509::issue_self_signed(request, random).value().certificate;
}

// Takes every change as the phone would, and counts it.
class CountingPhone final : public admin::PhoneControl {
 public:
  CountingPhone() : page_(page_certificate()), snapshot_(std::make_shared<store::Snapshot>()) {
    snapshot_->settings.set("static.auto_provision.server.password", std::string(kSecret));
  }
  [[nodiscard]] int changes() const { return changes_; }

  [[nodiscard]] std::shared_ptr<const store::Snapshot> snapshot() const override {
    return snapshot_;
  }
  [[nodiscard]] admin::Status status() const override {
    return {"0", "001565000001", {}, page_, true, "", {}};
  }
  Task<base::Result<std::vector<store::TrustedCertificate>>> add_trusted(
      std::vector<x509::Certificate> certificates, std::string origin) override {
    ++changes_;
    std::vector<store::TrustedCertificate> added;
    for (auto& certificate : certificates) added.push_back({1, certificate, kNow, origin});
    co_return added;
  }
  Task<base::Result<void>> remove_trusted(std::int64_t id) override {
    require(id >= 0);
    return changed();
  }
  Task<base::Result<void>> set_credential(x509::DeviceCredential) override { return changed(); }
  Task<base::Result<void>> clear_credential() override { return changed(); }
  Task<base::Result<void>> undo_credential() override { return changed(); }
  Task<base::Result<void>> forget_previous_credential() override { return changed(); }
  Task<base::Result<std::vector<store::RevocationList>>> add_revocation_lists(
      std::vector<x509::Crl> lists, std::string origin) override {
    ++changes_;
    std::vector<store::RevocationList> added;
    for (auto& crl : lists) added.push_back({1, crl, 1, kNow, origin});
    co_return added;
  }
  Task<base::Result<void>> remove_revocation_list(std::int64_t id) override {
    require(id >= 0);
    return changed();
  }
  Task<std::vector<x509::Certificate>> certificates_at_hand() override {
    co_return std::vector<x509::Certificate>{page_};
  }
  Task<base::Result<void>> change_settings(
      std::map<std::string, std::optional<std::string>> changes) override {
    ++changes_;
    for (const auto& [name, value] : changes) {
      const auto known = settings::find_key(name);
      if (!known) co_return base::fail(base::ErrorCode::bad_input, name, "there is no such key");
      if (!value) continue;
      if (auto fits = settings::check_value(*known, *value); !fits) {
        co_return std::unexpected(fits.error());
      }
    }
    co_return base::Result<void>{};
  }
  Task<base::Result<json>> provision_now() override {
    ++changes_;
    co_return json{{"applied", false}};
  }
  Task<base::Result<json>> try_provisioning(admin::Trial) override {
    co_return json{{"applied", false}};
  }
  Task<base::Result<std::vector<store::ConnectionRow>>> connections() override {
    co_return std::vector<store::ConnectionRow>{};
  }
  Task<base::Result<store::ConnectionRow>> connection(std::int64_t id) override {
    require(id >= 0);
    co_return base::fail(base::ErrorCode::not_found, "", "there is no connection of that number");
  }
  [[nodiscard]] std::vector<store::ConnectionRow> recorded_connections() const override {
    return {};
  }
  [[nodiscard]] bool octets_kept(std::int64_t) const override { return false; }
  Task<base::Result<admin::SavedOctets>> save_octets(admin::SaveOctets wanted) override {
    require(!wanted.connection || *wanted.connection >= 0);
    co_return base::fail(base::ErrorCode::not_found, "", "its octets are no longer kept");
  }
  [[nodiscard]] admin::Sip sip() const override { return {}; }
  Task<base::Result<std::vector<store::RejectedRow>>> rejected() override {
    co_return std::vector<store::RejectedRow>{};
  }
  Task<base::Result<admin::RejectedServer>> rejected(std::int64_t id) override {
    require(id >= 0);
    admin::RejectedServer server{.row = {id, "provisioning", "prov.example.com", kNow, "", {}, {}},
                                 .chain = {page_},
                                 .verdict = {},
                                 .choice = {}};
    server.choice = trust::IssuerChoice{
        .kind = trust::IssuerChoice::Kind::itself, .certificate = page_, .after = {}};
    co_return server;
  }
  Task<base::Result<void>> lower_clock_floor(std::chrono::sys_seconds, std::string) override {
    return changed();
  }
  Task<base::Result<admin::LogIn>> log_in(std::string, std::string) override {
    co_return admin::LogIn::wrong;
  }
  Task<base::Result<std::string>> reset_password() override {
    ++changes_;
    co_return std::string("one-time");
  }
  Task<base::Result<void>> aside(std::function<void()> work) override {
    work();
    co_return base::Result<void>{};
  }

 private:
  Task<base::Result<void>> changed() {
    ++changes_;
    co_return base::Result<void>{};
  }

  x509::Certificate page_;
  std::shared_ptr<store::Snapshot> snapshot_;
  int changes_ = 0;
};

struct Route {
  const char* method;
  const char* path;  // what the line holds is put behind a final /
};
constexpr std::array kRoutes{
    Route{"PUT", "/api/settings"},
    Route{"POST", "/api/session"},
    Route{"GET", "/api/settings/"},
    Route{"POST", "/api/trusted"},
    Route{"DELETE", "/api/trusted/"},
    Route{"POST", "/api/server-certificate"},
    Route{"GET", "/api/connections/"},
    Route{"DELETE", "/api/session"},
    Route{"POST", "/api/provision"},
    Route{"GET", "/api/settings"},
    Route{"GET", "/"},
    Route{"POST", "/api/revocation-lists"},
    Route{"DELETE", "/api/revocation-lists/"},
    Route{"POST", "/api/rejected/1/trust"},
    Route{"GET", "/api/rejected/"},
    Route{"PUT", "/api/clock/floor"},
};

http::Request request_of(const Route& route, std::string_view line, std::string_view body) {
  http::Request request;
  request.method = route.method;
  request.target = route.path;
  if (request.target.ends_with('/')) request.target += line;
  for (const char* const name : {"Host", "Cookie", "X-CSRF-Token", "Origin", "X-File-Name"}) {
    request.fields.emplace_back(name, std::string(line));
  }
  request.body = body;
  return request;
}

http::Response ask(admin::Api& api, http::Request request, admin::Caller caller) {
  net::asio::io_context loop;
  std::optional<http::Response> response;
  net::asio::co_spawn(loop, api.handle(std::move(request), std::move(caller)),
                      [&](std::exception_ptr thrown, http::Response done) {
                        require(!thrown);
                        response = std::move(done);
                      });
  loop.run();
  return std::move(response).value();
}

void check(const http::Response& response) {
  require(response.status >= 200 && response.status < 600);
  require(!response.field("Content-Security-Policy").empty());
  require(!holds_secret(response.body));
  if (response.field("Content-Type") != "application/json") return;
  const auto answer = json::parse(response.body, nullptr, false);
  require(answer.is_object());
  if (response.status < 400) return;
  require(answer.at("code").is_string());
  const auto says = answer.at("says").get<std::string>();
  require(!says.empty());
  for (const unsigned char c : says) require(c >= 0x20 && c != 0x7F);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto end = std::min(text.find('\n'), text.size());
  const auto body = text.substr(std::min(end + 1, text.size()));
  static CountingPhone phone;
  static CountingRandom random;
  static const base::FakeClock clock(kNow);
  admin::Api api(phone, random, clock, {});

  auto request = request_of(kRoutes[data[0] % kRoutes.size()], text.substr(0, end), body);
  if (data[1] % 2 == 0) {
    check(ask(api, std::move(request), {.local = true, .address = {}}));
    return 0;
  }
  const auto before = phone.changes();
  // What a stranger sends for a Host is mostly no address; the other half of them knows one.
  if (data[1] % 4 == 1) request.fields.front().second = "127.0.0.1";
  check(ask(api, std::move(request), {.local = false, .address = "192.0.2.9"}));
  require(phone.changes() == before);
  return 0;
}
