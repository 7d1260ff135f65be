// SPDX-License-Identifier: Apache-2.0
#include "explain/doctor_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/fixes.h"
#include "explain/missing_issuer.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using trust::DoctorCode;
using trust::FindingCode;
using trust::Part;
using trust::Remark;

constexpr const char* kBothInOne =
    "Upload one file with the certificate and its private key, one behind the other.";

Fix hint(std::string say) { return {.say = std::move(say)}; }
Fix leave_out(std::string say) { return {.kind = FixKind::leave_out, .say = std::move(say)}; }
Fix mend_file(std::string say) { return {.kind = FixKind::mend_file, .say = std::move(say)}; }
Fix give_key(std::string say) { return {.kind = FixKind::give_key, .say = std::move(say)}; }
Fix give_certificate(std::string say) {
  return {.kind = FixKind::give_certificate, .say = std::move(say)};
}
Fix replaced(std::string say) {
  return {.kind = FixKind::replace_certificate, .say = std::move(say)};
}

// Behind what it has to say: a new certificate, for this rule.
Fix again(const Remark& remark, const DoctorScene& scene, std::string_view how) {
  const auto whom = holder(remark.about->subject());
  if (scene.diagnosis.use == trust::Use::trusted) {
    return replaced(fmt::format(
        "It may be uploaded, but servers are refused for it: ask {} for a certificate {}.", whom,
        how));
  }
  if (is_leaf(remark, scene.diagnosis))
    return replaced(fmt::format("Have it issued again {}.", how));
  return replaced(fmt::format(
      "Ask {} for a certificate {}, and have the server's issued under that one.", whom, how));
}

std::string renewal(const Remark& remark, const DoctorScene& scene) {
  const auto name = quoted_name(*remark.about);
  if (scene.diagnosis.use == trust::Use::server) {
    if (is_leaf(remark, scene.diagnosis)) return "Renew it, and upload the new one.";
    return remark.certificate
               ? fmt::format("Replace it by the current certificate of {}.", name)
               : fmt::format(
                     "Those who connect have to trust the current certificate of {} in its place.",
                     name);
  }
  return is_leaf(remark, scene.diagnosis)
             ? fmt::format("Upload the one that {} shows now, and delete this one.", name)
             : fmt::format(
                   "What it issued is refused until a newer one is here: ask {} for it, upload it, "
                   "and delete this one.",
                   holder(remark.about->subject()));
}

Fix behind_its_child(const Remark& remark) {
  const auto& child = *remark.about;
  if (remark.missing) {
    auto fix = mend_file(fmt::format(
        "A phone puts it behind {} by itself; for another server `sealtone doctor --fix FILE` does.",
        quoted_name(child)));
    fix.missing = remark.missing;
    return fix;
  }
  return {.kind = FixKind::send_intermediate,
          .say = fmt::format(
              "If it is an intermediate certificate, {} and put it behind {}. If it is the root "
              "that those who connect trust, nothing is missing; `sealtone doctor --trust FILE` "
              "takes it from there.",
              ask_for_issuer(child), quoted_name(child))};
}

Fix of_finding_step(const Remark& remark, FindingCode code, const DoctorScene& scene) {
  if (code == FindingCode::clock_unset) {
    return {.kind = FixKind::set_clock,
            .say =
                "Set this clock, by a time server for example; `sealtone doctor --at TIME` "
                "judges by another time."};
  }
  if (!remark.about) return {};
  const bool leaf = is_leaf(remark, scene.diagnosis);
  switch (code) {
    case FindingCode::chain_incomplete: return behind_its_child(remark);
    case FindingCode::issuer_unknown:
      return hint(
          "If that is the root that those who connect trust, all is well; if not, another "
          "intermediate certificate is missing.");
    case FindingCode::self_signed_leaf:
      return {.kind = FixKind::add_trusted,
              .say =
                  "Have those who connect trust this very certificate (`sealtone doctor --trust "
                  "FILE` takes it from there), or have one issued by an authority that they "
                  "trust."};
    case FindingCode::pin_changed:
      return {.kind = FixKind::add_trusted,
              .say =
                  "Have those who connect trust this certificate in the place of the one that "
                  "they trust under its name (`sealtone doctor --trust FILE` takes it from "
                  "there)."};
    case FindingCode::expired: return replaced(renewal(remark, scene));
    case FindingCode::not_yet_valid:
      return replaced(fmt::format(
          "Wait until then, or use another one that is valid now; if {} is not the time of day "
          "here, set this clock.",
          when(scene.now)));
    case FindingCode::name_mismatch:
      if (remark.evidence.wanted.empty()) {
        return {.kind = FixKind::change_name,
                .say =
                    "If it is shown to servers as a client's alone, nothing has to be done. Else "
                    "have it issued again with the names and addresses by which it is reached "
                    "(subjectAltName)."};
      }
      return {.kind = FixKind::change_name,
              .say = fmt::format(
                  "Have it issued again for {}, or reach the server by a name that it has.",
                  in_quotes(remark.evidence.wanted))};
    case FindingCode::bad_signature:
      return replaced(fmt::format(
          "It is damaged, or what is named {} here is another certificate of that name: get both "
          "again from whoever issued them.",
          in_quotes(remark.about->issuer().short_name())));
    case FindingCode::weak_signature: return again(remark, scene, "signed with SHA-256");
    case FindingCode::weak_key:
      return again(remark, scene, "for a new key, RSA 2048 or EC P-256 at least");
    case FindingCode::key_type_not_supported:
      return again(remark, scene, "for a new key, RSA 2048 or EC P-256");
    case FindingCode::eku_missing:
      return again(remark, scene,
                   fmt::format("with {} among its extended key usages, or without such a list",
                               base::visible(remark.evidence.wanted)));
    case FindingCode::key_usage:
      return again(remark, scene,
                   leaf ? "with digitalSignature among its key usages"
                        : "with keyCertSign among its key usages");
    case FindingCode::revocation_unknown:
      return replaced(
          "Have it issued again without that demand (status_request among its TLS features); "
          "another server than a phone may send the answer along (nginx: ssl_stapling on).");
    case FindingCode::not_a_ca:
      return again(remark, scene, "that has the basic constraints of an authority (CA:TRUE)");
    case FindingCode::path_length:
    case FindingCode::name_constraint:
    case FindingCode::policy: return replaced(std::string(kByAnotherAuthority));
    case FindingCode::better_path_exists:
      return leave_out("Leave it out: not every client looks for the other one.");
    case FindingCode::own_certificate_lacks_client_use:
      return replaced(
          "If no server asks the phone for a certificate, nothing has to be done. Else have it "
          "issued again with clientAuth among its extended key usages, or without such a list "
          "(public issuers no longer give it, your own can).");
    case FindingCode::path_budget:
      return leave_out(
          "Leave in the files what belongs to one server: its own certificate, and the "
          "intermediate ones that lead to its issuer.");
    default: {
      const bool own = leaf && scene.diagnosis.use == trust::Use::server;
      return again(remark, scene,
                   own ? "so that it keeps to this rule" : "that keeps to this rule");
    }
  }
}

