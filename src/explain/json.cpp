// SPDX-License-Identifier: Apache-2.0
//
// explain/json: the form that docs/json.md describes.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/explain.h"
#include "explain/ladder.h"
#include "explain/own_certificate.h"
#include "explain/told_at.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using nlohmann::json;

// What was never seen to help is a hint, and no fix (docs/findings.md).
json fix_json(const Fix& fix) {
  if (fix.kind == FixKind::none) return nullptr;
  return {{"kind", word(fix.kind)},
          {"say", fix.say},
          {"file", fix.file},
          {"sha256", fix.missing ? fix.missing->fingerprint() : ""},
          {"pem", fix.missing ? fix.missing->pem() : ""},
          {"desk_phones", fix.desk_phones},
          {"desk_phones_note", fix.desk_phones_note}};
}

json evidence_json(const trust::Evidence& evidence) {
  constexpr std::size_t longest = 4096;
  auto found = json::array();
  for (const auto& value : evidence.found) found.push_back(base::visible(value));
  const auto time = [](const std::optional<std::chrono::sys_seconds>& at) {
    return at ? json(base::utc(*at)) : json(nullptr);
  };
  return {{"wanted", base::visible(evidence.wanted, longest)},
          {"found", found},
          {"now", time(evidence.now)},
          {"bound", time(evidence.bound)},
          {"step", evidence.step},
          {"alert", evidence.alert ? json(handshake::alert_name(*evidence.alert)) : json(nullptr)},
          {"alert_is_ours", evidence.alert_is_ours},
          {"detail", base::visible(evidence.detail)}};
}

// The certificate that the path has no other for: what the one below it says of its issuer.
json missing_json(trust::FindingCode code, const x509::Certificate& child) {
  if (code != trust::FindingCode::issuer_unknown && code != trust::FindingCode::chain_incomplete) {
    return nullptr;
  }
  constexpr std::size_t most_addresses = 4;
  auto addresses = json::array();
  for (const auto& address : child.aia_issuers() | std::views::take(most_addresses)) {
    addresses.push_back(base::visible(address));
  }
  return {{"name", base::visible(child.issuer().text)},
          {"key_id", base::hex_colons(child.authority_key_id())},
          {"addresses", addresses}};
}

// Of several of one code about one certificate each is explained once, in their order.
const trust::Finding* take(std::vector<const trust::Finding*>& left,
                           const ExplainedFinding& explained) {
  const auto at = std::ranges::find_if(left, [&](const trust::Finding* finding) {
    return finding->code == explained.code && finding->certificate == explained.certificate;
  });
  if (at == left.end()) return nullptr;
  const auto* const taken = *at;
  left.erase(at);
  return taken;
}

json finding_json(const ExplainedFinding& explained, const trust::Finding* finding,
                  const trust::Verdict& verdict) {
  auto evidence = finding == nullptr ? json::object() : evidence_json(finding->evidence);
  const auto& path = verdict.path.path;
  const auto place = explained.certificate.value_or(path.size());
  evidence["missing"] =
      place < path.size() ? missing_json(explained.code, path[place]) : json(nullptr);
  return {
      {"code", trust::word(explained.code)},
      {"certificate", explained.certificate ? json(*explained.certificate) : json(nullptr)},
      {"says", explained.says},
      {"details", explained.details},
      {"evidence", evidence},
      {"fix", fix_json(explained.fix)},
      {"hint", explained.fix.kind == FixKind::none ? explained.fix.say : ""},
  };
}

}  // namespace

json to_json(const Explanation& explanation, const trust::Verdict& verdict,
             const handshake::HandshakeRecord& record, const Context& context) {
  auto findings = json::array();
  std::vector<const trust::Finding*> left;
  for (const auto& finding : verdict.findings) left.push_back(&finding);
  for (const auto& explained : explanation.findings) {
    findings.push_back(finding_json(explained, take(left, explained), verdict));
  }
  auto certificates = json::array();
  for (const auto& certificate : verdict.path.path) {
    certificates.push_back(
        certificate_json(certificate, told_at(verdict, context.now, certificate)));
  }
  return {{"server", base::visible(context.server)},
          {"verdict",
           {{"decision",
             explanation.decision ? json(trust::word(*explanation.decision)) : json(nullptr)},
            {"headline", explanation.headline},
            {"findings", findings},
            {"weak", explanation.weak},
            {"other_paths", explanation.other_paths}}},
          {"certificates", certificates},
          {"own_certificate", to_json(own_certificate(record))},
          {"handshake", to_json(ladder(record, verdict, context))}};
}

}  // namespace sealtone::explain
