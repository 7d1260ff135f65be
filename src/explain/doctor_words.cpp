// SPDX-License-Identifier: Apache-2.0
#include "explain/doctor_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/clauses.h"
#include "explain/doctor_steps.h"
#include "explain/missing_issuer.h"
#include "explain/wording.h"
#include "trust/tls_use.h"

namespace sealtone::explain {
namespace {

using trust::DoctorCode;
using trust::FindingCode;
using trust::Part;
using trust::Remark;
using trust::Use;

constexpr std::size_t kNamesShown = 6;

// As of a peer that shows this certificate alone.
std::string as_of_a_peer(const Remark& remark, FindingCode code, const DoctorScene& scene) {
  trust::Verdict verdict;
  verdict.path.path = {*remark.about};
  Context context;
  context.server = quoted_name(*remark.about);
  context.now = scene.now;
  context.now_is_given = scene.now_is_given;
  // Judged at the floor then, which has been, whatever time it is.
  if (scene.diagnosis.has(FindingCode::clock_unset)) {
    verdict.findings.push_back({.code = FindingCode::clock_unset});
  }
  const handshake::HandshakeRecord record;
  const trust::Finding finding{.code = code, .certificate = 0, .evidence = remark.evidence};
  return clause(finding, Scene{verdict, record, context}, Voice::named);
}

std::string missing(const Remark& remark) {
  const auto& child = *remark.about;
  const auto issuer = fmt::format("no certificate of {}, the issuer of {}, is among the files",
                                  missing_issuer(child), quoted_name(child));
  return remark.missing ? fmt::format("{}, but it is at hand here (SHA-256 {})", issuer,
                                      remark.missing->fingerprint())
                        : issuer + ", and none is at hand here";
}

std::string own_key_usage(const Remark& remark, const DoctorScene& scene) {
  if (trust::tls_use(*remark.about) != trust::TlsUse::rsa_transport) {
    return as_of_a_peer(remark, FindingCode::key_usage, scene);
  }
  return fmt::format(
      "the key of {} may be used for {} only, which goes with RSA key transport up to TLS 1.2 and "
      "nothing else: clients that keep to that refuse it with ECDHE and with TLS 1.3",
      quoted_name(*remark.about), base::visible(joined(remark.evidence.found, ", ")));
}

std::string of_finding(const Remark& remark, FindingCode code, const DoctorScene& scene) {
  if (code == FindingCode::clock_unset) {
    return fmt::format(
        "this clock says {}, which is before {}: it was never set, so that nobody can tell whether "
        "the certificates are still valid",
        when(remark.evidence.now.value_or(scene.now)),
        when(remark.evidence.bound.value_or(scene.now)));
  }
  if (!remark.about) return trust::word(code);
  const auto& it = *remark.about;
  const auto name = quoted_name(it);
  const auto uses = [&] {
    const auto& found = remark.evidence.found;
    return found.empty() ? std::string("nothing") : base::visible(joined(found, ", "));
  };
  switch (code) {
    case FindingCode::chain_incomplete: return missing(remark);
    case FindingCode::issuer_unknown:
      return fmt::format(
          "the chain ends with {}, and its issuer, {}, is neither among the files nor at hand here",
          name, in_quotes(it.issuer().short_name()));
    case FindingCode::self_signed_leaf:
      return fmt::format(
          "the certificate of {} is signed by itself: nobody trusts it but who holds this very "
          "certificate",
          name);
    case FindingCode::better_path_exists:
      return fmt::format(
          "a certificate of {}, issued by {}, expired on {}; another one of that name is still good",
          name, in_quotes(it.issuer().short_name()), when(it.validity().not_after));
    case FindingCode::own_certificate_lacks_client_use:
      return fmt::format(
          "the certificate of {} is of no use to servers that ask for a client certificate (it is "
          "for {}, not for {})",
          name, uses(), base::visible(remark.evidence.wanted));
    case FindingCode::not_a_ca:
      return fmt::format(
          "the certificate of {} is not marked as a certificate authority's ({}): what it issued is "
          "refused",
          name, uses());
    case FindingCode::key_usage:
      if (is_leaf(remark, scene.diagnosis)) return own_key_usage(remark, scene);
      return fmt::format(
          "the certificate of {} may not sign certificates (its key is for {}, not for {})", name,
          uses(), base::visible(remark.evidence.wanted));
    case FindingCode::name_mismatch:
      if (!remark.evidence.wanted.empty()) break;
      return remark.evidence.detail.empty()
                 ? fmt::format("the certificate of {} names no host", name)
                 : fmt::format(
                       "the certificate of {} names a host in its common name only, which does not "
                       "count",
                       name);
    case FindingCode::revocation_unknown:
      return fmt::format(
          "the certificate of {} demands that an answer of OCSP is sent along (RFC 7633, "
          "must-staple), and a phone sends none: clients that ask for one refuse it",
          name);
    case FindingCode::path_budget:
      return "the certificates take longer to put together and to verify than is allowed, so that "
             "not all of them were judged";
    case FindingCode::path_refused:
      return fmt::format("the certificate of {} breaks a rule for certificates ({})", name,
                         base::visible(remark.evidence.detail));
    default: break;
  }
  return as_of_a_peer(remark, code, scene);
}

std::string of_doctor(const Remark& remark, DoctorCode code, const DoctorScene& scene) {
  const auto name = remark.about ? quoted_name(*remark.about) : std::string();
  const auto found = [&] { return base::visible(joined(remark.evidence.found, ", ")); };
  switch (code) {
    case DoctorCode::unreadable: return base::visible(remark.evidence.detail);
    case DoctorCode::certificate_missing:
      return "there is no certificate among the files, only a private key";
    case DoctorCode::key_missing:
      return fmt::format("the private key of {} ({}) is not among the files", name,
                         base::visible(remark.evidence.wanted));
    case DoctorCode::key_mismatch:
      return fmt::format(
          "the private key ({}) belongs to none of the certificates, and not to {} ({})", found(),
          name, base::visible(remark.evidence.wanted));
    case DoctorCode::key_damaged:
      return fmt::format(
          "the private key belongs to {} but is damaged: it makes no valid signature", name);
    case DoctorCode::key_unused:
      return fmt::format("another private key ({}) is among the files, besides the one that fits",
                         found());
    case DoctorCode::key_in_list:
      return "a private key is among the files, which a trusted certificate never needs";
    case DoctorCode::several_leaves:
      return fmt::format("{} is another server's own certificate, beside {}", name,
                         in_quotes(remark.evidence.wanted));
    case DoctorCode::leaf_is_ca:
      return fmt::format("{} is the certificate of an authority (CA), and would be a server's",
                         name);
    case DoctorCode::pin:
      return fmt::format(
          "{} is a server's own certificate: it vouches for that one certificate alone; when it is "
          "renewed it has to be uploaded again",
          name);
    case DoctorCode::duplicate:
      return fmt::format("{} is there more than once, first as certificate {}", name, found());
    case DoctorCode::order:
      return fmt::format(
          "the certificates stand in the order {}; a server sends its own first, and each issuer "
          "behind what it issued",
          quoted_list(remark.evidence.found, kNamesShown));
    case DoctorCode::root_in_chain:
      return fmt::format("{} is a root: whoever trusts it has it, and sending it helps nobody",
                         name);
    case DoctorCode::unrelated:
      return fmt::format("{} is no part of the chain of {}", name,
                         in_quotes(remark.evidence.wanted));
    case DoctorCode::expires_soon:
      return fmt::format("the certificate of {} expires on {} ({})", name,
                         when(remark.about->validity().not_after),
                         remaining(*remark.about, scene.now));
  }
  return {};
}

}  // namespace

std::string quoted_name(const x509::Certificate& certificate) {
  return in_quotes(certificate.subject().short_name());
}

std::string says(const Remark& remark, const DoctorScene& scene) {
  const auto* const finding = std::get_if<FindingCode>(&remark.code);
  auto text = finding != nullptr ? of_finding(remark, *finding, scene)
                                 : of_doctor(remark, std::get<DoctorCode>(remark.code), scene);
  // That of a piece begins with the name of its file.
  const bool named = remark.code == trust::RemarkCode(DoctorCode::unreadable);
  return (named ? text : capital(std::move(text))) + ".";
}

std::string next_step(const Remark& remark, const DoctorScene& scene) {
  return step_for(remark, scene).say;
}

nlohmann::json remark_json(const Remark& remark, const DoctorScene& scene) {
  using nlohmann::json;
  const auto place = [](const std::optional<std::size_t>& at) {
    return at ? json(*at) : json(nullptr);
  };
  const auto step = step_for(remark, scene);
  json fix;
  if (step.kind != FixKind::none) {
    fix = {{"kind", word(step.kind)},
           {"say", step.say},
           {"sha256", step.missing ? step.missing->fingerprint() : ""},
           {"pem", step.missing ? step.missing->pem() : ""}};
  }
  return {{"code", trust::word(remark.code)},
          {"weight", trust::word(remark.weight)},
          {"certificate", place(remark.certificate)},
          {"private_key", place(remark.key)},
          {"says", says(remark, scene)},
          {"next", step.say},
          {"fix", std::move(fix)},
          {"hint", step.kind == FixKind::none ? step.say : ""}};
}

nlohmann::json remarks_json(const DoctorScene& scene) {
  auto rows = nlohmann::json::array();
  for (const auto& remark : scene.diagnosis.remarks) rows.push_back(remark_json(remark, scene));
  return rows;
}

std::string refusal(const DoctorScene& scene) {
  std::string text;
  std::size_t said = 0;
  for (const auto& remark : scene.diagnosis.remarks) {
    if (remark.weight != trust::Weight::refuses) break;
    if (said++ == kMaxReasons) return text + " There are more.";
    for (const auto& sentence : {says(remark, scene), next_step(remark, scene)}) {
      if (sentence.empty() || text.find(sentence) != std::string::npos) continue;
      text += (text.empty() ? "" : " ") + sentence;
    }
  }
  return text;
}

std::string mended(const Remark& remark) {
  const auto name = remark.about ? quoted_name(*remark.about) : std::string();
  if (remark.missing) {
    return fmt::format("{} (SHA-256 {}) was added behind {}", quoted_name(*remark.missing),
                       remark.missing->fingerprint(), name);
  }
  const auto* const code = std::get_if<DoctorCode>(&remark.code);
  if (code == nullptr) return name + " was left out";
  switch (*code) {
    case DoctorCode::order: return "the certificates were put in order";
    case DoctorCode::duplicate: return name + " was left out where it stood once more";
    case DoctorCode::root_in_chain: return fmt::format("the root {} was left out", name);
    case DoctorCode::key_in_list: return "the private key was left out";
    case DoctorCode::key_unused:
      return fmt::format("the private key that fits nothing ({}) was left out",
                         base::visible(joined(remark.evidence.found, ", ")));
    case DoctorCode::unreadable:
      return "what cannot be read was left out: " + base::visible(remark.evidence.detail);
    default: return name + " was left out";
  }
}

std::string role_words(Part role) {
  switch (role) {
    case Part::leaf: return "the server's own certificate";
    case Part::issuer: return "an issuer of its chain";
    case Part::root: return "the root of its chain";
    case Part::other_leaf: return "another server's certificate";
    case Part::unrelated: return "no part of the chain";
    case Part::duplicate: return "there already";
    case Part::authority: return "an authority's certificate";
    case Part::pin: return "a server's own certificate, trusted by itself";
  }
  return {};
}

std::string judged_as(const trust::Diagnosis& diagnosis) {
  const bool server = diagnosis.use == Use::server;
  auto as = fmt::format("Judged as {}, ", server ? "a server certificate" : "trusted certificates");
  switch (diagnosis.because) {
    case trust::Because::asked: return as + "as asked.";
    case trust::Because::key: return as + "because a private key is among the files.";
    case trust::Because::only_authorities:
      return as + "because all of them are authorities' and no private key is among the files.";
    case trust::Because::leaf:
      return as +
             "because a server's own certificate is among the files (--for trusted judges them as "
             "trusted ones).";
  }
  return as;
}

}  // namespace sealtone::explain
