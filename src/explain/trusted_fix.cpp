// SPDX-License-Identifier: Apache-2.0
#include "explain/trusted_fix.h"

#include <fmt/format.h>

#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using trust::FindingCode;

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

std::optional<std::string> trusted_fix(const trust::Finding& finding, const Scene& scene) {
  const auto& path = scene.verdict.path;
  const bool at_fault =
      path.reaches_anchor && finding.certificate && *finding.certificate + 1 == path.path.size() &&
      finding.code != FindingCode::expired && finding.code != FindingCode::name_mismatch &&
      finding.code != FindingCode::better_path_exists;  // there, another one was sent that is
  if (!at_fault) return std::nullopt;
  const auto now = when(finding.evidence.now.value_or(scene.context.now));
  auto say =
      fmt::format("Upload {} under Security > Trusted Certificates, and delete this one.",
                  sound_one(finding.code, in_quotes(path.path.back().subject().short_name()), now));
  if (path.path.size() == 1) say += " The server has to show the same one then.";
  if (finding.code == FindingCode::not_yet_valid && !scene.context.now_is_given) {
    say += fmt::format(" If {} is not the time of day here, set this clock instead.", now);
  }
  return say;
}

}  // namespace sealtone::explain
