// SPDX-License-Identifier: Apache-2.0
#include "app/checking.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/new_file.h"
#include "app/paths.h"
#include "base/files.h"
#include "base/host_name.h"
#include "base/text.h"
#include "base/tls_versions.h"
#include "handshake/names.h"
#include "tls/offer.h"
#include "trust/sip_names.h"
#include "x509/crl.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

// TLS 1.3: a refusal of our certificate arrives after the handshake, as the first thing to read.
constexpr std::chrono::milliseconds kLateAlertLimit{1'000};

// RFC 1123 §2.1 and RFC 952, and the underscore that some names have all the same.
bool is_host_name(std::string_view name) {
  constexpr std::size_t most = 253, most_of_a_label = 63;
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > most) return false;
  return std::ranges::all_of(base::split(name, '.'), [](std::string_view label) {
    return !label.empty() && label.size() <= most_of_a_label &&
           std::ranges::all_of(label, [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_';
           });
  });
}

// Which port a SIP address means where TLS is spoken: RFC 3261 §19.1.2.
Target sip_target(base::Url url) {
  if (url.scheme == "sip" && url.port == 5060) url.port = 5061;
  return {std::move(url), false, trust::Service::sip};
}

// "1.2", "1.0..1.2".
Result<tls::Versions> versions_of(const std::string& text) {
  tls::Versions versions;
  if (text.empty()) return versions;
  const auto dots = text.find("..");
  const auto low = handshake::version_from(text.substr(0, dots));
  const auto high =
      dots == std::string::npos ? low : handshake::version_from(text.substr(dots + 2));
  if (!low || !high || *low > *high || *low < base::kTls10) {
    return base::fail(ErrorCode::bad_input, "--tls " + text,
                      "write one version or a range, for example 1.2 or 1.0..1.3");
  }
  return tls::Versions{*low, *high};
}

Result<std::vector<x509::Crl>> revocation_lists(const std::vector<std::string>& files) {
  std::vector<x509::Crl> out;
  for (const auto& file : files) {
    const auto octets = read_input(file, base::kMaxUploadBytes);
    if (!octets) return std::unexpected(octets.error());
    const auto lists = x509::parse_crls(*octets, input_name(file));
    if (!lists) return std::unexpected(lists.error());
    out.insert(out.end(), lists->begin(), lists->end());
  }
  return out;
}

// --save-missing: what was written, in words; or that the certificate is not at hand.
Result<std::string> save_missing(const explain::Fix* fix, const std::filesystem::path& file) {
  if (fix == nullptr)
    return "No certificate is missing that this computer holds: nothing was written.";
  const auto pem = fix->missing->pem();
  if (auto written = write_new_file(file, base::view(pem), 0644); !written) {
    const auto there = base::read_file(file, base::kMaxUploadBytes);
    const bool the_same = there && base::text(*there) == pem;
    if (written.error().code != ErrorCode::exists || !the_same) {
      return std::unexpected(written.error());
    }
  }
  return fmt::format("\"{}\" was written to {} (SHA-256 {}).",
                     base::visible(fix->missing->subject().short_name()),
                     base::visible(file.string()), fix->missing->fingerprint());
}

}  // namespace

Result<Target> target_of(const std::string& text, trust::Service service) {
  if (auto fine = without_password(text); !fine) return std::unexpected(fine.error());
  if (const auto sip = base::parse_url(text); sip && sip->scheme.starts_with("sip")) {
    return sip_target(*sip);
  }
  if (text.find("://") == std::string::npos) {
    auto url = base::parse_host_port(text, "https");
    if (!url) return std::unexpected(url.error());
    return Target{std::move(*url), false, service};
  }
  auto url = base::parse_url(text);
  if (!url) return std::unexpected(url.error());
  if (service == trust::Service::sip) {
    return base::fail(ErrorCode::bad_input, "--sip",
                      "over https no SIP is spoken; write HOST:5061 or sips:HOST");
  }
  if (url->scheme != "https") {
    return base::fail(ErrorCode::unsupported, url->shown(),
                      "only https shows a certificate; write https://… or HOST:PORT (SIP over TLS: "
                      "HOST:5061)");
  }
  return Target{std::move(*url), true};
}

Result<std::chrono::sys_seconds> time_of(const std::string& at, const Surroundings& with) {
  if (at.empty()) return with.clock.now();
  if (const auto time = base::parse_utc(at)) return *time;
  return base::fail(ErrorCode::bad_input, "--at " + at,
                    "write a UTC time, for example 2026-11-23 or 2026-11-23T22:00:00Z");
}

