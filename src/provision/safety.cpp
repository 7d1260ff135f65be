// SPDX-License-Identifier: Apache-2.0
//
// provision/safety: see safety.h.
#include "provision/safety.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "provision/source.h"
#include "provision/trusting.h"

namespace sealtone::provision {
namespace {

constexpr std::string_view kCheck =
    "Check it under Security > Trusted Certificates, and deliver it over HTTPS from a trusted server "
    "(trust-changed-unverified).";

std::string_view came_how(Transport transport) {
  switch (transport) {
    case Transport::plain:
      return "over plain HTTP, so that anybody on the way could have changed it";
    case Transport::accepted_untrusted:
      return "from a server that was not trusted, so that it could be anybody's";
    case Transport::verified:
    case Transport::local: return {};
  }
  return {};
}

Transport less_safe(Transport a, Transport b) {
  const auto rank = [](Transport transport) {
    return transport == Transport::plain ? 2 : transport == Transport::accepted_untrusted ? 1 : 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

// security.sip.ca_cert, static.security.ca_cert, sealtone.security.cn_fallback …
bool decides_trust(std::string_view canonical) {
  static constexpr std::string_view kItems[] = {
      "trust_certificates",  "ca_cert", "cn_validation",     "cn_fallback",
      "revocation_required", "rules",   "sip_address_names", "sip_wildcards"};
  const auto item = canonical.substr(canonical.rfind('.') + 1);
  return canonical.find("security.") != std::string_view::npos &&
         std::ranges::find(kItems, item) != std::end(kItems);
}

bool deletes_trusted(const settings::Assignment& assignment) {
  return assignment.canonical == "static.trusted_certificates.delete" && !assignment.restore;
}

void add_changed_keys(const store::Snapshot& before, const store::Store::Batch& batch,
                      const Delivered& delivered, std::vector<std::string>& warnings) {
  std::set<std::string> told;
  for (const auto& assignment : delivered.file.assignments) {
    const auto& key = assignment.canonical;
    const bool emptied =
        batch.clear_trusted && !before.trusted.empty() && deletes_trusted(assignment);
    const bool changed = decides_trust(key) && before.settings.get(key) != batch.settings.get(key);
    if ((!emptied && !changed) || !told.insert(key).second) continue;
    warnings.push_back(fmt::format("{} changed what this phone trusts ({}). It came {}. {}",
                                   base::visible(delivered.shown), key,
                                   came_how(delivered.transport), kCheck));
  }
}

}  // namespace

std::vector<std::string> unverified_changes(const store::Snapshot& before,
                                            const store::Store::Batch& batch,
                                            std::span<const Delivered> files,
                                            std::span<const DeliveredCertificates> certificates) {
  std::vector<std::string> warnings;
  for (const auto& delivered : files) {
    if (!came_how(delivered.transport).empty()) {
      add_changed_keys(before, batch, delivered, warnings);
    }
  }
  const auto known = uploaded(before);
  for (const auto& delivered : certificates) {
    const auto how = came_how(less_safe(delivered.named_by, delivered.transport));
    const bool changes = std::ranges::any_of(delivered.trusted, [&](const auto& certificate) {
      return std::ranges::find(known, certificate) == known.end();
    });
    if (changes && !how.empty()) {
      warnings.push_back(fmt::format("{} was added to the trusted certificates. It came {}. {}",
                                     base::visible(delivered.shown), how, kCheck));
    }
    // A key is read on the way, whoever named it.
    const auto own = came_how(delivered.transport);
    if (!delivered.credential || own.empty()) continue;
    warnings.push_back(fmt::format(
        "The private key of the server certificate came {}: {}. Others may hold it too; make a new one "
        "and deliver it over HTTPS from a trusted server.",
        delivered.transport == Transport::plain ? "over plain HTTP, readable on the way"
                                                : "from a server that was not trusted",
        base::visible(delivered.shown)));
  }
  return warnings;
}

bool changes_trust(const store::Snapshot& before, const store::Store::Batch& batch) {
  if (batch.clear_trusted && !before.trusted.empty()) return true;
  return std::ranges::any_of(settings::all_keys(), [&](const auto& key) {
    return decides_trust(key.name) && before.settings.get(key.name) != batch.settings.get(key.name);
  });
}

std::optional<std::string> would_lock_out(const Input& input, const store::Store::Batch& batch,
                                          std::span<const http::Connection> connections) {
  const auto& before = input.before->settings;
  if (before.flag("sealtone.provision_locks_out_own_server")) return std::nullopt;
  // A phone that is sent to another server need not trust the old one any longer.
  const auto old_url = base::parse_url(settings::provision_settings(before).url);
  const auto new_url = base::parse_url(settings::provision_settings(batch.settings).url);
  if (old_url && new_url && !old_url->same_origin(*new_url)) return std::nullopt;

  const auto tls = settings::tls_settings(batch.settings, "auto_provision");
  auto list = batch.clear_trusted ? std::vector<x509::Certificate>() : uploaded(*input.before);
  list.insert(list.end(), batch.add_trusted.begin(), batch.add_trusted.end());
  const x509::AnchorSet anchors(chosen_anchors(tls.trust_list, list, input.system_roots));
  auto policy = policy_of(tls);
  policy.path.crls = input.before->crls;
  policy.clock = input.clock;
  const auto known = at_hand(input);

  for (const auto& connection : connections) {
    std::vector<x509::Certificate> presented;
    for (const auto& der : connection.record.known_server_chain()) {
      if (auto certificate = x509::Certificate::from_der(der)) presented.push_back(*certificate);
    }
    if (presented.empty()) continue;
    std::vector<base::Bytes> answers;
    if (const auto& answer = connection.record.stapled_ocsp; !answer.empty()) {
      answers.push_back(answer);
    }
    policy.path.ocsp_responses =
        std::make_shared<const std::vector<base::Bytes>>(std::move(answers));
    const auto reference = trust::ReferenceIdentifier::from_host(connection.url.host);
    const auto verdict = trust::judge(presented, anchors, reference, policy, input.now);
    if (verdict.accepted()) continue;
    const explain::Context context{.server = connection.url.authority(),
                                   .now = input.now,
                                   .at_hand = known,
                                   .list_name = list_name(tls.trust_list)};
    const auto words = explain::explain(verdict, connection.record, context);
    return fmt::format(
        "With these settings this phone would refuse {}, the server they came from (would-lock-out): "
        "{} Let the files name that server's root in static.trusted_certificates.url, or allow it with "
        "`sealtone set sealtone.provision_locks_out_own_server 1`.",
        base::visible(connection.url.authority()),
        words.findings.empty() ? words.headline : words.findings.front().says);
  }
  return std::nullopt;
}

}  // namespace sealtone::provision
