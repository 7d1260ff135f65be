// SPDX-License-Identifier: Apache-2.0
// sealtone sip status: what each account of the phone is doing, and why.
#include "app/asking.h"
#include "app/drawing.h"
#include "app/paths.h"
#include "app/phone_link.h"
#include "app/screen.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

// The lock stands for what a desk phone draws it for.
std::string account_lines(const json& account, bool ascii) {
  auto text =
      fmt::format("{:>2}  {:<22}  {}{}\n", account.value("number", 0), shown(account, "state"),
                  shown(account, "address"),
                  account.value("lock", false) ? "  [lock: TLS, and the server is known]" : "");
  for (const auto& line : explain::wrapped(shown(account, "says"), 76)) {
    text += "    " + line + "\n";
  }
  if (const auto waiting = account.value("waiting_messages", 0); waiting > 0) {
    text += fmt::format("    New voice messages: {}\n", waiting);
  }
  const auto spoken = explain::dialogue_from_json(account.value("sip", json(nullptr)));
  const auto drawn = explain::to_text(spoken, ascii);
  return text + drawn + (drawn.empty() ? "" : "\n");
}

// One that is switched off is not meant to be registered.
bool all_registered(const json& answer) {
  for (const auto& account : answer.at("accounts")) {
    const auto state = account.value("state", std::string());
    if (state != "registered" && state != "off") return false;
  }
  return true;
}

// Of a phone that runs: one that was opened to be asked would say that it has no accounts.
base::Result<json> accounts_of_the_phone(const StateArguments& arguments,
                                         const Surroundings& with) {
  const auto folder = phone_folder(arguments.state);
  if (!folder) return std::unexpected(folder.error());
  auto link = PhoneLink::open_to_look(*folder, with);
  if (!link) return std::unexpected(link.error());
  if (!(*link)->phone_runs()) {
    return base::fail(base::ErrorCode::unreachable, "phone",
                      "no phone runs on this state folder, and so no account is registered; "
                      "sealtone phone starts it");
  }
  return (*link)->ask("GET", "/api/sip");
}

}  // namespace

int sip_status(const StateArguments& arguments, const Surroundings& with) {
  const auto answer = accounts_of_the_phone(arguments, with);
  const bool ascii = needs_ascii(with.out);
  const int done = told(answer, arguments, with, [&](const json& told) {
    if (told.at("accounts").empty()) {
      fmt::print(with.out,
                 "The phone has no SIP account. Set account.1.enable, account.1.user_name,\n"
                 "account.1.password and account.1.sip_server.1.address.\n");
    }
    for (const auto& account : told.at("accounts")) {
      fmt::print(with.out, "{}", account_lines(account, ascii));
    }
    if (!told.at("events").empty()) fmt::print(with.out, "\n");
    for (const auto& event : told.at("events")) {
      fmt::print(with.out, "{}  account {}: {}\n", shown(event, "at"), event.value("account", 0),
                 shown(event, "says"));
    }
  });
  if (done != kDone) return done;
  return all_registered(*answer) ? kDone : kFound;
}

}  // namespace sealtone::app
