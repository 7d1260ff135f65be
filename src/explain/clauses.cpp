// SPDX-License-Identifier: Apache-2.0
#include "explain/clauses.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/revoked.h"
#include "explain/trusted_fix.h"
#include "explain/wording.h"
#include "handshake/names.h"
#include "trust/sip_names.h"

namespace sealtone::explain {
namespace {

using trust::Finding;
using trust::FindingCode;

// One finding's half sentence, a function a code.
class Clause {
 public:
  Clause(const Finding& finding, const Scene& scene, Voice voice)
      : evidence_(finding.evidence), scene_(scene), index_(finding.certificate.value_or(0)) {
    const bool named = voice == Voice::named;
    it_ = named ? peer(scene) : "it";
    its_certificate_ = named ? "the certificate of " + peer(scene) : "its certificate";
  }

  std::string of(FindingCode code) const {
    switch (code) {
      case FindingCode::issuer_unknown: return issuer_unknown();
      case FindingCode::chain_incomplete: return chain_incomplete();
      case FindingCode::self_signed_leaf:
        return fmt::format("{} is signed by itself, and it is not among {}", its_certificate_,
                           list());
      case FindingCode::expired:
        return fmt::format("{} expired on {} ({})", certificate(), bound(), now());
      case FindingCode::not_yet_valid:
        return fmt::format("{} is not valid before {} ({})", certificate(), bound(), now());
      case FindingCode::clock_unset:
        return fmt::format(
            "this clock says {}, which is before {}: it was never set, so that "
            "nobody can tell whether {} is still valid",
            when(evidence_.now.value_or(scene_.context.now)), bound(), its_certificate_);
      case FindingCode::name_mismatch: return name_mismatch();
      case FindingCode::bad_signature:
        return fmt::format("the signature on {} was not made by {}", certificate(),
                           in_quotes(at(index_).issuer().short_name()));
      case FindingCode::weak_signature:
        return fmt::format("{} is signed with {}, and {} is demanded", certificate(), found(),
                           wanted());
      case FindingCode::weak_key:
        return fmt::format("{} has the key {}, and {} are demanded", certificate(), found(),
                           wanted());
      case FindingCode::key_type_not_supported:
        return fmt::format("{} has a key of a kind that is not used here ({}; {} are)",
                           certificate(), found(), wanted());
      case FindingCode::eku_missing:
        return fmt::format("{} may be used for {} only, not for {} ({})", certificate(),
                           uses(evidence_.found),
                           evidence_.wanted == "clientAuth" ? "a client" : "a server", wanted());
      case FindingCode::key_usage: return key_usage();
      case FindingCode::not_a_ca: return not_a_ca();
      case FindingCode::path_length:
        return fmt::format("the chain below {} is longer than that one allows", certificate());
      case FindingCode::name_constraint: return name_constraint();
      case FindingCode::policy:
        return fmt::format("{} does not meet the certificate policies that its chain demands",
                           certificate());
      case FindingCode::unknown_critical_extension:
        return fmt::format("{} has a critical extension that is not understood here",
                           certificate());
      case FindingCode::revoked: return revoked_by(certificate(), at(index_).issuer(), evidence_);
      case FindingCode::revocation_unknown: return revocation_unknown();
      case FindingCode::certificate_unreadable:
        return fmt::format("{} cannot be read", its_certificate_);
      case FindingCode::path_budget:
        return fmt::format(
            "{} {} certificates that take longer to put together and to verify than is allowed "
            "for one connection",
            it_, sent());
      case FindingCode::path_refused:
        return fmt::format("{} breaks a rule for certificates that the details name",
                           certificate());
      case FindingCode::better_path_exists: return better_path();
      case FindingCode::pin_changed: return pin_changed();
      case FindingCode::version_gap: return version_gap();
      case FindingCode::cipher_gap: return cipher_gap();
      case FindingCode::weak_dh:
        return fmt::format(
            "{} agrees on keys by Diffie-Hellman over a prime of {} only, {}", it_, found(),
            evidence_.alert_is_ours ? "and " + wanted() + " are demanded"
                                    : "which is weak: " + wanted() + " or more are safe");
      case FindingCode::legacy_renegotiation:
        return fmt::format(
            "{} lacks {}, without which somebody on the way could put words of their own before "
            "those of this side",
            it_, wanted());
      case FindingCode::sni_needed:
        return fmt::format(
            "{} wants to be asked for by a host name, which was not done, and answers by {}", it_,
            alert());
      case FindingCode::chain_too_large:
        return fmt::format("{} {} a certificate chain of more than {}, which {} not read", it_,
                           sent(), wanted(), shown() ? "was" : "is");
      case FindingCode::wrong_key: return wrong_key();
      case FindingCode::protocol_violation:
        return fmt::format(
            "{} sent something{} that breaks the rules of TLS, or that was damaged on the way", it_,
            behind_step());
      case FindingCode::client_certificate_wanted_none_set:
        return fmt::format("{} asks for a client certificate, and none is set here{}", it_,
                           answer(", and it answers "));
      case FindingCode::client_certificate_refused:
        return fmt::format("{} refused the client certificate{}", it_, answer(", by "));
      case FindingCode::our_certificate_refused:
        return fmt::format("{} refused the server certificate shown to it{}", it_, answer(", by "));
      case FindingCode::own_certificate_lacks_client_use:
        return fmt::format(
            "{} asks for a client certificate, and the one that is set here is not for clients (it "
            "lacks {})",
            it_, wanted());
      case FindingCode::own_certificate_not_listed:
        return fmt::format(
            "{} accepts client certificates issued by {} only, and the one that is set here was "
            "issued by {}",
            it_, quoted_list(evidence_.found, 3), in_quotes(evidence_.wanted));
      case FindingCode::plain_text_on_tls_port: return plain_text();
      case FindingCode::tls_on_plain_port:
        return fmt::format("{} speaks TLS there, and was asked in the clear", it_);
      case FindingCode::handshake_timeout:
        return evidence_.step.empty()
                   ? fmt::format("{} said nothing within {}", it_, wanted())
                   : fmt::format(
                         "{} said nothing more behind the {}, and the handshake was given "
                         "up after {}",
                         it_, evidence_.step, wanted());
      case FindingCode::alert_received:
        return fmt::format("{} ended the connection{} by {}", it_, behind_step(), alert());
      case FindingCode::peer_closed:
        return fmt::format("{} closed the connection{}, before the handshake was done", it_,
                           behind_step());
      case FindingCode::truncated:
        return fmt::format(
            "{} broke the connection off without saying goodbye ({}), so that what came may have "
            "been cut short",
            it_, wanted());
    }
    return "it was refused";
  }