Result<std::string> name_for_chain(const CheckArguments& arguments) {
  if (!arguments.name.empty()) return arguments.name;
  return base::fail(ErrorCode::bad_input, "--chain " + arguments.chain,
                    "say which name the phones are given for the server: --name prov.example.com");
}

trust::Service service_of(const CheckArguments& arguments) {
  return arguments.sip ? trust::Service::sip : trust::Service::https;
}

void judge_by(tls::PeerCheck& check, trust::Service service) {
  check.policy.service = service;
  check.policy.path.purpose =
      service == trust::Service::sip ? x509::Purpose::sip : x509::Purpose::server;
}

Result<tls::ContextOptions> context_options(const CheckArguments& arguments,
                                            CertificateFiles& files) {
  tls::ContextOptions options;
  auto versions = versions_of(arguments.tls);
  if (!versions) return std::unexpected(versions.error());
  options.versions = *versions;
  options.ask_for_ocsp = true;
  if (!arguments.client.empty()) {
    auto file = files.read(arguments.client);
    if (!file) return std::unexpected(file.error());
    auto credential = x509::device_credential(file->contents, arguments.client);
    if (!credential) return std::unexpected(credential.error());
    options.credential = std::move(*credential);
  }
  return options;
}

Result<tls::PeerCheck> peer_check(const CheckArguments& arguments, const std::string& name,
                                  trust::Service service, const JudgedBy& by,
                                  const Surroundings& with) {
  tls::PeerCheck check;
  judge_by(check, service);
  const auto now = time_of(arguments.at, with);
  if (!now) return std::unexpected(now.error());
  check.now = *now;
  if (arguments.at.empty()) check.policy.clock = by.clock;  // a time that is given is no clock's
  auto lists = revocation_lists(arguments.crls);
  if (!lists) return std::unexpected(lists.error());
  check.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>(*std::move(lists));
  check.policy.path.revocation_required = arguments.crl_required;
  check.policy.path.profile = by.rules;
  check.policy.sip_address_names = by.sip_address_names;
  check.anchors = std::make_shared<const x509::AnchorSet>(by.anchors);
  if (!arguments.name.empty()) {
    if (auto given = name_asked_for(arguments.name); !given) return std::unexpected(given.error());
  }
  const auto host = base::to_a_labels(name);
  if (!host) return base::fail(ErrorCode::bad_input, "--name", base::to_string(host.error()));
  check.reference = trust::ReferenceIdentifier::from_host(*host);
  if (check.reference->kind == trust::ReferenceIdentifier::Kind::dns) check.sni = *host;
  return check;
}

Result<trust::ReferenceIdentifier> name_asked_for(const std::string& name,
                                                  const std::string& given_by) {
  const auto where = given_by + base::visible(name, 80);
  const auto host = base::to_a_labels(name);
  if (!host) return base::fail(ErrorCode::bad_input, where, host.error().detail);
  auto reference = trust::ReferenceIdentifier::from_host(*host);
  // Brackets are an address's where a port follows, and part of no name.
  const bool address =
      reference.kind == trust::ReferenceIdentifier::Kind::ip && !name.starts_with('[');
  if (!address && !is_host_name(*host)) {
    return base::fail(ErrorCode::bad_input, where,
                      "write the name alone that the phones are given for the server, or its "
                      "address, for example prov.example.com or 192.0.2.7");
  }
  return reference;
}

trust::Verdict with_offer(const tls::Context& context, trust::Verdict verdict) {
  const auto hello = tls::client_hello(context);
  if (!hello || verdict.path.path.empty()) return verdict;
  const auto& key = verdict.path.path.front().public_key();
  // A key that cannot be read is said already.
  if (key.bits == 0 || tls::goes_with(*hello, key)) return verdict;
  std::erase_if(verdict.findings, [](const trust::Finding& each) {
    return each.code == trust::FindingCode::key_type_not_supported && each.certificate == 0U;
  });
  trust::Finding finding{.code = trust::FindingCode::key_type_not_supported, .certificate = 0};
  finding.evidence.wanted = tls::keys_that_go_with(*hello);
  finding.evidence.found = {key.description()};
  finding.evidence.detail = "nothing that is offered goes with such a key";
  verdict.findings.push_back(std::move(finding));
  verdict.decision = trust::Decision::untrusted;  // no switch makes a cipher
  return verdict;
}