Fix of_doctor_step(const Remark& remark, DoctorCode code, const DoctorScene& scene) {
  const auto name = remark.about ? quoted_name(*remark.about) : std::string();
  switch (code) {
    case DoctorCode::unreadable:
      return mend_file(
          "Get that file again from where it came from, or take the piece out of it (`sealtone "
          "doctor --fix FILE` does).");
    case DoctorCode::certificate_missing:
      return give_certificate(scene.diagnosis.use == trust::Use::trusted
                                  ? "Upload the authority's certificate."
                                  : kBothInOne);
    case DoctorCode::key_missing: return give_key(kBothInOne);
    case DoctorCode::key_mismatch:
      return give_key(fmt::format(
          "Give the private key that {} was issued for, or the certificate that was issued for this "
          "key.",
          name));
    case DoctorCode::key_damaged:
      return give_key(
          "Take the key again from where it was made, or have the certificate issued for a new "
          "one.");
    case DoctorCode::key_unused:
      return leave_out("Leave it out: a key has to be where it is used alone.");
    case DoctorCode::key_in_list:
      return leave_out(
          "Upload the certificate alone (a certificate with its key belongs under Security > "
          "Server Certificates); whoever was given this file has the key, too.");
    case DoctorCode::several_leaves:
      return scene.diagnosis.key
                 ? leave_out(fmt::format("Leave it out: the private key belongs to {}.",
                                         in_quotes(remark.evidence.wanted)))
                 : hint("Give the private key to choose by, or one of them alone.");
    case DoctorCode::leaf_is_ca:
      return replaced(
          "Have a certificate issued for the server alone: whoever trusts this one trusts whatever "
          "its key signs.");
    case DoctorCode::pin:
      if (remark.about->self_issued()) return {};
      return replaced(
          fmt::format("To trust the server beyond that, upload the certificate of {} instead.",
                      in_quotes(remark.about->issuer().short_name())));
    case DoctorCode::duplicate: return leave_out("Leave it out where it stands once more.");
    case DoctorCode::order:
      return mend_file(
          "A phone puts them in order by itself; for another server `sealtone doctor --fix FILE` "
          "does.");
    case DoctorCode::root_in_chain:
    case DoctorCode::unrelated: return leave_out("Leave it out.");
    case DoctorCode::expires_soon:
      return replaced(is_leaf(remark, scene.diagnosis)
                          ? "Renew it before then, and upload the new one."
                          : fmt::format("Ask {} for its successor before then.",
                                        holder(remark.about->subject())));
  }
  return {};
}

}  // namespace

bool is_leaf(const Remark& remark, const trust::Diagnosis& diagnosis) {
  if (!remark.certificate) return false;
  const auto role = diagnosis.roles.at(*remark.certificate);
  if (role != Part::pin) return role == Part::leaf || role == Part::other_leaf;
  // One that was made to issue others, and lacks the bit, is spoken of as what it was made for.
  return std::ranges::none_of(diagnosis.remarks, [&](const Remark& each) {
    return each.code == trust::RemarkCode(FindingCode::not_a_ca) &&
           each.certificate == remark.certificate;
  });
}

Fix step_for(const Remark& remark, const DoctorScene& scene) {
  const auto* const finding = std::get_if<FindingCode>(&remark.code);
  return finding != nullptr ? of_finding_step(remark, *finding, scene)
                            : of_doctor_step(remark, std::get<DoctorCode>(remark.code), scene);
}

}  // namespace sealtone::explain
