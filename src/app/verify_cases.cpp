// SPDX-License-Identifier: Apache-2.0
//
// app/verify_cases: see verify_cases.h.
#include "app/verify_cases.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/version.h"
#include "trust/trust.h"
#include "x509/crl.h"
#include "x509/parse.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

struct Case {
  std::vector<x509::Certificate> presented = {}, trusted = {};
  std::vector<trust::ReferenceIdentifier> references = {};
  trust::Policy policy = {};
  std::chrono::sys_seconds now;
};

// A case that asks for what there is no such thing as here.
std::unexpected<base::Error> unsupported(std::string what) {
  return base::fail(ErrorCode::unsupported, "", std::move(what));
}

// Null counts as absent, as the schema has it.
const json* member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::vector<std::string> strings(const json& object, const char* key) {
  const auto* const found = member(object, key);
  return found == nullptr ? std::vector<std::string>{} : found->get<std::vector<std::string>>();
}

bool flag(const json& object, const char* key) {
  const auto* const found = member(object, key);
  return found != nullptr && found->get<bool>();
}

Result<x509::Certificate> certificate(const std::string& pem) {
  auto contents = x509::parse(base::view(pem), "the certificate");
  if (!contents) return std::unexpected(contents.error());
  if (contents->certificates.empty()) {
    return base::fail(ErrorCode::bad_input, "", "there is no certificate in it");
  }
  return contents->certificates.front();
}

// What cannot be read is junk: a path that needs it is not found.
std::vector<x509::Certificate> readable(const std::vector<std::string>& pems) {
  std::vector<x509::Certificate> out;
  for (const auto& pem : pems) {
    if (auto one = certificate(pem)) out.push_back(*std::move(one));
  }
  return out;
}

trust::ReferenceIdentifier reference(const json& name) {
  const auto value = name.at("value").get<std::string>();
  if (name.at("kind") == "RFC822") {
    return {trust::ReferenceIdentifier::Kind::email, value};
  }
  return trust::ReferenceIdentifier::from_host(value);
}

x509::Purpose purpose(const json& test, const json& extras) {
  const auto kind = test.at("validation_kind").get<std::string>();
  const auto usages = strings(test, "extended_key_usage");
  const bool any = std::ranges::find(usages, "anyExtendedKeyUsage") != usages.end();
  if (any || flag(extras, "no_purpose")) return x509::Purpose::any;
  return kind == "CLIENT" ? x509::Purpose::client : x509::Purpose::server;
}

x509::PolicyInput policies(const json& extras) {
  const auto* const given = member(extras, "policy");
  if (given == nullptr) return {};
  const auto set = strings(*given, "initial_policy_set");
  return {.initial_policy_set = {set.begin(), set.end()},
          .initial_explicit_policy = flag(*given, "initial_explicit_policy"),
          .initial_policy_mapping_inhibit = flag(*given, "initial_policy_mapping_inhibit"),
          .initial_any_policy_inhibit = flag(*given, "initial_inhibit_any_policy")};
}

// A list that cannot be read covers nothing.
std::vector<x509::Crl> revocation_lists(const json& test) {
  std::vector<x509::Crl> out;
  for (const auto& pem : strings(test, "crls")) {
    auto lists = x509::parse_crls(base::view(pem), "the list");
    if (lists) out.insert(out.end(), lists->begin(), lists->end());
  }
  return out;
}

// "2024-04-01T00:00:00.005+00:00": certificates know no fractions (RFC 5280 §4.1.2.5.2).
Result<std::chrono::sys_seconds> time_of(const std::string& text) {
  const auto seconds = text.substr(0, std::string_view("2024-04-01T00:00:00").size());
  const auto time = base::parse_utc(seconds + "Z");
  if (!time || !(text.ends_with("+00:00") || text.ends_with('Z'))) {
    return unsupported("validation_time is no UTC time: " + text);
  }
  return *time;
}