 private:
  const x509::Certificate& at(std::size_t index) const {
    return scene_.verdict.path.path.at(index);
  }
  bool has_path() const { return index_ < scene_.verdict.path.path.size(); }

  // The server's own, or another one of the chain by its name.
  std::string certificate() const {
    if (index_ == 0 || !has_path()) return its_certificate_;
    const bool anchor =
        scene_.verdict.path.reaches_anchor && index_ + 1 == scene_.verdict.path.path.size();
    return fmt::format("the {}certificate {}", anchor ? "trusted " : "",
                       in_quotes(at(index_).subject().short_name()));
  }
  std::string list() const { return the_list(scene_.context.list_name); }
  std::string wanted() const { return base::visible(evidence_.wanted); }
  std::string found() const { return base::visible(joined(evidence_.found, ", ")); }
  std::string bound() const { return evidence_.bound ? when(*evidence_.bound) : "a day unknown"; }
  std::string now() const {
    const auto time = when(evidence_.now.value_or(scene_.context.now));
    // Judged at the floor then, which has been, whatever time it is.
    if (scene_.verdict.has(FindingCode::clock_unset)) {
      return fmt::format("it is {} or later", time);
    }
    if (scene_.context.now_is_given) return fmt::format("judged at the time given, {}", time);
    return scene_.record.observed ? fmt::format("it was {} then", time)
                                  : fmt::format("it is {} now", time);
  }
  static std::string uses(const std::vector<std::string>& list) {
    return list.empty() ? "nothing" : base::visible(joined(list, ", "));
  }
  std::string behind_step() const {
    return evidence_.step.empty() ? "" : " behind the " + evidence_.step;
  }
  std::string alert() const {
    const auto number = evidence_.alert.value_or(0);
    return fmt::format("the {} ({})", handshake::alert_in_words(number),
                       as_clause(handshake::alert_meaning(number)));
  }
  // How the server answered to our certificate or its absence, if it did.
  std::string answer(std::string_view lead) const {
    if (evidence_.alert) return fmt::format("{}{}", lead, alert());
    if (!evidence_.detail.empty()) return fmt::format("{}{}", lead, in_quotes(evidence_.detail));
    return {};
  }

