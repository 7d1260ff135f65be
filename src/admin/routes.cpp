// SPDX-License-Identifier: Apache-2.0
#include "admin/routes.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "settings/views.h"

namespace sealtone::admin {
namespace {

using nlohmann::json;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Into as many octets as the text has at most; how many it has.
std::size_t percent_decode(std::string_view text, std::span<std::uint8_t> out) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? hex_digit(text[i + 1]) : -1;
    const int low = escape ? hex_digit(text[i + 2]) : -1;
    const bool decoded = high >= 0 && low >= 0;
    out[length++] = static_cast<std::uint8_t>(decoded ? high * 16 + low : text[i]);
    if (decoded) i += 2;
  }
  return length;
}

json row_json(const store::ConnectionRow& row, bool octets_kept) {
  return {{"id", row.id},
          {"service", row.service},
          {"server", base::visible(row.server)},
          {"role", row.role},
          {"at", base::utc(row.at)},
          {"decision", row.decision.empty() ? json(nullptr) : json(row.decision)},
          {"headline", row.headline},
          {"octets_kept", octets_kept}};
}

}  // namespace

base::Result<std::int64_t> id_of(const std::string& text) {
  std::int64_t id = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failed != std::errc() || end != text.data() + text.size() || id < 0 || text.size() > 18) {
    return base::fail(base::ErrorCode::not_found, "", "there is nothing of that number");
  }
  return id;
}

std::string file_name(const http::Request& request) {
  constexpr std::size_t kMaxChars = 120;
  const auto field = request.field("X-File-Name");
  base::Bytes decoded(field.size());
  decoded.resize(percent_decode(field, decoded));
  const auto name = base::visible(base::text(decoded), kMaxChars);
  return name.empty() ? "the file" : name;
}

std::optional<crypto::Secret> passphrase_of(const http::Request& request) {
  const auto field = request.field("X-Passphrase");
  if (field.empty()) return {};
  crypto::Secret passphrase(field.size());
  passphrase.shorten(percent_decode(field, passphrase.octets()));
  return passphrase;
}

json switches_json(const store::Snapshot& snapshot) {
  const auto tls = settings::tls_settings(snapshot.settings, "auto_provision");
  const auto list = [&] {
    switch (tls.trust_list) {
      case settings::TrustList::system_roots: return "default";
      case settings::TrustList::custom: return "custom";
      case settings::TrustList::all: return "all";
    }
    return "custom";
  };
  auto overrides = json::array();
  for (const char* const key :
       {"security.auto_provision.trust_certificates", "security.auto_provision.ca_cert",
        "security.auto_provision.cn_validation"}) {
    if (!snapshot.settings.is_set(key)) continue;
    overrides.push_back(std::string(key) + " = " + snapshot.settings.get(key));
  }
  return {{"only_accept_trusted", tls.only_accept_trusted},
          {"list", list()},
          {"check_name", tls.check_name},
          {"rules", tls.strict ? "strict" : "default"},
          {"sip_address_names", tls.sip_address_names},
          {"sip_wildcards", tls.sip_wildcards},
          {"overrides", std::move(overrides)}};
}

net::Task<http::Response> show_status(Call call) {
  const auto status = call.phone.status();
  const auto snapshot = call.phone.snapshot();
  json body = switches_json(*snapshot);
  body["version"] = status.version;
  body["mac"] = status.mac;
  body["page_urls"] = status.page_urls;
  body["page_certificate"] = explain::certificate_json(status.page_certificate,
                                                       dates_of(call).of(status.page_certificate));
  body["page_certificate_temporary"] = status.page_certificate_temporary;
  body["trusted_count"] = snapshot->trusted.size();
  body["provisioning"] = {
      {"summary", base::visible(status.provisioning_summary)},
      {"at", status.provisioning_at ? json(base::utc(*status.provisioning_at)) : json(nullptr)}};
  body["clock"] = clock_json(status.clock);
  const auto pnp = settings::pnp_settings(snapshot->settings);
  body["pnp"] = pnp.enabled ? json(base::visible(pnp.address)) : json(nullptr);
  co_return answer_json(200, body);
}

net::Task<http::Response> answer_aside(PhoneControl& phone, std::function<http::Response()> make) {
  std::function<base::Result<http::Response>()> work =
      [make = std::move(make)]() -> base::Result<http::Response> { return make(); };
  auto made = co_await aside<http::Response>(phone, std::move(work));
  co_return made ? *std::move(made) : refuse(made.error());
}

net::Task<http::Response> provision_now(Call call) {
  auto report = co_await call.phone.provision_now();
  if (!report) co_return refuse(report.error());
  std::function<http::Response()> make = [&report] { return answer_json(200, *report); };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> try_provisioning(Call call) {
  const auto body = json_object(call.request.body);
  if (!body) co_return refuse(body.error());
  Trial trial{text_member(*body, "url"), text_member(*body, "mac"), text_member(*body, "user"),
              text_member(*body, "password")};
  if (trial.url.empty()) {
    co_return refuse({base::ErrorCode::bad_input, "url", "say which provisioning URL to try"});
  }
  auto report = co_await call.phone.try_provisioning(std::move(trial));
  co_return report ? answer_json(200, *report) : refuse(report.error());
}

net::Task<http::Response> list_connections(Call call) {
  auto rows = co_await call.phone.connections();
  if (!rows) co_return refuse(rows.error());
  const auto waits = base::visible(call.phone.status().clock.waits, 1'000);
  std::vector<bool> kept;
  for (const auto& row : *rows) kept.push_back(call.phone.octets_kept(row.id));
  auto earlier = call.phone.recorded_connections();
  std::erase_if(earlier, [&](const store::ConnectionRow& row) {
    return std::ranges::find(*rows, row.id, &store::ConnectionRow::id) != rows->end();
  });
  std::function<http::Response()> make = [&rows, &waits, &kept, &earlier] {
    auto list = json::array(), before = json::array();
    for (std::size_t i = 0; i < rows->size(); ++i) list.push_back(row_json((*rows)[i], kept[i]));
    for (const auto& row : earlier) before.push_back(row_json(row, true));
    return answer_json(
        200, {{"connections", std::move(list)}, {"earlier", std::move(before)}, {"waits", waits}});
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> show_connection(Call call) {
  const auto id = id_of(call.tail);
  if (!id) co_return refuse(id.error());
  auto row = co_await call.phone.connection(*id);
  if (!row) co_return refuse(row.error());
  const bool kept = call.phone.octets_kept(*id);
  std::function<http::Response()> make = [&row, kept] {
    auto body = json::parse(row->json, nullptr, false);
    if (!body.is_object()) body = json::object();
    body.update(row_json(*row, kept));
    return answer_json(200, body);
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> reset_password(Call call) {
  auto password = co_await call.phone.reset_password();
  if (!password) co_return refuse(password.error());
  co_return answer_json(200, {{"password", *password}});
}

}  // namespace sealtone::admin