Result<Case> read_case(const json& test, x509::Profile profile, std::chrono::sys_seconds now) {
  static const json kNothing = json::object();
  const auto* const given = member(test, "x");
  const json& extras = given == nullptr ? kNothing : *given;
  Case out{.now = now};
  if (!strings(test, "signature_algorithms").empty()) return unsupported("signature_algorithms");
  for (const auto& usage : strings(test, "key_usage")) {
    if (usage != "digitalSignature") return unsupported("key_usage " + usage);
  }
  if (const auto* const time = member(test, "validation_time")) {
    auto at = time_of(time->get<std::string>());
    if (!at) return std::unexpected(at.error());
    out.now = *at;
  }
  auto own = certificate(test.at("peer_certificate").get<std::string>());
  if (!own) return std::unexpected(own.error());
  out.presented = {*std::move(own)};
  for (auto& other : readable(strings(test, "untrusted_intermediates"))) {
    out.presented.push_back(std::move(other));
  }
  out.trusted = readable(strings(test, "trusted_certs"));
  if (const auto* const name = member(test, "expected_peer_name")) {
    out.references.push_back(reference(*name));
  }
  if (const auto* const names = member(test, "expected_peer_names")) {
    for (const auto& name : *names) out.references.push_back(reference(name));
  }
  out.policy.for_tls = false;  // a suite speaks of paths
  out.policy.path.purpose = purpose(test, extras);
  out.policy.path.profile = profile;
  out.policy.path.policies = policies(extras);
  if (const auto* const partial = member(extras, "partial_chain")) {
    out.policy.path.partial_chain = partial->get<bool>();
  }
  auto lists = revocation_lists(test);
  out.policy.path.revocation_required = !lists.empty() || flag(extras, "require_revocation");
  out.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>(std::move(lists));
  if (const auto* const depth = member(test, "max_chain_depth")) {
    out.policy.path.max_intermediates = depth->get<std::size_t>();
  }
  return out;
}

std::string told(const trust::Verdict& verdict) {
  std::string out;
  for (const auto& finding : verdict.findings) {
    out += fmt::format("{}{}", out.empty() ? "" : "; ", trust::word(finding.code));
    if (finding.certificate) out += fmt::format(" at {}", *finding.certificate);
    if (!finding.evidence.detail.empty()) {
      constexpr std::size_t longest = 4'096;
      out += fmt::format(" ({})", base::visible(finding.evidence.detail, longest));
    }
  }
  return out;
}

struct Answer {
  const char* result;
  std::string context;
};

Answer judge(const Case& made) {
  const x509::AnchorSet anchors(made.trusted);
  std::vector<std::optional<trust::ReferenceIdentifier>> references(made.references.begin(),
                                                                    made.references.end());
  if (references.empty()) references.emplace_back(std::nullopt);
  std::string found;  // of one that is accepted all the same
  for (const auto& one : references) {
    const auto verdict = trust::judge(made.presented, anchors, one, made.policy, made.now);
    if (verdict.decision != trust::Decision::trusted) return {"FAILURE", told(verdict)};
    found = told(verdict);
  }
  return {"SUCCESS", found};
}

Answer answer_to(const json& test, x509::Profile profile, std::chrono::sys_seconds now) {
  try {
    const auto made = read_case(test, profile, now);
    if (made) return judge(*made);
    return {made.error().code == ErrorCode::unsupported ? "SKIPPED" : "FAILURE",
            base::visible(made.error().detail)};
  } catch (const json::exception& problem) {
    return {"SKIPPED", fmt::format("the case has another form than conformance.md says: {}",
                                   base::visible(problem.what()))};
  }
}

// One that holds others is none: to copy and to print it takes as many calls as it is deep.
json id_of(const json& test) {
  const auto* const id = test.is_object() ? member(test, "id") : nullptr;
  return id != nullptr && id->is_primitive() ? *id : json();
}

}  // namespace

Result<json> verify_cases(const json& suite, x509::Profile profile, std::chrono::sys_seconds now) {
  const auto* const cases = suite.is_object() ? member(suite, "testcases") : nullptr;
  if (cases == nullptr || !cases->is_array()) {
    return base::fail(ErrorCode::bad_input, "", "there are no \"testcases\" in it");
  }
  auto results = json::array();
  for (const auto& test : *cases) {
    const auto answer = answer_to(test, profile, now);
    results.push_back(
        {{"id", id_of(test)}, {"actual_result", answer.result}, {"context", answer.context}});
  }
  return json{{"version", 1},
              {"harness", fmt::format("sealtone {}", base::version)},
              {"results", std::move(results)}};
}

}  // namespace sealtone::app