  // Of certificates that lie in a file the server is yet to show them.
  bool shown() const { return scene_.context.not_installed.empty(); }
  const char* sent() const { return shown() ? "sent" : "would send"; }

  std::string better_path() const {
    const auto which = fmt::format("{} {} a certificate of {}, issued by {},", it_,
                                   shown() ? "still sends" : "would send",
                                   in_quotes(at(index_).subject().short_name()), found());
    return fmt::format(
        "{} {}; it is trusted by another path, for which not every phone looks", which,
        evidence_.bound ? "that expired on " + bound() : "which leads to no trusted certificate");
  }
  std::string issuer_unknown() const {
    return fmt::format("{} was issued by {}, which is not among {}", its_certificate_,
                       in_quotes(at(0).issuer().short_name()), list());
  }
  std::string revocation_unknown() const {
    if (evidence_.wanted == trust::kStapledAnswer) {
      return fmt::format(
          "{} demands that an answer of OCSP is sent along, and {} {} none that counts",
          certificate(), it_, sent());
    }
    if (index_ > 0) {
      return fmt::format("no revocation list at hand says whether {} still holds", certificate());
    }
    return fmt::format(
        "neither a revocation list at hand nor an answer that the server sent along (OCSP) says "
        "whether {} still holds",
        certificate());
  }
  std::string pin_changed() const {
    auto text = fmt::format(
        "{} shows another certificate (SHA-256 {}) than the one that is trusted for it (SHA-256 {})",
        it_, found(), wanted());
    if (scene_.verdict.decision != trust::Decision::trusted || !has_path()) return text;
    return fmt::format("{}, and is trusted because {}, which is trusted too, vouches for it", text,
                       in_quotes(scene_.verdict.path.path.back().subject().short_name()));
  }
  // found: the kind of key that was given, and the certificate of the file that it belongs to, if
  // there is one, and "CA" if that is an authority's; nothing: it is damaged.
  std::string wrong_key() const {
    const auto& found = evidence_.found;
    if (found.empty()) {
      return fmt::format("the private key given for {} is damaged: it makes no valid signature",
                         its_certificate_);
    }
    auto text = fmt::format("the private key that was given ({}) does not belong to {} ({})",
                            base::visible(found.front()), its_certificate_, wanted());
    if (found.size() == 1) return text;
    if (found.size() > 2) {
      return fmt::format("{}, but to that of {}, a certificate authority's", text,
                         in_quotes(found[1]));
    }
    return fmt::format("{}, but to that of {}, which does not stand first in the file", text,
                       in_quotes(found.back()));
  }
  std::string chain_incomplete() const {
    if (has_path() && may_lack_a_root(scene_)) {
      return fmt::format(
          "{} {} no certificate of {}, as is right if that is a root, and wrong if it is an "
          "intermediate authority",
          it_, sent(), in_quotes(at(0).issuer().short_name()));
    }
    if (has_path() && lacks_a_root_alone(scene_)) {
      return fmt::format("{} {} no certificate of {}, the issuer of its own and a root", it_,
                         sent(), in_quotes(at(0).issuer().short_name()));
    }
    return fmt::format(
        "{} {} no certificate of {}, the issuer of its own, so an intermediate certificate is "
        "probably missing",
        it_, sent(), in_quotes(at(0).issuer().short_name()));
  }
  std::string name_mismatch() const {
    const bool sip = evidence_.detail.starts_with(trust::kSipRules);
    if (names_it_in_vain(evidence_)) {
      return fmt::format(
          "{} has {}{}", its_certificate_, host_in_quotes(evidence_.wanted),
          sip ? fmt::format(", which does not count by the rules for SIP ({})", trust::kSipRules)
              : " as a DNS name only, and an address counts as an iPAddress name");
    }
    if (!evidence_.found.empty()) {
      return fmt::format("{} is for {}, not for {}{}", its_certificate_,
                         quoted_hosts(evidence_.found), host_in_quotes(evidence_.wanted),
                         sip ? fmt::format(" by the rules for SIP ({})", trust::kSipRules) : "");
    }
    if (sip || evidence_.detail.empty()) {
      return fmt::format("{} names no host, and {} was asked for", its_certificate_,
                         host_in_quotes(evidence_.wanted));
    }
    return fmt::format(
        "{} names a host in its common name only ({}), which does not count, and {} "
        "was asked for",
        its_certificate_, in_quotes(evidence_.detail), host_in_quotes(evidence_.wanted));
  }
  std::string key_usage() const {
    if (index_ == 0) {
      return fmt::format(
          "the key of {} may be used for {} only, and in TLS it has to sign (digitalSignature)",
          its_certificate_, uses(evidence_.found));
    }
    return fmt::format("{} may not sign certificates (its key is for {}, not for {})",
                       certificate(), uses(evidence_.found), wanted());
  }
  std::string name_constraint() const {
    constexpr auto limits = "the limits on names that its issuers are bound to";
    if (evidence_.found.empty()) return fmt::format("{} breaks {}", certificate(), limits);
    return fmt::format("{} has the name {}, which breaks {}", certificate(),
                       in_quotes(evidence_.found.front()), limits);
  }
  std::string not_a_ca() const {
    return fmt::format(
        "{} is not a certificate authority's ({}), yet it issued {}", certificate(), found(),
        index_ <= 1 ? its_certificate_
                    : "the certificate " + in_quotes(at(index_ - 1).subject().short_name()));
  }
  std::string version_gap() const {
    if (evidence_.found.empty()) {
      return fmt::format("{} speaks none of the TLS versions offered ({})", it_, wanted());
    }
    return fmt::format("{} {} {}, and this side takes {}", it_,
                       scene_.record.role == handshake::Role::client ? "chose" : "offers", found(),
                       wanted());
  }
  std::string cipher_gap() const {
    if (!evidence_.found.empty()) {
      return fmt::format("{} chose the cipher {} with values that are refused here", it_, found());
    }
    std::vector<std::string> names;
    for (const auto name : base::split(evidence_.wanted, ',')) {
      names.emplace_back(base::trim(name));
    }
    constexpr std::size_t few = 2;
    const auto shown = names.size() > few ? fmt::format("{}, {} and {} more", names[0], names[1],
                                                        names.size() - few)
                                          : joined(names, " and ");
    return scene_.record.role == handshake::Role::client
               ? fmt::format("{} accepts none of the ciphers offered ({})", it_, shown)
               : fmt::format("{} offers no cipher that is accepted here, only {}", it_, shown);
  }
  std::string plain_text() const {
    return evidence_.found.empty()
               ? fmt::format("{} answers with something that is not TLS", it_)
               : fmt::format("{} speaks {} there in the clear, not TLS", it_, found());
  }

