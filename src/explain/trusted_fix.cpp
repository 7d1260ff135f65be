// SPDX-License-Identifier: Apache-2.0
#include "explain/trusted_fix.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/fixes.h"
#include "explain/missing_issuer.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using trust::FindingCode;
using x509::Certificate;

void add_trust_lines(Fix& fix, const std::string& file) {
  fix.desk_phones = {
      fmt::format("static.trusted_certificates.url = https://{}/{}", kPlaceholder, file),
      "static.security.ca_cert = 2"};
  fix.desk_phones_note = kFileNote;
}

// The certificates lie in a file, and no server shows them yet.
bool in_a_file(const Scene& scene) { return !scene.context.not_installed.empty(); }

// The floor, where this clock was never set.
std::chrono::sys_seconds judged_at(const Scene& scene) {
  const auto& findings = scene.verdict.findings;
  const auto unset = std::ranges::find(findings, FindingCode::clock_unset, &trust::Finding::code);
  return unset == findings.end() ? scene.context.now
                                 : unset->evidence.bound.value_or(scene.context.now);
}

// Whether the path ends well once this certificate is trusted, its other findings apart.
bool cures(const Scene& scene, const Certificate& certificate) {
  x509::PathOptions options;
  if (scene.record.role == handshake::Role::server) options.purpose = x509::Purpose::client;
  const auto checked = x509::check_path(scene.verdict.path.path, x509::AnchorSet({certificate}),
                                        judged_at(scene), options);
  const auto at_its_end = [&](const x509::Fault& fault) {
    return fault.index + 1 == checked.path.size();
  };
  return checked.reaches_anchor && std::ranges::none_of(checked.faults, at_its_end);
}

// Whose issuer is wanted: the end of the path, or, where that one has run out, the one below it, so
// that a valid one of the same authority takes its place.
const Certificate& in_want(const Scene& scene) {
  const auto& path = scene.verdict.path.path;
  const auto& end = path.back();
  const bool ran_out = end.validity().not_after < judged_at(scene);
  return ran_out && path.size() > 1 ? path[path.size() - 2] : end;
}

// Whether the server is trusted once its own certificate is.
bool would_be_a_pin(const Scene& scene) {
  return cures(scene, scene.verdict.path.path.front()) &&
         !scene.verdict.has(FindingCode::name_mismatch);
}

// The one that issued it, if somebody gave it to us.
const Certificate* at_hand(const Scene& scene) {
  const auto& end = in_want(scene);
  const auto fits = [&](const Certificate& candidate) {
    return candidate.subject() == end.issuer() && x509::signed_by(end, candidate) &&
           cures(scene, candidate);
  };
  const auto found = std::ranges::find_if(scene.context.at_hand, fits);
  return found == scene.context.at_hand.end() ? nullptr : &*found;
}

// "`acme-root-r1.pem` (written beside this report)"
std::string file_words(const Fix& fix, const Scene& scene) {
  const auto& saved = scene.context.saved_as;
  return saved.empty() ? fmt::format("`{}`", fix.file)
                       : fmt::format("`{}` (written beside this report)", saved);
}

Fix upload(const Certificate& certificate) {
  Fix fix{.kind = FixKind::add_trusted, .missing = certificate};
  fix.file = file_name_for(certificate);
  add_trust_lines(fix, fix.file);
  return fix;
}

Fix upload(const Scene& scene, const Certificate& certificate, std::string_view lead) {
  auto fix = upload(certificate);
  fix.say =
      fmt::format("{} {} (SHA-256 {}). Compare that fingerprint with {}, then upload {} under {}.",
                  lead, in_quotes(certificate.subject().short_name()), certificate.fingerprint(),
                  holder(certificate.subject()) + "'s", file_words(fix, scene), kTrustedPage);
  return fix;
}

// Whether such a finding is the fault of the certificate that it names.
bool is_its_own(FindingCode code) {
  return code != FindingCode::expired && code != FindingCode::name_mismatch &&
         code != FindingCode::better_path_exists && code != FindingCode::path_budget;
}

// The certificate that would do.
std::string sound_one(FindingCode code, const std::string& of_whom, const std::string& now) {
  switch (code) {
    case FindingCode::not_yet_valid:
      return fmt::format("a certificate of {} that is valid at {}", of_whom, now);
    case FindingCode::weak_key:
      return fmt::format("a certificate of {} for a longer key (RSA 2048 or EC P-256 at least)",
                         of_whom);
    default: return fmt::format("a certificate of {} that meets this rule", of_whom);
  }
}

}  // namespace

Fix trust_the_issuer(const Scene& scene) {
  if (const auto* root = scene.verdict.path.sent_root()) {
    if (cures(scene, *root)) {
      return upload(scene, *root,
                    in_a_file(scene) ? "The file holds the root," : "The server sent its root,");
    }
    return {.kind = FixKind::replace_certificate,
            .say = fmt::format(
                "The server sent its root, {}, but that one is unfit to be trusted itself. Have "
                "the server's certificate issued by another authority.",
                in_quotes(root->subject().short_name()))};
  }
  const bool comes_second = scene.verdict.has(FindingCode::chain_incomplete);
  if (const auto* held = at_hand(scene)) {
    if (comes_second && !held->self_issued()) {
      return upload(scene, *held,
                    "Or, where the server cannot be changed, trust its issuer here: this machine "
                    "holds the certificate of");
    }
    return upload(scene, *held,
                  in_a_file(scene)
                      ? "The file does not hold it, but this machine has the certificate of"
                      : "The server did not send it, but this machine holds the certificate of");
  }
  const auto& child = in_want(scene);
  Fix fix{.kind = FixKind::add_trusted};
  add_trust_lines(fix, "THAT-CERTIFICATE.pem");
  if (may_lack_a_root(scene)) {
    fix.say = fmt::format(
        "If {} is a root, as is likely where the server's certificate gives no address of its "
        "issuer's, trust it here: get the certificate of {}. {}, then upload it under {}.",
        in_quotes(child.issuer().short_name()), missing_issuer(child),
        capital(ask_for_issuer(child)), kTrustedPage);
    return fix;
  }
  if (comes_second) {
    fix.say = fmt::format(
        "Or, where the server cannot be changed or that one is a root, trust it here: get the "
        "certificate of {}. {}, then upload it under {}.",
        missing_issuer(child), capital(ask_for_issuer(child)), kTrustedPage);
    return fix;
  }
  const bool ran_out = child != scene.verdict.path.path.back();
  fix.say = fmt::format(
      "{} the certificate of {}{}, and this machine does not hold it. {}, then upload it under {}.",
      in_a_file(scene) ? "The file does not hold" : "The server did not send",
      missing_issuer(child), ran_out ? " that is still valid" : "", capital(ask_for_issuer(child)),
      kTrustedPage);
  return fix;
}

