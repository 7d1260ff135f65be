// SPDX-License-Identifier: Apache-2.0
#include "app/judged_by.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/paths.h"
#include "app/phone_link.h"
#include "base/text.h"
#include "store/system_roots.h"
#include "x509/parse.h"
#include "x509/path.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using Certificates = std::vector<x509::Certificate>;

Result<Certificates> certificates_in(const std::string& file, CertificateFiles& files) {
  auto read = files.read(file);
  if (!read) return std::unexpected(read.error());
  if (read->contents.certificates.empty()) {
    return base::fail(ErrorCode::wrong_kind, file, "this is a private key, not a certificate");
  }
  return std::move(read->contents.certificates);
}

// What is asked of a phone as any other command asks.
struct OfAPhone {
  Certificates uploaded;
  trust::ClockFloor clock;
  std::string rules = "default";
  bool sip_address_names = true;
};

Result<Certificates> uploaded_in(const nlohmann::json& answer) {
  Certificates certificates;
  for (const auto& row : answer.at("certificates")) {
    auto contents =
        x509::parse(base::view(row.at("pem").get_ref<const std::string&>()), "admin.sock");
    if (!contents) return std::unexpected(contents.error());
    std::ranges::move(contents->certificates, std::back_inserter(certificates));
  }
  return certificates;
}

Result<std::string> value_of(const std::string& setting, PhoneLink& link) {
  const auto answer = link.ask("GET", "/api/settings/" + setting);
  if (!answer) return std::unexpected(answer.error());
  return answer->value("value", std::string());
}

Result<OfAPhone> ask_phone(const std::string& state, const Surroundings& with) {
  const auto folder = phone_folder(state);
  if (!folder) return std::unexpected(folder.error());
  auto link = PhoneLink::open(*folder, with);
  if (!link) return std::unexpected(link.error());
  const auto answer = (*link)->ask("GET", "/api/trusted");
  if (!answer) return std::unexpected(answer.error());
  auto uploaded = uploaded_in(*answer);
  if (!uploaded) return std::unexpected(uploaded.error());
  const auto clock = (*link)->ask("GET", "/api/clock");
  if (!clock) return std::unexpected(clock.error());
  const auto floor = base::parse_utc(clock->at("floor").get_ref<const std::string&>());
  const auto rules = value_of("sealtone.security.rules", **link);
  if (!rules) return std::unexpected(rules.error());
  const auto addresses = value_of("sealtone.security.sip_address_names", **link);
  if (!addresses) return std::unexpected(addresses.error());
  return OfAPhone{.uploaded = *std::move(uploaded),
                  .clock = {.floor = std::max(with.built, floor.value_or(with.built)),
                            .use_floor = clock->at("policy") == "use-floor"},
                  .rules = *rules,
                  .sip_address_names = *addresses == "1"};
}

void append(Certificates& to, const Certificates& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Result<JudgedBy> judged_by_of(const ListArguments& arguments, CertificateFiles& files,
                              const Surroundings& with) {
  JudgedBy by;
  // No roots on this computer is no reason to stop: they may not be what is asked for.
  const auto roots = store::system_roots();
  const bool of_a_phone = !arguments.state.empty();
  OfAPhone phone{.uploaded = {}, .clock = {.floor = with.built}};
  if (of_a_phone) {
    auto asked = ask_phone(arguments.state, with);
    if (!asked) return std::unexpected(asked.error());
    phone = *std::move(asked);
  }
  by.clock = phone.clock;
  const auto& rules = arguments.rules.empty() ? phone.rules : arguments.rules;
  if (rules == "strict") by.rules = x509::Profile::strict;
  const auto& addresses = arguments.sip_address_names;
  by.sip_address_names = addresses.empty() ? phone.sip_address_names : addresses == "on";

  if (!arguments.trust.empty()) {
    auto given = certificates_in(arguments.trust, files);
    if (!given) return std::unexpected(given.error());
    by.anchors = std::move(*given);
    by.list_name = "certificates in " + input_name(arguments.trust);
  } else {
    const bool chosen = !arguments.trusted.empty() || of_a_phone;
    const std::string list = !arguments.trusted.empty() ? arguments.trusted
                             : of_a_phone               ? "custom"
                                                        : "all";
    if (list == "custom" && !of_a_phone) {
      return base::fail(
          ErrorCode::bad_input, "--trusted custom",
          "say whose list: add --state DIR, or give the certificates with --trust FILE");
    }
    if (list != "default") append(by.anchors, phone.uploaded);
    if (list != "custom") {
      if (!roots) return std::unexpected(roots.error());
      append(by.anchors, *roots);
    }
    by.list_name = "this computer's roots";
    if (list == "custom") by.list_name = "trusted certificates";
    if (list == "all" && of_a_phone)
      by.list_name = "trusted certificates and this computer's roots";
    if (!chosen) {
      by.warning = "judged by this computer's roots; that says nothing about your phones";
    }
  }

  by.at_hand = by.anchors;
  if (roots) append(by.at_hand, *roots);
  return by;
}

Result<JudgedBy> uploaded_list(const ListArguments& arguments, CertificateFiles& files,
                               const Surroundings& with) {
  if (!arguments.trust.empty() || !arguments.state.empty()) {
    return judged_by_of(arguments, files, with);
  }
  JudgedBy nothing;
  nothing.sip_address_names = arguments.sip_address_names != "off";
  nothing.list_name = "certificates uploaded to these phones (none was given: --trust FILE)";
  if (const auto roots = store::system_roots()) nothing.at_hand = *roots;
  return nothing;
}

}  // namespace sealtone::app