  const trust::Evidence& evidence_;
  const Scene& scene_;
  std::size_t index_;
  std::string it_, its_certificate_;
};

}  // namespace

std::string peer(const Scene& scene) {
  const auto name = base::visible(scene.context.server);
  return scene.record.role == handshake::Role::server ? "the client " + name : name;
}

std::string clause(const Finding& finding, const Scene& scene, Voice voice) {
  return Clause(finding, scene, voice).of(finding.code);
}

bool names_it_in_vain(const trust::Evidence& evidence) {
  const auto is_it = [&](const std::string& name) {
    return base::lower_ascii(name) == evidence.wanted;
  };
  return std::ranges::any_of(evidence.found, is_it);
}

std::string details(const Finding& finding) {
  const auto& evidence = finding.evidence;
  std::vector<std::string> parts;
  if (finding.certificate) parts.push_back(fmt::format("certificate {}", *finding.certificate + 1));
  if (finding.code == FindingCode::cipher_gap) {
    parts.push_back("offered: " + base::visible(evidence.wanted, 4096));
  }
  if (finding.code == FindingCode::issuer_unknown) {
    parts.push_back("wanted: " + base::visible(evidence.wanted));
  }
  if (evidence.alert) {
    const auto* const whose = evidence.alert_is_ours ? "this side's " : "";
    auto name = handshake::alert_name(*evidence.alert);
    if (name.starts_with("alert ")) name.erase(0, name.find(' ') + 1);
    parts.push_back(fmt::format("{}alert {} ({})", whose, *evidence.alert, name));
  }
  if (!evidence.detail.empty()) parts.push_back(base::visible(evidence.detail));
  return joined(parts, "; ");
}

}  // namespace sealtone::explain
