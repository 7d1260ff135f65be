// SPDX-License-Identifier: Apache-2.0
#include "explain/doctor_steps.h"

#include <fmt/format.h>

#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using trust::DoctorCode;
using trust::FindingCode;
using trust::Part;
using trust::Remark;

std::string whom(const x509::DistinguishedName& name) {
  return base::visible(name.organization.empty() ? name.short_name() : name.organization, 80);
}

// Behind what it has to say: a new certificate, for this rule.
std::string again(const Remark& remark, const DoctorScene& scene, std::string_view how) {
  if (scene.diagnosis.use == trust::Use::trusted) {
    return fmt::format(
        "It may be uploaded, but servers are refused for it: ask {} for a certificate {}.",
        whom(remark.about->subject()), how);
  }
  if (is_leaf(remark, scene.diagnosis)) return fmt::format("Have it issued again {}.", how);
  return fmt::format("Ask {} for a certificate {}, and have the server's issued under that one.",
                     whom(remark.about->subject()), how);
}

std::string renewal(const Remark& remark, const DoctorScene& scene) {
  const auto name = quoted_name(*remark.about);
  if (scene.diagnosis.use == trust::Use::server) {
    return is_leaf(remark, scene.diagnosis)
               ? "Renew it, and upload the new one."
               : fmt::format("Replace it by the current certificate of {}.", name);
  }
  return is_leaf(remark, scene.diagnosis)
             ? fmt::format("Upload the one that {} shows now, and delete this one.", name)
             : fmt::format(
                   "What it issued is refused until a newer one is here: ask {} for it, upload it, "
                   "and delete this one.",
                   whom(remark.about->subject()));
}

std::string missing_issuer(const Remark& remark) {
  const auto& child = *remark.about;
  if (remark.missing) {
    return fmt::format(
        "A phone puts it behind {} by itself; for another server `sealtone doctor --fix FILE` does.",
        quoted_name(child));
  }
  const auto address = child.aia_issuers().empty()
                           ? std::string()
                           : fmt::format(" (the address in the certificate, unchecked: {})",
                                         base::visible(child.aia_issuers().front(), 200));
  return fmt::format(
      "If it is an intermediate certificate, ask {} for it{} and put it behind {}. If it is the "
      "root that those who connect trust, nothing is missing; `sealtone doctor --trust FILE` takes "
      "it from there.",
      whom(child.issuer()), address, quoted_name(child));
}

std::string of_finding_step(const Remark& remark, FindingCode code, const DoctorScene& scene) {
  if (code == FindingCode::clock_unset) {
    return "Set this clock, by a time server for example, or say by which time is to be judged "
           "(--at TIME).";
  }
  if (!remark.about) return {};
  switch (code) {
    case FindingCode::chain_incomplete: return missing_issuer(remark);
    case FindingCode::issuer_unknown:
      return "If that is the root that those who connect trust, all is well; if not, another "
             "intermediate certificate is missing.";
    case FindingCode::self_signed_leaf:
      return "Have those who connect trust this very certificate, or have one issued by an "
             "authority that they trust.";
    case FindingCode::expired: return renewal(remark, scene);
    case FindingCode::not_yet_valid:
      return fmt::format(
          "Wait until then, or use another one; if {} is not the time of day here, set this clock.",
          when(scene.now));
    case FindingCode::name_mismatch:
      return "Have it issued again for that name, or reach the server by a name that it has.";
    case FindingCode::bad_signature:
      return fmt::format(
          "It is damaged, or what is named {} here is another certificate of that name: get both "
          "again from whoever issued them.",
          in_quotes(remark.about->issuer().short_name()));
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
      return is_leaf(remark, scene.diagnosis)
                 ? again(remark, scene, "with digitalSignature among its key usages")
                 : again(remark, scene, "with keyCertSign among its key usages");
    case FindingCode::not_a_ca:
      return again(remark, scene, "that has the basic constraints of an authority (CA:TRUE)");
    case FindingCode::better_path_exists:
      return "Leave it out: not every client looks for the other one.";
    case FindingCode::own_certificate_lacks_client_use:
      return "If no server asks the phone for a certificate, nothing has to be done. Else have it "
             "issued again with clientAuth among its extended key usages, or without such a list "
             "(public issuers no longer give it, your own can).";
    case FindingCode::path_budget: return "Leave in the files what belongs to one server.";
    default: return again(remark, scene, "that keeps to this rule");
  }
}

std::string of_doctor_step(const Remark& remark, DoctorCode code, const DoctorScene& scene) {
  const auto name = remark.about ? quoted_name(*remark.about) : std::string();
  switch (code) {
    case DoctorCode::unreadable:
      return "Get that file again from where it came from, or take the piece out of it.";
    case DoctorCode::certificate_missing:
      if (scene.diagnosis.use == trust::Use::trusted) return "Upload the authority's certificate.";
      [[fallthrough]];
    case DoctorCode::key_missing:
      return "Upload one file with the certificate and its private key, one behind the other.";
    case DoctorCode::key_mismatch:
      return fmt::format(
          "Give the private key that {} was issued for, or the certificate that was issued for this "
          "key.",
          name);
    case DoctorCode::key_damaged:
      return "Take the key again from where it was made, or have the certificate issued for a new "
             "one.";
    case DoctorCode::key_unused: return "Leave it out: a key has to be where it is used alone.";
    case DoctorCode::key_in_list:
      return "Upload the certificate alone (a certificate with its key belongs under Security > "
             "Server Certificates); whoever was given this file has the key, too.";
    case DoctorCode::several_leaves:
      return scene.diagnosis.key ? fmt::format("Leave it out: the private key belongs to {}.",
                                               in_quotes(remark.evidence.wanted))
                                 : "Give the private key to choose by, or one of them alone.";
    case DoctorCode::leaf_is_ca:
      return "Have a certificate issued for the server alone: whoever trusts this one trusts "
             "whatever its key signs.";
    case DoctorCode::pin:
      return remark.about->self_issued()
                 ? std::string()
                 : fmt::format(
                       "To trust the server beyond that, upload the certificate of {} instead.",
                       in_quotes(remark.about->issuer().short_name()));
    case DoctorCode::duplicate: return "Leave it out where it stands once more.";
    case DoctorCode::order:
      return "A phone puts them in order by itself; for another server `sealtone doctor --fix FILE` "
             "does.";
    case DoctorCode::root_in_chain:
    case DoctorCode::unrelated: return "Leave it out.";
    case DoctorCode::expires_soon:
      return is_leaf(remark, scene.diagnosis) ? "Renew it before then, and upload the new one."
                                              : fmt::format("Ask {} for its successor before then.",
                                                            whom(remark.about->subject()));
  }
  return {};
}

}  // namespace

bool is_leaf(const Remark& remark, const trust::Diagnosis& diagnosis) {
  if (!remark.certificate) return false;
  const auto role = diagnosis.roles.at(*remark.certificate);
  return role == Part::leaf || role == Part::pin || role == Part::other_leaf;
}

std::string next_step(const Remark& remark, const DoctorScene& scene) {
  const auto* const finding = std::get_if<FindingCode>(&remark.code);
  return finding != nullptr ? of_finding_step(remark, *finding, scene)
                            : of_doctor_step(remark, std::get<DoctorCode>(remark.code), scene);
}

}  // namespace sealtone::explain
