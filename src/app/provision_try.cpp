// SPDX-License-Identifier: Apache-2.0
// sealtone provision try: a run that applies nothing, by a phone that is there or one that is not.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "app/certificate_file.h"
#include "app/commands.h"
#include "app/judged_by.h"
#include "app/loop.h"
#include "app/paths.h"
#include "app/phone_link.h"
#include "app/shown.h"
#include "base/text.h"
#include "provision/provision.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

constexpr const char* kUrlKey = "static.auto_provision.server.url";

// A phone as from the factory, with the list that was asked for.
Result<provision::Input> factory_phone(const TryArguments& arguments, const std::string& password,
                                       const JudgedBy& by, const Surroundings& with) {
  auto mac = provision::normalise_mac(arguments.mac);
  if (!mac) return std::unexpected(mac.error());
  if (auto fits = settings::check_value(*settings::find_key(kUrlKey), arguments.url); !fits) {
    return std::unexpected(fits.error());
  }
  store::Snapshot before;
  before.settings.set(kUrlKey, arguments.url);
  before.settings.set("static.auto_provision.server.username", arguments.user);
  before.settings.set("static.auto_provision.server.password", password);
  provision::Input input;
  if (arguments.trust.empty()) {
    before.settings.set("static.security.ca_cert", arguments.trusted == "default" ? "0" : "2");
    input.system_roots = by.anchors;
  } else {
    for (const auto& certificate : by.anchors) {
      before.trusted.push_back({0, certificate, with.clock.now(), "command line"});
    }
  }
  auto context = tls::Context::build({});
  if (!context) return std::unexpected(context.error());
  input.context = *std::move(context);
  input.anchors = std::make_shared<const x509::AnchorSet>(by.anchors);
  input.before = std::make_shared<const store::Snapshot>(std::move(before));
  input.mac = *std::move(mac);
  input.now = with.clock.now();
  input.clock = by.clock;
  input.random = &with.random;
  input.trial = true;
  return input;
}

Result<json> tried_by_nobody(const TryArguments& arguments, const std::string& password,
                             const Surroundings& with) {
  CertificateFiles files("");
  auto by = judged_by_of(arguments, files, with);
  if (!by) return std::unexpected(by.error());
  if (!by->warning.empty()) fmt::print(with.err, "{}\n", by->warning);
  const auto input = factory_phone(arguments, password, *by, with);
  if (!input) return std::unexpected(input.error());
  net::asio::io_context loop;
  const auto run = run_until_done(loop, provision::run(*input));
  auto report = provision::to_json(run, *input);
  report["at"] = base::utc(input->now);
  return report;
}

Result<json> tried_by_phone(const TryArguments& arguments, const std::string& password,
                            const Surroundings& with) {
  const auto folder = phone_folder(arguments.state);
  if (!folder) return std::unexpected(folder.error());
  auto link = PhoneLink::open_to_look(*folder, with);
  if (!link) return std::unexpected(link.error());
  const json body{{"url", arguments.url},
                  {"mac", arguments.mac},
                  {"user", arguments.user},
                  {"password", password}};
  return (*link)->ask("POST", "/api/provision/try", body.dump(),
                      {{"Content-Type", "application/json"}});
}

std::string certificate_line(std::string_view what, const json& certificate) {
  return fmt::format("  {} {}, valid until {}, SHA-256 {}\n", what,
                     shown(certificate.at("subject"), "text"), shown_time(certificate, "not_after"),
                     shown(certificate, "sha256"));
}

std::string settings_text(const json& rows) {
  if (rows.empty()) return "No setting would change.\n";
  std::string out = "Settings that would change:\n";
  for (const auto& row : rows) {
    if (row.value("secret", true)) {
      const bool was = row.value("was_set", false);
      const bool is = row.value("set", false);
      out += fmt::format("  {}: {} -> {}\n", shown(row, "name"), was ? "set" : "not set",
                         !is   ? "not set"
                         : was ? "set, to another value"
                               : "set");
      continue;
    }
    const auto value = [&row](const char* key) {
      const auto text = shown(row, key);
      return text.empty() ? std::string("(empty)") : text;
    };
    out += fmt::format("  {}: {} -> {}\n", shown(row, "name"), value("from"), value("to"));
  }
  return out;
}

std::string changes_text(const json& changes) {
  auto out = settings_text(changes.at("settings"));
  const auto& added = changes.at("trusted_added");
  const auto& deleted = changes.at("trusted_deleted");
  out += added.empty() && deleted.empty() ? "The trusted certificates would stay as they are.\n"
                                          : "Trusted certificates that would change:\n";
  for (const auto& each : added) out += certificate_line("added:  ", each);
  for (const auto& each : deleted) out += certificate_line("deleted:", each);
  const auto& own = changes.at("server_certificate");
  if (!own.value("changes", false)) {
    return out + "The server certificate would stay as it is.\n";
  }
  if (own.at("certificate").is_null()) {
    return out + "The server certificate would be deleted, and the temporary one shown.\n";
  }
  return out + "The server certificate would be replaced:\n" +
         certificate_line("by", own.at("certificate"));
}

// Each thing that was said of a connection, once: most files come the same way.
std::string connections_text(const json& connections) {
  std::set<std::string> told;
  std::string out;
  for (const auto& connection : connections) {
    auto text = connection_text(connection);
    if (told.insert(text).second) out += "\n" + text;
  }
  return out;
}

int exit_code(const json& report) {
  const auto& connections = report.at("connections");
  if (connections.empty()) {
    const auto& files = report.at("files");
    const bool nobody = files.empty() || files.back().value("outcome", "") == "unreachable";
    if (nobody) return kCouldNot;
  }
  bool clean = true;
  for (const auto& connection : connections) {
    const auto& verdict = connection.at("verdict");
    if (verdict.at("decision") != "trusted" || !verdict.at("findings").empty()) clean = false;
  }
  const bool applies = report.value("would_apply", false) && report.at("warnings").empty();
  return clean && applies ? kDone : kFound;
}

}  // namespace

int provision_try(const TryArguments& arguments, const Surroundings& with) {
  std::string password;
  if (const auto fine = without_password(arguments.url); !fine)
    return could_not(with, fine.error());
  if (!arguments.user.empty()) {
    auto typed = read_secret(arguments.password_file, "Password of " + arguments.user);
    if (!typed) return could_not(with, typed.error());
    password = std::string(typed->text());
  }
  const auto report = arguments.state.empty() ? tried_by_nobody(arguments, password, with)
                                              : tried_by_phone(arguments, password, with);
  if (!report) return could_not(with, report.error());
  if (arguments.json) {
    tell_json(*report, with);
  } else {
    fmt::print(with.out, "{}", run_text(*report));
    if (const auto& changes = report->at("changes"); !changes.is_null()) {
      fmt::print(with.out, "\n{}", changes_text(changes));
    }
    fmt::print(with.out, "{}", connections_text(report->at("connections")));
  }
  return exit_code(*report);
}

}  // namespace sealtone::app
