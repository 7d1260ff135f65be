// SPDX-License-Identifier: Apache-2.0
//
// tls/sessions: see sessions.h.
#include "tls/sessions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tls/native.h"
#include "x509/crl.h"

namespace sealtone::tls {

void SessionCache::put(Session session) {
  if (!session.single_use) {
    // One that can be used again replaces the one before.
    std::erase_if(sessions_, [&](const Session& each) {
      return each.origin == session.origin && !each.single_use;
    });
  }
  const auto origin = session.origin;
  sessions_.push_front(std::move(session));
  std::size_t of_origin = 0;
  std::erase_if(sessions_, [&](const Session& each) {
    return each.origin == origin && ++of_origin > kMostOfOrigin;
  });
  if (sessions_.size() > kMost) sessions_.pop_back();
}

std::optional<Session> SessionCache::take(const std::string& origin, const crypto::Sha256& terms,
                                          std::chrono::sys_seconds now) {
  std::erase_if(sessions_, [&](const Session& each) {
    return each.origin == origin &&
           (each.terms != terms || now < each.made || now >= each.expires ||
            SSL_SESSION_is_resumable(each.native.get()) != 1);
  });
  const auto found = std::ranges::find(sessions_, origin, &Session::origin);
  if (found == sessions_.end()) return std::nullopt;
  auto session = *found;
  if (session.single_use) sessions_.erase(found);
  return session;
}

void SessionCache::forget(const std::string& origin) {
  std::erase_if(sessions_, [&](const Session& each) { return each.origin == origin; });
}

namespace {

// These name every member, so that a new one does not compile until it is thought of here.
std::string text_of(const x509::PolicyInput& input) {
  const auto& [policies, required, no_mapping, no_any_policy] = input;
  return fmt::format("{} {} {} [{}]", required, no_mapping, no_any_policy,
                     fmt::join(policies, ","));
}

std::string text_of(const x509::PathOptions& path) {
  const auto& [purpose, min_rsa_bits, min_ec_bits, allow_sha1, profile, policies, max_intermediates,
               crls, ocsp_responses, revocation_required, common_names, partial_chain] = path;
  auto text = fmt::format("{} {} {} {} {} {} {} {} {} {}", static_cast<int>(purpose), min_rsa_bits,
                          min_ec_bits, allow_sha1, static_cast<int>(profile), text_of(policies),
                          max_intermediates ? fmt::format("{}", *max_intermediates) : "any",
                          revocation_required, common_names, partial_chain);
  if (crls) {
    for (const auto& crl : *crls) text += " " + base::hex(crl.facts().sha256);
  }
  if (ocsp_responses) {
    for (const auto& answer : *ocsp_responses) text += " " + base::hex(crypto::sha256(answer));
  }
  return text;
}

}  // namespace

crypto::Sha256 terms_of(const Context& context, const PeerCheck& check) {
  const auto& [only_trusted, check_name, common_name, service, address_names, wildcards, clock,
               for_tls, path] = check.policy;
  const auto& options = context.options();
  auto text = fmt::format("{} {} {} {} {} {} {} {} {} {} {}:{}", only_trusted, check_name,
                          common_name, static_cast<int>(service), address_names, wildcards, for_tls,
                          text_of(path), options.versions.lowest, options.versions.highest,
                          options.cipher_list.size(), options.cipher_list);
  for (const auto* const list :
       {&options.cipher_suites, &options.groups, &options.signature_schemes}) {
    text += fmt::format(" {}:{}", list->size(), *list);
  }
  if (clock) {
    text += fmt::format(" {} {}", clock->floor.time_since_epoch().count(), clock->use_floor);
  }
  if (options.ask_for_ocsp) text += " asks for OCSP";
  if (check.reference) {
    text += fmt::format(
        " {} {}", check.reference->kind == trust::ReferenceIdentifier::Kind::dns ? "dns" : "ip",
        check.reference->value);
  }
  text += "\n";
  if (check.anchors) text += base::text(check.anchors->digest());
  if (options.credential) {
    for (const auto& certificate : options.credential->chain) {
      text += base::text(certificate.sha256());
    }
  }
  return crypto::sha256(base::view(text));
}

}  // namespace sealtone::tls