net::Task<Result<Seen>> handshake_only(base::Url url, std::shared_ptr<const tls::Context> context,
                                       tls::PeerCheck check,
                                       std::chrono::milliseconds connect_limit) {
  auto socket = co_await net::connect_tcp(url.host, url.port, connect_limit);
  if (!socket) co_return std::unexpected(socket.error());
  auto outcome =
      co_await tls::connect(std::move(*socket), std::move(context), std::move(check), kCheckLimit);
  if (!outcome.stream) co_return Seen{std::move(outcome.verdict), std::move(outcome.record)};

  if (outcome.record.certificate_requested) {
    outcome.stream->expires_after(kLateAlertLimit);
    std::array<std::uint8_t, 1> octet{};
    (void)co_await outcome.stream->read_some(octet);
  }
  co_await outcome.stream->shutdown();  // our goodbye is part of what is told
  co_return Seen{outcome.stream->verdict(), outcome.stream->record()};
}

void tell_warning(const JudgedBy& by, bool json, const Surroundings& with) {
  if (by.warning.empty()) return;
  fmt::print(json ? with.err : with.out, "{}\n", by.warning);
  std::fflush(json ? with.err : with.out);
}

explain::Context words_for(const CheckArguments& arguments, const JudgedBy& by,
                           const tls::PeerCheck& check) {
  explain::Context context;
  context.now = check.now;
  context.at_hand = by.at_hand;
  context.list_name = by.list_name;
  context.now_is_given = !arguments.at.empty();
  return context;
}

namespace {

constexpr auto kSipWords = "The certificate's names were compared by the rules for SIP (RFC 5922).";

// RFC 5922 has no address as an identity: what a setting lets count is said.
std::string words_on_address(const tls::PeerCheck& check) {
  if (!check.reference || check.reference->kind != trust::ReferenceIdentifier::Kind::ip) return {};
  return check.policy.sip_address_names
             ? " RFC 5922 has no addresses as identities; here one counts if the certificate has "
               "it as an iPAddress name (--sip-address-names)."
             : " RFC 5922 has no addresses as identities, and here none counts "
               "(--sip-address-names).";
}

nlohmann::json sip_json(const Report& report) {
  if (report.sip.empty()) return nullptr;
  return {{"names", report.sip + report.sip_address},
          {"request", nullptr},
          {"status", nullptr},
          {"reason", nullptr},
          {"server", nullptr},
          {"allow", nlohmann::json::array()},
          {"says", nullptr}};
}

}  // namespace

void note_rules(Report& report, const tls::PeerCheck& check) {
  if (check.policy.service == trust::Service::sip) {
    report.sip = kSipWords;
    report.sip_address = words_on_address(check);
  }
  report.strict = check.policy.path.profile == x509::Profile::strict;
}

std::string rules_words(const Report& report) {
  auto words = report.strict ? std::string(
                                   "Besides RFC 5280, the rules of the CA/Browser Forum for public "
                                   "web servers were gone by (strict).")
                             : std::string();
  if (!report.sip.empty()) words += (words.empty() ? "" : " ") + report.sip;
  // Of one that was accepted it stands among what is weak about it.
  if (report.explanation.weak.empty()) words += report.sip_address;
  return words;
}

Result<void> explain_and_save(Report& report, const Seen& seen, const CheckArguments& arguments) {
  report.explanation = explain::explain(seen.verdict, seen.record, report.context);
  if (arguments.save_missing.empty()) return {};
  auto saved = save_missing(report.explanation.save_missing(), arguments.save_missing);
  if (!saved) return std::unexpected(saved.error());
  // The next step speaks of the file that there is now.
  report.saved = *std::move(saved);
  report.context.saved_as = arguments.save_missing;
  report.explanation = explain::explain(seen.verdict, seen.record, report.context);
  return {};
}

nlohmann::json report_json(const Report& report, const Seen& seen) {
  auto answer = explain::to_json(report.explanation, seen.verdict, seen.record, report.context);
  answer["judged_by"] = report.context.list_name;
  answer["names_by"] = report.sip.empty() ? "RFC 9525" : std::string(trust::kSipRules);
  answer["sip"] = sip_json(report);
  answer["rules"] = report.strict ? "strict" : "default";
  answer["http"] = nullptr;
  if (!report.saved.empty()) answer["saved"] = report.saved;
  return answer;
}

}  // namespace sealtone::app