bool lacks_a_root_alone(const Scene& scene) {
  const auto* const held = at_hand(scene);
  return held != nullptr && held->self_issued();
}

// RFC 5280 §4.2.2.1: the address of an issuer's certificate is there to build a path with, which
// nobody has to whose issuer is a root; authorities that issue by an intermediate one write it
// down. And who sends nothing behind its own certificate does what is right below a root; who sends
// something meant to send all.
bool may_lack_a_root(const Scene& scene) {
  const auto& verdict = scene.verdict;
  const bool not_sent = verdict.has(FindingCode::chain_incomplete) &&
                        verdict.has(FindingCode::issuer_unknown) && !verdict.path.path.empty();
  if (!not_sent) return false;
  return verdict.presented <= 1 && verdict.path.path.front().aia_issuers().empty() &&
         at_hand(scene) == nullptr;
}

Fix send_intermediate(const Scene& scene) {
  // A root that is sent is trusted no more than before.
  if (lacks_a_root_alone(scene)) return trust_the_issuer(scene);
  const auto* const held = at_hand(scene);
  const auto& leaf = scene.verdict.path.path.front();
  Fix fix{.kind = FixKind::send_intermediate};
  const std::string where =
      in_a_file(scene) ? "in " + base::visible(scene.context.not_installed) : "on the server";
  fix.say =
      fmt::format("{}, put the certificate of {} behind the server's own{}.",
                  may_lack_a_root(scene) ? fmt::format("Or, if {} is an intermediate authority, {}",
                                                       in_quotes(leaf.issuer().short_name()), where)
                                         : capital(where),
                  missing_issuer(leaf), in_a_file(scene) ? "" : " in its certificate file");
  if (held != nullptr) {
    fix.missing = *held;
    fix.file = file_name_for(*held);
    fix.say +=
        fmt::format(" This machine holds it: `{}`, SHA-256 {}.", fix.file, held->fingerprint());
  } else {
    fix.say += fmt::format(" {}.", capital(ask_for_issuer(leaf)));
  }
  return fix;
}

Fix trust_the_leaf(const Scene& scene) {
  const auto& leaf = scene.verdict.path.path.front();
  if (would_be_a_pin(scene)) {
    auto fix = upload(leaf);
    fix.say = fmt::format(
        "Compare its SHA-256, {}, with the one that the server's owner reads on the server, then "
        "upload {} under {}.",
        leaf.fingerprint(), file_words(fix, scene), kTrustedPage);
    return fix;
  }
  return {.kind = FixKind::replace_certificate,
          .say =
              "To trust it would not help as long as the other findings stand. Put a sound "
              "certificate on the server first, then trust that one."};
}

// Whoever renewed the certificate can read the new fingerprint on the server.
Fix trust_the_new_one(const Scene& scene) {
  const auto& leaf = scene.verdict.path.path.front();
  if (!would_be_a_pin(scene)) {
    return {.kind = FixKind::replace_certificate,
            .say =
                "If nobody renewed it, somebody else answers in the server's place. To trust the "
                "new one would not help as long as the other findings stand: put a sound "
                "certificate on the server first, then trust that one."};
  }
  auto fix = upload(leaf);
  fix.say = fmt::format(
      "If the server's owner renewed it, compare the new SHA-256, {}, with the one read on the "
      "server, then upload {} under {}, and delete the old one there. If nobody did, somebody else "
      "answers in the server's place.",
      leaf.fingerprint(), file_words(fix, scene), kTrustedPage);
  return fix;
}

std::optional<std::string> trusted_fix(const trust::Finding& finding, const Scene& scene) {
  const auto& path = scene.verdict.path;
  const bool at_fault = path.reaches_anchor && finding.certificate &&
                        *finding.certificate + 1 == path.path.size() && is_its_own(finding.code);
  if (!at_fault) return std::nullopt;
  const auto now = when(finding.evidence.now.value_or(scene.context.now));
  auto say =
      fmt::format("Upload {} under Security > Trusted Certificates, and delete this one.",
                  sound_one(finding.code, in_quotes(path.path.back().subject().short_name()), now));
  if (path.path.size() == 1) {
    say += " The server has to show the same one then.";
  } else if (finding.code == FindingCode::weak_key ||
             finding.code == FindingCode::key_type_not_supported) {
    // The old key made the signatures of today.
    say += " Have the server's certificate issued again by it.";
  }
  if (finding.code == FindingCode::not_yet_valid && !scene.context.now_is_given) {
    say += fmt::format(" If {} is not the time of day here, set this clock instead.", now);
  }
  return say;
}

}  // namespace sealtone::explain
